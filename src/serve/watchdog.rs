//! Keeps the preview reachable: after running out of file descriptors the server stops accepting and does not say so.

use anyhow::{Context, anyhow};
use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};
use tiny_http::{Request, Server};

/// The address that the watchdog asks.
pub const HEALTH: &str = "/__health";
const PERIOD: Duration = Duration::from_secs(2);
/// A loopback server that does not answer within this is deaf.
const ANSWER: Duration = Duration::from_millis(500);
/// Slow readers hold a worker each.
const WORKERS: usize = 4;

/// Serves requests from now on, with a new server on the same port whenever the one before has gone deaf.
pub fn start(
    listener: TcpListener,
    at: SocketAddr,
    answer: impl Fn(Request) + Clone + Send + 'static,
) -> anyhow::Result<()> {
    let mut server = serve(&listener, &answer)?;
    thread::spawn(move || {
        loop {
            thread::sleep(PERIOD);
            if is_alive(at) || is_alive(at) {
                continue;
            }
            if let Ok(next) = serve(&listener, &answer) {
                (0..WORKERS).for_each(|_| server.unblock());
                server = next;
            }
        }
    });
    Ok(())
}

fn serve(listener: &TcpListener, answer: &(impl Fn(Request) + Clone + Send + 'static)) -> anyhow::Result<Arc<Server>> {
    let listener = listener.try_clone().context("cannot listen")?;
    let server = Server::from_listener(listener, None).map_err(|error| anyhow!("cannot serve: {error}"))?;
    let server = Arc::new(server);
    for _ in 0..WORKERS {
        let (server, answer) = (server.clone(), answer.clone());
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                answer(request);
            }
        });
    }
    Ok(server)
}

fn is_alive(at: SocketAddr) -> bool {
    let at = SocketAddr::new(if at.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { at.ip() }, at.port());
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&at, ANSWER)?;
        stream.set_read_timeout(Some(ANSWER))?;
        write!(stream, "GET {HEALTH} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n")?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(head.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_http::Response;

    #[test]
    fn asks_and_is_answered() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let at = listener.local_addr().expect("an address");
        start(listener, at, |request| {
            let _ = request.respond(Response::from_string("ok"));
        })
        .expect("served");
        assert!(is_alive(at));
    }
}

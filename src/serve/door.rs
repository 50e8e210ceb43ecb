//! Who comes in, for how long, and with how much: connections to the preview, each in a thread of its own.

use super::{
    http::{Answer, Head, Heard, Method},
    room::{Doing, Guest, Room},
};
use std::{
    io::{self, ErrorKind, Read},
    net::{TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

/// What one who asks may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// At one time. Whoever comes then takes the place of one that has not asked for anything, and is told so at once where
    /// all are owed an answer.
    pub connections: usize,
    /// Bytes of a head.
    pub head: usize,
    /// From its first byte to its last, and for the first head of a connection.
    pub head_time: Duration,
    /// Between two requests, and for an answer to be taken.
    pub idle: Duration,
}

pub const LIMITS: Limits =
    Limits { connections: 64, head: 16 * 1024, head_time: Duration::from_secs(5), idle: Duration::from_secs(30) };

/// Until one asks again for a connection that the system could not give, as when there are no descriptors left.
const PAUSE: Duration = Duration::from_millis(50);
/// The same, where a descriptor is about to be given back.
const MOMENT: Duration = Duration::from_millis(1);

/// Answers from now on.
pub fn open(listener: TcpListener, limits: Limits, answer: impl Fn(&Head) -> Answer + Clone + Send + 'static) {
    let room = Room::new(limits.connections, limits.head_time);
    thread::spawn(move || {
        loop {
            let stream = match listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) => {
                    let is_theirs = matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted);
                    if !is_theirs {
                        thread::sleep(if room.free_one() { MOMENT } else { PAUSE });
                    }
                    continue;
                }
            };
            let answer = answer.clone();
            let talk = match room.enter(stream) {
                Ok(guest) => move || drop(converse(&guest, limits, &answer)),
                Err(stream) => {
                    let _ = turn_away(stream);
                    continue;
                }
            };
            // Where there is no thread for it, the connection ends here.
            let _ = thread::Builder::new().spawn(talk);
        }
    });
}

fn turn_away(mut stream: TcpStream) -> io::Result<()> {
    stream.set_write_timeout(Some(PAUSE))?;
    Answer::text(503, "too many connections; close some tabs\n").send(&mut stream, Method::Get, true)
}

fn converse(guest: &Guest, limits: Limits, answer: &impl Fn(&Head) -> Answer) -> io::Result<()> {
    let mut stream = &*guest.stream;
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(limits.idle))?;
    let mut bytes = Vec::new();
    let mut patience = limits.head_time;
    loop {
        let head = match listen(stream, &mut bytes, patience, limits)? {
            Ok(head) => head,
            Err(refusal) => return refusal.send(&mut stream, Method::Get, true),
        };
        guest.is(Doing::Waiting)?;
        let answer = answer(&head);
        guest.is(Doing::Taking)?;
        answer.send(&mut stream, head.method, head.is_last)?;
        if head.is_last {
            return Ok(());
        }
        guest.is(Doing::Asking)?;
        patience = limits.idle;
    }
}

/// The next head of a connection, or why there is none. `bytes` keeps what came after it.
fn listen(
    mut stream: &TcpStream,
    bytes: &mut Vec<u8>,
    patience: Duration,
    limits: Limits,
) -> io::Result<Result<Head, Answer>> {
    let start = Instant::now();
    let mut begun = (!bytes.is_empty()).then_some(start);
    let mut part = [0; 4096];
    loop {
        match Head::read(bytes) {
            Heard::Whole(head, length) => {
                bytes.drain(..length);
                return Ok(Ok(head));
            }
            Heard::Noise => return Ok(Err(Answer::text(400, "this is no request\n"))),
            Heard::Part if bytes.len() > limits.head => return Ok(Err(Answer::text(431, "the head is too large\n"))),
            Heard::Part => {}
        }
        let until = begun.map_or(start + patience, |begun| begun + limits.head_time);
        let left = until.saturating_duration_since(Instant::now());
        // A time of zero would mean to wait for ever.
        stream.set_read_timeout(Some(left.max(Duration::from_millis(1))))?;
        match stream.read(&mut part) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(length) => {
                bytes.extend_from_slice(&part[..length]);
                begun.get_or_insert_with(Instant::now);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                if Instant::now() >= until {
                    return if begun.is_some() { Ok(Err(Answer::text(408, "too slow\n"))) } else { Err(error) };
                }
            }
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::Write,
        net::SocketAddr,
        sync::{Arc, Barrier},
    };

    const SHORT: Limits =
        Limits { connections: 4, head: 1000, head_time: Duration::from_millis(300), idle: Duration::from_secs(2) };

    fn house(limits: Limits) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let at = listener.local_addr().expect("an address");
        open(listener, limits, |head| {
            assert!(head.target != "/panic", "as told");
            Answer::text(200, &head.target)
        });
        at
    }

    fn come(at: SocketAddr, says: &str) -> TcpStream {
        let mut stream = TcpStream::connect(at).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a limit");
        stream.write_all(says.as_bytes()).expect("said");
        stream
    }

    fn all(mut stream: TcpStream) -> String {
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    const LAST: &str = "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n";

    #[test]
    fn two_requests_on_one_connection() {
        let answer = all(come(house(SHORT), &format!("GET /first HTTP/1.1\r\n\r\n{LAST}")));
        assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 2, "{answer}");
        assert!(answer.contains("\r\n\r\n/first") && answer.ends_with("\r\n\r\n/x"), "{answer}");
    }

    #[test]
    fn a_body_is_not_taken_for_a_request() {
        let answer = all(come(house(SHORT), &format!("GET / HTTP/1.1\r\nContent-Length: 40\r\n\r\n{LAST}")));
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{answer}");
    }

    #[test]
    fn heads_that_are_large_slow_or_none_are_refused() {
        let at = house(SHORT);
        let large = format!("GET / HTTP/1.1\r\na: {}", "x".repeat(2000));
        assert!(all(come(at, &large)).starts_with("HTTP/1.1 431 "));
        assert!(all(come(at, "GET / HT")).starts_with("HTTP/1.1 408 "));
        assert!(all(come(at, "\u{1}\u{2}\u{3}\r\n\r\n")).starts_with("HTTP/1.1 400 "));
        let start = Instant::now();
        assert_eq!(all(come(at, "")), "", "who says nothing is told nothing");
        assert!(start.elapsed() < Duration::from_secs(2));
        // A byte now and then does not make it longer.
        let mut slow = come(at, "G");
        let start = Instant::now();
        while slow.write_all(b"E").is_ok() && start.elapsed() < Duration::from_secs(3) {
            thread::sleep(Duration::from_millis(50));
        }
        assert!(start.elapsed() < Duration::from_secs(2));
    }

    /// Who asks this is answered when the test says so, or never.
    fn busy(limits: Limits) -> (SocketAddr, Arc<Barrier>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let (at, barrier) =
            (listener.local_addr().expect("an address"), Arc::new(Barrier::new(limits.connections + 1)));
        let held = barrier.clone();
        open(listener, limits, move |head| {
            if head.target == "/later" {
                held.wait();
            }
            Answer::text(200, &head.target)
        });
        (at, barrier)
    }

    #[test]
    fn too_many_are_told_and_the_others_are_answered() {
        let (at, barrier) = busy(SHORT);
        let later = "GET /later HTTP/1.1\r\nConnection: close\r\n\r\n";
        let held: Vec<TcpStream> = (0..4).map(|_| come(at, later)).collect();
        thread::sleep(Duration::from_millis(200));
        assert!(all(come(at, LAST)).starts_with("HTTP/1.1 503 "));
        barrier.wait();
        for one in held {
            assert!(all(one).ends_with("/later"));
        }
        assert!(all(come(at, LAST)).starts_with("HTTP/1.1 200 "));
    }

    #[test]
    fn who_only_keeps_a_place_gives_it_up() {
        let patient = Limits { head_time: Duration::from_mins(1), idle: Duration::from_mins(1), ..SHORT };
        let (at, _) = busy(patient);
        let owed = come(at, "GET /later HTTP/1.1\r\n\r\n");
        // One says nothing, one does not finish, one has been answered and stays.
        let mut keep = vec![come(at, ""), come(at, "GET /"), come(at, "GET /a HTTP/1.1\r\n\r\n")];
        thread::sleep(Duration::from_millis(200));
        for _ in 0..3 {
            keep.push(come(at, ""));
            assert!(all(come(at, LAST)).starts_with("HTTP/1.1 200 "), "the newest is answered");
        }
        for one in keep.drain(..3) {
            assert!(!all(one).contains("503"), "the oldest are gone");
        }
        owed.set_nonblocking(true).expect("set");
        let kind = (&owed).read(&mut [0]).expect_err("no answer yet").kind();
        assert_eq!(kind, ErrorKind::WouldBlock, "who is owed an answer stays");
    }

    #[test]
    fn who_does_not_take_an_answer_gives_up_the_place() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let at = listener.local_addr().expect("an address");
        open(listener, Limits { connections: 1, idle: Duration::from_mins(1), ..SHORT }, |head| {
            let large = if head.target == "/large" { 64 << 20 } else { 1 };
            Answer::text(200, &"x".repeat(large))
        });
        let _held = come(at, "GET /large HTTP/1.1\r\n\r\n");
        let start = Instant::now();
        while !all(come(at, LAST)).starts_with("HTTP/1.1 200 ") {
            assert!(start.elapsed() < Duration::from_secs(5), "its place is kept");
            thread::sleep(Duration::from_millis(50));
        }
    }

    #[test]
    fn a_panic_ends_one_connection() {
        let at = house(SHORT);
        for _ in 0..10 {
            assert_eq!(all(come(at, "GET /panic HTTP/1.1\r\n\r\n")), "");
        }
        assert!(all(come(at, LAST)).starts_with("HTTP/1.1 200 "));
    }
}

//! The language server: what `check` finds, while one types, and what an editor asks besides.
//!
//! One thread answers, in the order of the questions. A change reads and checks one file before it is answered for;
//! what it means to other files is looked at in small steps while nobody asks anything.

mod actions;
mod beside;
mod complete;
mod goto;
mod hover;
mod names;
mod place;
mod position;
mod repository;
mod server;
mod symbols;
mod table;
mod told;
mod uri;
mod wire;

use jiff::civil::Date;
use lsp_server::{Message, RequestId};
use serde_json::Value;
use server::Server;
use std::{
    collections::VecDeque,
    path::Path,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};
use wire::Incoming;

/// Serves until the client says `exit` or goes away; returns the code to end with. Without `root` the client's folder
/// and the files that it opens tell which repository is meant.
pub fn run(root: Option<&Path>, today: Date) -> u8 {
    let (incoming, out, writer) = wire::stdio();
    let mut server = Server::new(root.map(Path::to_owned), today, out);
    let mut waiting = VecDeque::new();
    let code = loop {
        waiting.extend(incoming.try_iter());
        let next = match waiting.pop_front() {
            Some(next) => next,
            None => match wait(&incoming, &mut server) {
                Some(next) => next,
                None => break 1,
            },
        };
        let cancelled = matches!(&next, Ok(Message::Request(request)) if is_cancelled(&waiting, &request.id));
        if let Some(code) = server.take(next, cancelled) {
            break code;
        }
    };
    drop(server);
    let _ = writer.join();
    code
}

/// The next message. Until one comes, what is left to look at is looked at. `None` when the client went away.
fn wait(incoming: &Receiver<Incoming>, server: &mut Server) -> Option<Incoming> {
    loop {
        let Some(at) = server.settles_at() else { return incoming.recv().ok() };
        match incoming.recv_timeout(at.saturating_duration_since(Instant::now()).max(Duration::ZERO)) {
            Ok(next) => return Some(next),
            Err(RecvTimeoutError::Timeout) => server.settle(),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Whether the client has already said that it no longer wants an answer.
fn is_cancelled(waiting: &VecDeque<Incoming>, id: &RequestId) -> bool {
    let id = serde_json::to_value(id).unwrap_or(Value::Null);
    waiting.iter().any(|next| match next {
        Ok(Message::Notification(note)) => note.method == "$/cancelRequest" && note.params.get("id") == Some(&id),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_server::Notification;
    use serde_json::json;

    #[test]
    fn a_waiting_cancellation_is_seen() {
        let cancel = |id: Value| Ok(Notification::new("$/cancelRequest".to_owned(), json!({ "id": id })).into());
        let waiting = VecDeque::from([cancel(json!(7)), cancel(json!("a"))]);
        assert!(is_cancelled(&waiting, &7.into()) && is_cancelled(&waiting, &"a".to_owned().into()));
        assert!(!is_cancelled(&waiting, &8.into()) && !is_cancelled(&waiting, &"7".to_owned().into()));
    }
}

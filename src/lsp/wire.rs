//! Messages over standard input and output: a thread reads, a thread writes. What is not a message is answered, not fatal.

use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};
use std::{
    io::{self, BufRead, Read, Write},
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

/// A longer message is not read: no report comes near.
const MAX_BYTES: usize = 256 << 20;

/// What came in: a message, or the answer that something else deserves.
pub type Incoming = Result<Message, Value>;

/// Both directions. The receiver ends when the client closes its side.
pub fn stdio() -> (Receiver<Incoming>, Sender<Value>, thread::JoinHandle<()>) {
    let (send, received) = mpsc::channel();
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(bytes)) = frame(&mut input) {
            if send.send(message(&bytes)).is_err() {
                break;
            }
        }
    });
    let (sender, to_send) = mpsc::channel::<Value>();
    let writer = thread::spawn(move || {
        let mut output = io::stdout().lock();
        for message in to_send {
            let text = message.to_string();
            let written = write!(output, "Content-Length: {}\r\n\r\n{text}", text.len()).and_then(|()| output.flush());
            if written.is_err() {
                break;
            }
        }
    });
    (received, sender, writer)
}

/// The bytes of the next message; `None` at the end. Headers that say no length are passed over.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    let mut header = Vec::new();
    loop {
        header.clear();
        if input.by_ref().take(4096).read_until(b'\n', &mut header)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&header);
        let line = line.trim_end();
        if let Some((name, value)) = line.split_once(':') {
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse::<usize>().ok().filter(|length| *length <= MAX_BYTES);
            }
        } else if let (true, Some(length)) = (line.is_empty(), length) {
            let mut bytes = Vec::new();
            let read = input.take(length as u64).read_to_end(&mut bytes)?;
            return Ok((read == length).then_some(bytes));
        }
    }
}

fn message(bytes: &[u8]) -> Incoming {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| refusal(&Value::Null, ErrorCode::ParseError, &format!("not JSON: {error}")))?;
    let id = value.get("id").filter(|id| id.is_number() || id.is_string()).cloned().unwrap_or(Value::Null);
    serde_json::from_value(value)
        .map_err(|_| refusal(&id, ErrorCode::InvalidRequest, "not a request, an answer or a notification"))
}

fn refusal(id: &Value, code: ErrorCode, why: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": why } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_found_again_after_nonsense() {
        let input = "nonsense\r\n\r\nContent-Length: 2\r\nContent-Type: x\r\n\r\n{}CONTENT-LENGTH:3\n\n[1]Content-Length: 9\r\n\r\nend";
        let mut input = input.as_bytes();
        let mut next = || frame(&mut input).expect("memory");
        assert_eq!(next().as_deref(), Some(&b"{}"[..]));
        assert_eq!(next().as_deref(), Some(&b"[1]"[..]));
        assert_eq!(next(), None);
    }

    #[test]
    fn what_is_no_message_is_answered() {
        let code = |text: &str| message(text.as_bytes()).expect_err("no message")["error"]["code"].clone();
        assert_eq!(code("{"), -32700);
        assert_eq!(code("[]"), -32600);
        assert_eq!(code(r#"{"id":1.5}"#), -32600);
        assert!(message(br#"{"jsonrpc":"2.0","method":"exit"}"#).is_ok());
    }
}

//! What is understood of HTTP/1.1: a head without a body, and an answer.

use std::{
    io::{self, Write},
    sync::Arc,
};

/// Fields of a head; browsers send about twenty.
const FIELDS: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Head,
    Other,
}

/// The head of a request.
#[derive(Clone, Debug)]
pub struct Head {
    pub method: Method,
    /// As it was sent: a path, unless somebody is up to something.
    pub target: String,
    fields: Vec<(String, String)>,
    /// Nothing more is read after this request: it asks for that, or has a body, which is nothing to us.
    pub is_last: bool,
}

/// What the bytes of a connection are so far.
#[derive(Debug)]
pub enum Heard {
    /// A head, and its length.
    Whole(Head, usize),
    /// The beginning of one.
    Part,
    /// Nothing that can become one.
    Noise,
}

impl Head {
    /// Reads the head that bytes begin with.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Heard {
        let mut fields = [httparse::EMPTY_HEADER; FIELDS];
        let mut request = httparse::Request::new(&mut fields);
        let length = match request.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Heard::Part,
            Err(_) => return Heard::Noise,
        };
        let method = match request.method {
            Some("GET") => Method::Get,
            Some("HEAD") => Method::Head,
            _ => Method::Other,
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let fields = request.headers.iter().map(|field| (field.name.to_ascii_lowercase(), text(field.value))).collect();
        let target = request.path.unwrap_or_default().to_owned();
        let mut head = Self { method, target, fields, is_last: false };
        let says = |name, word: &str| {
            let words = head.values(name).flat_map(|value| value.split(','));
            words.into_iter().any(|one| one.trim().eq_ignore_ascii_case(word))
        };
        let stays = request.version == Some(1) || says("connection", "keep-alive");
        let has_body = head.values("transfer-encoding").next().is_some()
            || head.values("content-length").any(|value| value != "0");
        head.is_last = !stays || says("connection", "close") || has_body;
        Heard::Whole(head, length)
    }

    /// The values of a field; `name` in lower case.
    pub fn values<'h>(&'h self, name: &'static str) -> impl Iterator<Item = &'h str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// What is sent back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub kind: &'static str,
    pub body: Arc<[u8]>,
    /// Whether there is never another answer at this address; a preview is of the moment otherwise.
    pub forever: bool,
    /// Fields that not every answer has.
    pub more: Vec<(&'static str, String)>,
}

/// For each answer: a preview is for nobody else.
const ALWAYS: &str =
    "X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n";

impl Answer {
    #[must_use]
    pub fn text(status: u16, text: &str) -> Self {
        Self {
            status,
            kind: "text/plain; charset=utf-8",
            body: text.as_bytes().into(),
            forever: false,
            more: Vec::new(),
        }
    }

    /// Sends the answer; to a `HEAD` without its body.
    ///
    /// # Errors
    /// Whoever asked does not listen any more.
    pub fn send(&self, to: &mut impl Write, method: Method, is_last: bool) -> io::Result<()> {
        let (status, kind, length) = (self.status, self.kind, self.body.len());
        let reason = reason(status);
        let keep = if self.forever { "max-age=31536000, immutable" } else { "no-store" };
        let mut head = format!(
            "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: {keep}\r\n{ALWAYS}"
        );
        for (name, value) in &self.more {
            // Values are made of addresses and digests; nothing in them ends a line.
            let value: String = value.chars().filter(|c| !c.is_control()).collect();
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(if is_last { "Connection: close\r\n\r\n" } else { "Connection: keep-alive\r\n\r\n" });
        let mut bytes = head.into_bytes();
        if method != Method::Head {
            bytes.extend_from_slice(&self.body);
        }
        to.write_all(&bytes)?;
        to.flush()
    }
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        match Head::read(text.as_bytes()) {
            Heard::Whole(head, length) if length == text.len() => head,
            heard => panic!("{text:?}: {heard:?}"),
        }
    }

    #[test]
    fn heads_are_read_and_bodies_end_the_connection() {
        let plain = head("GET /a?b HTTP/1.1\r\nHost: x\r\nHOST: y\r\n\r\n");
        assert_eq!((plain.method, plain.target.as_str(), plain.is_last), (Method::Get, "/a?b", false));
        assert_eq!(plain.values("host").collect::<Vec<_>>(), ["x", "y"]);
        for last in [
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\n",
            "GET / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n",
        ] {
            assert!(head(last).is_last, "{last}");
        }
        assert!(!head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").is_last);
        assert_eq!(head("PUT / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").method, Method::Other);
        assert!(matches!(Head::read(b"GET / HTTP/1.1\r\nHost: x\r\n"), Heard::Part));
        for noise in [
            "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
            "GET /\0 HTTP/1.1\r\n\r\n",
            "\u{16}\u{3}\u{1}",
            "GET  HTTP/1.1\r\n\r\n",
        ] {
            assert!(matches!(Head::read(noise.as_bytes()), Heard::Noise), "{noise:?}");
        }
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(FIELDS + 1));
        assert!(matches!(Head::read(many.as_bytes()), Heard::Noise));
    }

    #[test]
    fn answers_hold_no_line_of_others() {
        let mut answer = Answer::text(302, "body");
        answer.more.push(("Location", "/a\r\nSet-Cookie: x".to_owned()));
        let sent = |method| {
            let mut sent = Vec::new();
            answer.send(&mut sent, method, true).expect("written");
            String::from_utf8(sent).expect("text")
        };
        assert!(
            sent(Method::Get).contains("\r\nLocation: /aSet-Cookie: x\r\n")
                && sent(Method::Get).ends_with("\r\n\r\nbody")
        );
        assert!(sent(Method::Head).contains("Content-Length: 4\r\n") && sent(Method::Head).ends_with("\r\n\r\n"));
    }
}

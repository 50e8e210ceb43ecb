//! Error signatures: what a responder copies from a log into the field of a search.

use regex::Regex;
use std::sync::LazyLock;

/// Codes with the word that goes with them, names of errors, and hexadecimal codes.
static SHAPES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?-u)\b(?:ERROR|Error|error|SQLSTATE|ORA|SQL|HTTP|HTTP/\d(?:\.\d)?|status|code|exit|errno|signal|Event|KB)",
        r"[ :#=-]{1,3}\(?[A-Z]{0,3}-?\d{2,6}\b",
        r"|\b(?:EACCES|EADDRINUSE|EAGAIN|EBADF|EBUSY|ECONNABORTED|ECONNREFUSED|ECONNRESET|EDQUOT|EEXIST|EHOSTDOWN|",
        r"EHOSTUNREACH|EINTR|EINVAL|EIO|EISDIR|ELOOP|EMFILE|ENETUNREACH|ENFILE|ENOBUFS|ENOENT|ENOMEM|ENOSPC|ENOTCONN|",
        r"ENOTFOUND|ENXIO|EPERM|EPIPE|EPROTO|EROFS|ESTALE|ETIMEDOUT|EOF)\b",
        r"|\bSIG(?:KILL|TERM|SEGV|ABRT|BUS|INT|HUP|PIPE|FPE|ILL)\b",
        r"|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b",
        r"|\b[A-Z]\w*(?:Exception|Error|Killed|Failure|Panic|Fault|Timeout|BackOff)\b",
        r"|\b0x[0-9A-Fa-f]{4,16}\b",
        r"|\b(?:CVE|RFC|XID|INC)-\d+(?:-\d+)*\b",
        r"|\b[A-Z]{1,4}\d{4,6}\b",
    ))
    .expect("a constant expression")
});

/// The signatures in a text, in their order, each once.
#[must_use]
pub fn signatures(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for shape in SHAPES.find_iter(text) {
        if !found.contains(&shape.as_str()) {
            found.push(shape.as_str());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::signatures;

    #[test]
    fn codes_and_names_of_errors_are_found() {
        for (text, expected) in [
            ("the client saw ERROR 1213 (deadlock)", &["ERROR 1213"][..]),
            ("retry on SQLSTATE 40001 or SQLSTATE: 08006", &["SQLSTATE 40001", "SQLSTATE: 08006"]),
            ("connect ECONNREFUSED 10.0.0.1:5432", &["ECONNREFUSED"]),
            ("failed with 0x80041002.", &["0x80041002"]),
            ("pods were OOMKilled, then CrashLoopBackOff", &["OOMKilled", "CrashLoopBackOff"]),
            ("net::ERR_CONNECTION_RESET", &["ERR_CONNECTION_RESET"]),
            ("a java.lang.NullPointerException", &["NullPointerException"]),
            ("HTTP 503 and status=502", &["HTTP 503", "status=502"]),
            ("see CVE-2024-3094 twice: CVE-2024-3094", &["CVE-2024-3094"]),
            ("error E87580 on a host", &["error E87580"]),
        ] {
            assert_eq!(signatures(text), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_no_signatures() {
        for text in ["", "At 14:05 the error rate rose to 40 %.", "EU and US regions", "The Exchange team waited", "EVERY EVENT"] {
            let found = signatures(text);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}

//! What a request must be before it is answered: a page of another site cannot read the preview.

use super::http::{Head, Method};
use std::net::{IpAddr, SocketAddr};

/// The names by which the preview may be called: those of this machine, and the address it listens at.
#[derive(Clone, Debug)]
pub struct Names(Vec<String>);

impl Names {
    #[must_use]
    pub fn of(at: SocketAddr) -> Self {
        let mut hosts: Vec<String> = ["127.0.0.1", "localhost", "[::1]"].map(str::to_owned).into();
        // Where it listens everywhere, nobody knows by which name it is called: addresses are, names of others are not.
        hosts.push(match at.ip() {
            IpAddr::V6(ip) => format!("[{ip}]"),
            IpAddr::V4(ip) => ip.to_string(),
        });
        let with_port = |host: &String| format!("{host}:{}", at.port());
        let plain = if at.port() == 80 { hosts.clone() } else { Vec::new() };
        Self(hosts.iter().map(with_port).chain(plain).collect())
    }

    fn has(&self, host: &str) -> bool {
        self.0.iter().any(|name| name == host)
    }
}

/// Why a request is refused: status and a sentence.
#[must_use]
pub fn refusal(head: &Head, names: &Names) -> Option<(u16, &'static str)> {
    if head.method == Method::Other {
        return Some((405, "only GET and HEAD are answered"));
    }
    let values = |name: &'static str| head.values(name);
    let hosts: Vec<&str> = values("host").collect();
    if hosts.len() != 1 || !names.has(hosts[0]) {
        return Some((403, "this address is not served here"));
    }
    if values("origin").any(|origin| !origin.strip_prefix("http://").is_some_and(|host| names.has(host))) {
        return Some((403, "another site cannot read this"));
    }
    if values("sec-fetch-site").any(|site| site == "cross-site")
        && values("sec-fetch-mode").any(|mode| mode != "navigate")
    {
        return Some((403, "another site cannot read this"));
    }
    (!head.target.starts_with('/')).then_some((400, "the address is not a path"))
}

/// The path of an address, decoded once; `None` when it does not decode to text.
#[must_use]
pub fn path(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or("");
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    (!path.contains('\0') && !path.contains('\\')).then_some(path)
}

/// A path as it stands in an address.
#[must_use]
pub fn encode(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_paths() {
        let names = Names::of("127.0.0.1:4321".parse().expect("an address"));
        assert!(names.has("127.0.0.1:4321") && names.has("localhost:4321") && names.has("[::1]:4321"));
        assert!(!names.has("evil.example:4321") && !names.has("127.0.0.1") && !names.has("127.0.0.1:80"));
        let wide = Names::of("192.0.2.7:80".parse().expect("an address"));
        assert!(wide.has("192.0.2.7") && wide.has("192.0.2.7:80") && !wide.has("192.0.2.8"));
        assert_eq!(path("/a%20b/?q=1").as_deref(), Some("/a b/"));
        assert_eq!(path("/%zz"), None);
        assert_eq!(path("/%+1"), None);
        assert_eq!(path("/%252e").as_deref(), Some("/%2e"), "decoded once");
        assert_eq!(path("/a%00"), None);
    }
}

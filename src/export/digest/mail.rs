//! A message of Internet mail: HTML and text side by side, the same bytes for the same digest.

use crate::pages::{digest::sheet::Sheet, subject::Directory};
use jiff::tz::TimeZone;
use mail_builder::{
    MessageBuilder,
    headers::{content_type::ContentType, raw::Raw},
    mime::MimePart,
};

/// Between whom. Without both it opens as a draft.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letter<'a> {
    pub from: Option<&'a str>,
    pub to: &'a [String],
}

pub(super) fn message(directory: &Directory<'_>, sheet: &Sheet, letter: &Letter<'_>, text: &str, html: &str) -> String {
    // A boundary must not stand in the parts, whatever reports hold: it is made from them.
    let digest = blake3::hash(format!("{text}\0{html}").as_bytes()).to_hex();
    let kind = ContentType::new("multipart/alternative").attribute("boundary", format!("=_{}", &digest[..32]));
    let parts = vec![MimePart::new("text/plain", text), MimePart::new("text/html", html)];
    let (host, _) = directory.host();
    let sent = sheet.as_of.to_zoned(TimeZone::UTC).map_or(0, |at| at.timestamp().as_second());
    let subject = format!("{} · {}", sheet.title, directory.config.title);
    let mut message = MessageBuilder::new()
        .subject(subject.split_whitespace().collect::<Vec<_>>().join(" "))
        .date(sent)
        .message_id(format!("digest.{}.{}@{host}", sheet.period, sheet.as_of))
        .body(MimePart::new(kind, parts));
    if let Some(from) = letter.from {
        message = message.from(from);
    }
    if !letter.to.is_empty() {
        message = message.to(letter.to.to_vec());
    }
    if letter.from.is_none() || letter.to.is_empty() {
        message = message.header("X-Unsent", Raw::new("1"));
    }
    message.write_to_string().unwrap_or_default()
}

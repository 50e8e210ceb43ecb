//! Text in XML 1.0, shared by the formats that are XML.

/// For the content of elements and for attributes in double quotes. Characters that XML cannot hold are left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&apos;",
            '\t' | '\n' | '\r' => safe += &format!("&#{};", u32::from(c)),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_leaves_its_attribute() {
        assert_eq!(super::escape("a\"><b>&'\u{1b}\u{0}\u{fffe}\nü"), "a&quot;&gt;&lt;b&gt;&amp;&apos;&#10;ü");
        assert_eq!(super::escape("]]>"), "]]&gt;");
    }
}

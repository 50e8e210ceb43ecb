//! What passes and what does not.

use super::*;

fn render(markdown: &str) -> String {
    let file = RelPath::new("reports/2024/a.md").expect("a path");
    let targets =
        [("reports/2023/b.md", "incidents/b/index.html"), ("reports/2024/x.png", "assets/reports/2024/x.png")];
    let targets = targets.map(|(path, url)| (RelPath::new(path).expect("a path"), url.to_owned())).into();
    html(markdown, &Env { root: "../../", place: Some(Place::own(&file)), targets: &targets, notes: "" }).0
}

#[test]
fn nothing_live_gets_through() {
    for hostile in [
        "[a](javascript:alert(1))",
        "[a](java\tscript:alert(1))",
        "[a](<JaVaScRiPt:alert(1)>)",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
        "[a](//evil.example/x)",
        "<javascript:alert(1)>",
        "# H {#x onclick=alert(1)}",
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<!-- secret -->",
        "![x](javascript:alert(1))",
        "![x](https://evil.example/pixel.gif)",
        "```\"onclick=alert(1)\nx\n```",
        "[a]: javascript:alert(1)\n\n[a]",
    ] {
        let html = render(hostile).to_lowercase();
        for live in [
            "<script",
            "onclick=",
            "onerror=",
            "href=\"javascript",
            "href=\"java",
            "href=\"data",
            "href=\"vbs",
            "href=\"//",
            "<img",
            "secret",
        ] {
            assert!(!html.contains(live), "{hostile} -> {html}");
        }
    }
}

#[test]
fn links_lead_where_the_site_has_pages() {
    assert_eq!(render("[b](../2023/b.md)"), "<p><a href=\"../../incidents/b/index.html\">b</a></p>\n");
    assert_eq!(
        render("[b](/reports/2023/b.md#impact)"),
        "<p><a href=\"../../incidents/b/index.html#h-impact\">b</a></p>\n"
    );
    assert_eq!(render("[b](gone.md)"), "<p>b</p>\n");
    assert!(render("![x](x.png)").contains("<img src=\"../../assets/reports/2024/x.png\" alt=\"x\" loading=\"lazy\">"));
    assert!(
        render("see https://a.example/x_(y).")
            .contains("<a href=\"https://a.example/x_(y)\" rel=\"noopener noreferrer\">https://a.example/x_(y)</a>.")
    );
}

#[test]
fn headings_have_ids_of_their_own() {
    let html = render("## Impact\n\n## Impact\n\n### What we `saw`");
    assert!(html.contains("<h2 id=\"h-impact\">"), "{html}");
    assert!(html.contains("<h2 id=\"h-impact-2\">"), "{html}");
    assert!(
        html.contains("<h3 id=\"h-what-we-saw\">What we <code>saw</code><a class=\"anchor\" href=\"#h-what-we-saw\""),
        "{html}"
    );
}

#[test]
fn tables_scroll_and_code_is_colored() {
    let html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n\n```json\n{\"a\": true, \"n\": 12}\n```");
    assert!(
        html.contains("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>"),
        "{html}"
    );
    assert!(html.contains("<td class=\"r\">2</td></tr>\n</tbody></table></div>"), "{html}");
    assert!(html.contains("<span class=\"k\">true</span>") && html.contains("<span class=\"n\">12</span>"), "{html}");
}

#[test]
fn parts_can_be_exchanged() {
    let markdown = "## Timeline\n\n| a |\n|---|\n| b |\n\n## Next\n\nx";
    let blocks = blocks(markdown);
    let splice = Splice { drop: vec![blocks[1].clone()], insert: vec![(blocks[1].start, Html("<ol></ol>".into()))] };
    let targets = BTreeMap::new();
    let html = spliced(markdown, &Env { root: "", place: None, targets: &targets, notes: "" }, &splice).0;
    let (timeline, next) = (heading(2, "h-timeline", "Timeline"), heading(2, "h-next", "Next"));
    assert_eq!(html, format!("{timeline}\n<ol></ol>{next}\n<p>x</p>\n"));
}

#[test]
fn plain_text_and_one_line() {
    assert_eq!(text("# A *b*\n\nc `d`\n\n<b>e</b>"), "A b\nc d\ne");
    let targets = BTreeMap::new();
    assert_eq!(
        inline("a **b**\n\n# c", &Env { root: "", place: None, targets: &targets, notes: "" }).0,
        "a <strong>b</strong> c"
    );
}

#[test]
fn footnotes_of_two_texts_have_ids_of_their_own() {
    let env = Env { root: "", place: None, targets: &BTreeMap::new(), notes: "after-" };
    let page = html("So[^1], and[^1].\n\n[^1]: It was.\n\n[^1]: Was it?\n", &env).0;
    assert!(page.contains("<sup class=\"fn\" id=\"after-fnref-1\"><a href=\"#after-fn-1\">1</a></sup>"), "{page}");
    assert!(page.contains("<a href=\"#after-fnref-1\">1</a>"), "{page}");
    assert_eq!((page.matches(" id=").count(), page.matches(" id=\"after-fn-1\"").count()), (2, 1), "{page}");
}

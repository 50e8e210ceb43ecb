//! The language server against a scripted client: `tests/lsp/<case>/` holds `script`, `answers`, what came back,
//! and perhaps `before/`, files that are added to the repository `tests/lsp/before/`. `BLESS=1` writes the answers. `|` marks the cursor in a text that is looked for.
//!
//! `client {…}` (first line: merged into `initialize`) · `open|save|close|symbols|mend PATH` · `change PATH "old" "new"` ·
//! `hover|complete|define|uses|fix PATH "te|xt"` · `disk PATH "text"` · `delete PATH` · `send {…}` · `raw …`

use crate::cli::copy;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    folder: PathBuf,
    texts: BTreeMap<String, String>,
    version: i32,
    utf8: bool,
}

impl Client {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_afterword"))
            .arg("lsp")
            .current_dir(folder)
            .env("SOURCE_DATE_EPOCH", "1795392000")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().expect("its output")));
        Self { child, input, output, folder: folder.to_owned(), texts: BTreeMap::new(), version: 0, utf8: false }
    }

    fn raw(&mut self, text: &str) {
        let input = self.input.as_mut().expect("open");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server reads");
        input.flush().expect("the server reads");
    }

    fn send(&mut self, method: &str, params: &Value) {
        self.raw(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    fn ask(&mut self, method: &str, params: &Value) {
        self.raw(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string());
    }

    fn receive(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).expect("text") == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().expect("a length"),
                None => break,
            }
        }
        let mut bytes = vec![0; length];
        self.output.read_exact(&mut bytes).expect("a whole message");
        Some(serde_json::from_slice(&bytes).expect("JSON"))
    }

    /// Everything that comes before the answer to a question that the server does not know.
    fn answers(&mut self) -> Vec<Value> {
        self.raw(r#"{"jsonrpc":"2.0","id":"barrier","method":"barrier"}"#);
        let mut all = Vec::new();
        while let Some(message) = self.receive() {
            if message["id"] == "barrier" {
                break;
            }
            all.push(message);
        }
        all
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.folder.display())
    }

    fn initialize(&mut self, with: &Value) {
        self.utf8 =
            with.pointer("/capabilities/general/positionEncodings").is_some_and(|e| e.to_string().contains("utf-8"));
        let mut params = json!({
            "processId": null,
            "workspaceFolders": [{ "uri": self.uri(""), "name": "w" }],
            "initializationOptions": { "quietMillis": 10_000_000 },
            "capabilities": { "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } },
        });
        for (key, value) in with.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.ask("initialize", &params);
        self.send("initialized", &json!({}));
    }

    /// Line and column of a byte, counted anew here so that the server's counting is not its own judge.
    fn place(&self, text: &str, offset: usize) -> Value {
        let before = text[..offset].replace("\r\n", "\n").replace('\r', "\n");
        let line = before.matches('\n').count();
        let last = before.rsplit('\n').next().unwrap_or("");
        let column = if self.utf8 { last.len() } else { last.encode_utf16().count() };
        json!({ "line": line, "character": column })
    }

    fn step(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (path, rest) =
            if matches!(word, "send" | "raw") { ("", rest) } else { rest.split_once(' ').unwrap_or((rest, "")) };
        let strings: Vec<String> =
            serde_json::Deserializer::from_str(rest).into_iter::<String>().map_while(Result::ok).collect();
        let document = json!({ "uri": self.uri(path) });
        match word {
            "raw" => self.raw(rest),
            "send" => self.raw(&rest.replace("[DIR]", &self.folder.to_string_lossy())),
            "open" => {
                let text = fs::read_to_string(self.folder.join(path)).unwrap_or_default();
                let item = json!({ "uri": self.uri(path), "languageId": "markdown", "version": 0, "text": text });
                self.send("textDocument/didOpen", &json!({ "textDocument": item }));
                self.texts.insert(path.to_owned(), text);
            }
            "change" => {
                let text = self.texts[path].clone();
                let start = text.find(&strings[0]).unwrap_or_else(|| panic!("no {:?} in {path}", strings[0]));
                let range =
                    json!({ "start": self.place(&text, start), "end": self.place(&text, start + strings[0].len()) });
                self.version += 1;
                let versioned = json!({ "uri": self.uri(path), "version": self.version });
                let change = json!({ "range": range, "text": strings[1] });
                self.send("textDocument/didChange", &json!({ "textDocument": versioned, "contentChanges": [change] }));
                self.texts.insert(path.to_owned(), text.replacen(&strings[0], &strings[1], 1));
            }
            "save" => self.send("textDocument/didSave", &json!({ "textDocument": document })),
            "close" => self.send("textDocument/didClose", &json!({ "textDocument": document })),
            "symbols" => self.ask("textDocument/documentSymbol", &json!({ "textDocument": document })),
            "mend" => {
                let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
                let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
                self.ask(
                    "textDocument/codeAction",
                    &json!({ "textDocument": document, "range": range, "context": context }),
                );
            }
            "disk" | "delete" => {
                if word == "disk" {
                    fs::write(self.folder.join(path), &strings[0]).expect("written");
                } else {
                    fs::remove_file(self.folder.join(path)).expect("removed");
                }
                let change = json!({ "uri": self.uri(path), "type": if word == "disk" { 2 } else { 3 } });
                self.send("workspace/didChangeWatchedFiles", &json!({ "changes": [change] }));
            }
            "hover" | "complete" | "define" | "uses" | "fix" => self.look(word, path, &strings[0]),
            _ => panic!("`{word}` is not a step of a script"),
        }
    }

    fn look(&mut self, word: &str, path: &str, marked: &str) {
        let text = self
            .texts
            .get(path)
            .cloned()
            .unwrap_or_else(|| fs::read_to_string(self.folder.join(path)).unwrap_or_default());
        let cursor = marked.find('|').expect("a cursor");
        let start = text.find(&marked.replacen('|', "", 1)).unwrap_or_else(|| panic!("no {marked:?} in {path}"));
        let at = self.place(&text, start + cursor);
        let mut params = json!({ "textDocument": { "uri": self.uri(path) }, "position": at });
        let method = match word {
            "hover" => "textDocument/hover",
            "complete" => "textDocument/completion",
            "define" => "textDocument/definition",
            "uses" => {
                params["context"] = json!({ "includeDeclaration": true });
                "textDocument/references"
            }
            _ => {
                params["range"] = json!({ "start": at, "end": at });
                params["context"] = json!({ "diagnostics": [], "only": ["quickfix"] });
                "textDocument/codeAction"
            }
        };
        self.ask(method, &params);
    }
}

fn range(range: &Value) -> String {
    let place = |end: &str| format!("{}:{}", range[end]["line"], range[end]["character"]);
    format!("{}-{}", place("start"), place("end"))
}

/// An answer as people read it.
fn told(message: &Value) -> String {
    let result = &message["result"];
    let list = |value: &Value, one: &dyn Fn(&Value) -> String| {
        value.as_array().into_iter().flatten().map(one).collect::<Vec<_>>().join("\n")
    };
    let word = |value: &Value| value.as_str().unwrap_or("").replace('\n', " / ");
    if message["method"] == "textDocument/publishDiagnostics" {
        let params = &message["params"];
        let one = |found: &Value| {
            format!(
                "  {} {} level {}: {}",
                range(&found["range"]),
                word(&found["code"]),
                found["severity"],
                word(&found["message"])
            )
        };
        return format!("findings in {}\n{}", word(&params["uri"]), list(&params["diagnostics"], &one));
    }
    if let Some(encoding) = result.pointer("/capabilities/positionEncoding") {
        return format!("initialized with {encoding}");
    }
    if let Some(text) = result.pointer("/contents/value") {
        return format!("{}\n{}", range(&result["range"]), text.as_str().unwrap_or(""));
    }
    if let Some(items) = result.get("items") {
        let one = |item: &Value| {
            let edit = &item["textEdit"];
            format!(
                "{} ({}) at {} writes {}",
                word(&item["label"]),
                word(&item["detail"]),
                range(&edit["range"]),
                edit["newText"]
            )
        };
        let all = list(items, &one);
        let shown: Vec<&str> = all.lines().take(10).collect();
        return format!(
            "{} of {}, incomplete: {}\n{}",
            shown.len(),
            all.lines().count(),
            result["isIncomplete"],
            shown.join("\n")
        );
    }
    if let Some(uri) = result.get("uri") {
        return format!("{} {}", word(uri), range(&result["range"]));
    }
    if result.pointer("/0/edit").is_some() {
        let edits = |action: &Value| {
            let edits = action.pointer("/edit/documentChanges/0/edits").cloned();
            let edits =
                edits.or_else(|| action["edit"]["changes"].as_object()?.values().next().cloned()).unwrap_or_default();
            list(&edits, &|edit| format!("  {} -> {}", range(&edit["range"]), edit["newText"]))
        };
        let one = |action: &Value| {
            let preferred = if action["isPreferred"] == true { " (preferred)" } else { "" };
            format!("{} [{}]{preferred}\n{}", word(&action["title"]), word(&action["kind"]), edits(action))
        };
        return list(result, &one);
    }
    if result.pointer("/0/selectionRange").is_some() {
        fn tree(symbols: &Value, depth: usize) -> String {
            let one = |symbol: &Value| {
                let line = format!(
                    "{}{} {} name at {}\n",
                    "  ".repeat(depth),
                    symbol["name"],
                    range(&symbol["range"]),
                    range(&symbol["selectionRange"])
                );
                line + &tree(&symbol["children"], depth + 1)
            };
            symbols.as_array().into_iter().flatten().map(one).collect()
        }
        return tree(result, 0).trim_end().to_owned();
    }
    if result.pointer("/0/uri").is_some() {
        return list(result, &|place| format!("{} {}", word(&place["uri"]), range(&place["range"])));
    }
    serde_json::to_string_pretty(message).expect("JSON")
}

fn run(case: &Path, folder: &Path) -> String {
    let script = fs::read_to_string(case.join("script")).expect("a script");
    let mut lines = script.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    let mut client = Client::start(folder);
    let mut answers = String::new();
    if lines.peek() == Some(&"late") {
        lines.next();
    } else {
        let with = lines.next_if(|line| line.starts_with("client ")).map_or("{}", |line| &line[7..]);
        client.initialize(&serde_json::from_str(&with.replace("[DIR]", &folder.to_string_lossy())).expect("JSON"));
        let greeting = client.answers();
        if with != "{}" {
            answers += &format!("> client {with}\n{}\n\n", greeting.iter().map(told).collect::<Vec<_>>().join("\n"));
        }
    }
    for line in lines {
        client.step(line);
        let told: Vec<String> = client.answers().iter().map(told).collect();
        answers += &format!("> {line}\n{}\n\n", told.join("\n"));
    }
    client.ask("shutdown", &Value::Null);
    client.send("exit", &Value::Null);
    client.input = None;
    while client.receive().is_some() {}
    let code = client.child.wait().expect("it ends").code();
    answers += &format!("> exit\n{code:?}\n");
    answers.replace(env!("CARGO_PKG_VERSION"), "[VERSION]").replace(&*folder.to_string_lossy(), "[DIR]")
}

#[test]
fn lsp_cases() {
    let entries = fs::read_dir("tests/lsp").expect("cases").map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.join("script").is_file()).collect();
    cases.sort();
    assert!(cases.len() >= 8, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let folder = std::env::temp_dir().join(format!("afterword-lsp-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        copy(Path::new("tests/lsp/before"), &folder);
        if case.join("before").is_dir() {
            copy(&case.join("before"), &folder);
        }
        let found = run(&case, &folder);
        let path = case.join("answers");
        let wanted = fs::read_to_string(&path).unwrap_or_default();
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &found).expect("written");
        } else if wanted != found {
            wrong.push(format!("{name}\n--- wanted\n{wanted}--- found\n{found}"));
        }
        let _ = fs::remove_dir_all(&folder);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

//! The life of a session: what the client can, which repository is meant, what is open, and an answer to every message.

use super::{
    actions, complete, goto, hover,
    position::{self, Encoding},
    repository::{Document, Repository},
    symbols, told, uri,
    wire::Incoming,
};
use crate::{config::Config, snapshot::RelPath};
use jiff::civil::Date;
use lsp_server::{ErrorCode, Message, Notification, Request};
use lsp_types::{
    CodeActionParams, CompletionParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentSymbolParams,
    GotoDefinitionParams, HoverParams, ReferenceParams, Uri,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::mpsc::Sender,
    time::{Duration, Instant},
};

/// Files looked at in one step while nobody asks: about two milliseconds.
const STEP: usize = 16;
/// After the last message, before other files are looked at.
const QUIET: Duration = Duration::from_millis(300);
/// More changes at once are a change of branch: everything is read again.
const MANY: usize = 64;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    Shut,
}

/// What the client can take.
#[derive(Debug, Default)]
struct Client {
    encoding: Encoding,
    versioned_edits: bool,
    nested_symbols: bool,
    watches_on_request: bool,
}

pub struct Server {
    root: Option<PathBuf>,
    today: Date,
    out: Sender<Value>,
    phase: Phase,
    client: Client,
    folder: Option<PathBuf>,
    repository: Option<Repository>,
    quiet: Duration,
    settles_at: Option<Instant>,
}

type Answer = Result<Value, (ErrorCode, String)>;

impl Server {
    pub fn new(root: Option<PathBuf>, today: Date, out: Sender<Value>) -> Self {
        let (client, folder, repository) = (Client::default(), None, None);
        Self { root, today, out, phase: Phase::New, client, folder, repository, quiet: QUIET, settles_at: None }
    }

    /// Deals with a message; a code when the session is over.
    pub fn take(&mut self, next: Incoming, cancelled: bool) -> Option<u8> {
        match next {
            Err(refusal) => self.send(refusal),
            Ok(Message::Request(request)) if cancelled => {
                self.answer(request, |_, _| Err((ErrorCode::RequestCanceled, "cancelled".to_owned())));
            }
            Ok(Message::Request(request)) => self.answer(request, Self::request),
            Ok(Message::Notification(note)) if note.method == "exit" => {
                return Some(u8::from(self.phase != Phase::Shut));
            }
            Ok(Message::Notification(note)) if self.phase == Phase::Running => {
                let _ = catch_unwind(AssertUnwindSafe(|| self.notice(note)));
                self.settles_at = self.is_unsettled().then(|| Instant::now() + self.quiet);
            }
            Ok(Message::Notification(_) | Message::Response(_)) => {}
        }
        None
    }

    /// When other files are to be looked at, if there are any to look at.
    pub fn settles_at(&self) -> Option<Instant> {
        self.settles_at
    }

    fn is_unsettled(&self) -> bool {
        self.repository.as_ref().is_some_and(|repository| !repository.live.is_settled())
    }

    /// One step of looking at other files.
    pub fn settle(&mut self) {
        self.settles_at = None;
        let Some(repository) = &mut self.repository else { return };
        if repository.live.settle(STEP) {
            self.publish_changed();
        } else {
            self.settles_at = Some(Instant::now());
        }
    }

    fn send(&self, message: Value) {
        let _ = self.out.send(message);
    }

    fn notify(&self, method: &str, params: &impl Serialize) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// A fault of ours in one answer does not end the session.
    fn answer(&mut self, request: Request, how: impl FnOnce(&mut Self, Request) -> Answer) {
        let id = request.id.clone();
        let answer = catch_unwind(AssertUnwindSafe(|| how(self, request)))
            .unwrap_or_else(|_| Err((ErrorCode::InternalError, "a fault of the server".to_owned())));
        self.send(match answer {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
            Err((code, message)) => {
                json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": message } })
            }
        });
    }

    fn request(&mut self, request: Request) -> Answer {
        let refuse = |code, why: &str| Err((code, why.to_owned()));
        let Request { method, params, .. } = request;
        match (self.phase, method.as_str()) {
            (Phase::New, "initialize") => Ok(self.initialize(&params)),
            (Phase::New, _) => refuse(ErrorCode::ServerNotInitialized, "`initialize` comes first"),
            (Phase::Shut, _) => refuse(ErrorCode::InvalidRequest, "the session is shut down"),
            (_, "initialize") => refuse(ErrorCode::InvalidRequest, "the session is already initialized"),
            (_, "shutdown") => {
                self.phase = Phase::Shut;
                Ok(Value::Null)
            }
            (_, method) => self.question(method, params),
        }
    }

    fn question(&self, method: &str, params: Value) -> Answer {
        match method {
            "textDocument/hover" => with(params, |asked: HoverParams| {
                let at = asked.text_document_position_params;
                self.there(&at.text_document.uri).and_then(|(r, path)| hover::hover(r, &path, at.position))
            }),
            "textDocument/completion" => with(params, |asked: CompletionParams| {
                let at = asked.text_document_position;
                self.there(&at.text_document.uri).and_then(|(r, path)| complete::complete(r, &path, at.position))
            }),
            "textDocument/definition" => with(params, |asked: GotoDefinitionParams| {
                let at = asked.text_document_position_params;
                self.there(&at.text_document.uri).and_then(|(r, path)| goto::definition(r, &path, at.position))
            }),
            "textDocument/references" => with(params, |asked: ReferenceParams| {
                let (at, too) = (asked.text_document_position, asked.context.include_declaration);
                self.there(&at.text_document.uri).and_then(|(r, path)| goto::references(r, &path, at.position, too))
            }),
            "textDocument/documentSymbol" => with(params, |asked: DocumentSymbolParams| {
                let uri = asked.text_document.uri;
                let found = self.there(&uri).map(|(repository, path)| symbols::symbols(repository, &path))?;
                Some(if self.client.nested_symbols { json!(found) } else { json!(symbols::flat(&found, &uri)) })
            }),
            "textDocument/codeAction" => with(params, |asked: CodeActionParams| {
                let (repository, path) = self.there(&asked.text_document.uri)?;
                Some(actions::actions(repository, &path, &asked, self.client.versioned_edits))
            }),
            _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is not known here"))),
        }
    }

    /// The repository and the path of a file that is served and can be read.
    fn there(&self, uri: &Uri) -> Option<(&Repository, RelPath)> {
        let repository = self.repository.as_ref()?;
        let path = repository.path_of(uri)?;
        repository.live.text(&path)?;
        Some((repository, path))
    }

    fn initialize(&mut self, params: &Value) -> Value {
        let flag = |pointer: &str| params.pointer(pointer).and_then(Value::as_bool).unwrap_or(false);
        let encodings = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let utf8 = encodings.is_some_and(|offered| offered.iter().any(|name| name == "utf-8"));
        self.client = Client {
            encoding: if utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            versioned_edits: flag("/capabilities/workspace/workspaceEdit/documentChanges"),
            nested_symbols: flag("/capabilities/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            watches_on_request: flag("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
        };
        let quiet = params.pointer("/initializationOptions/quietMillis").and_then(Value::as_u64);
        self.quiet = quiet.map_or(QUIET, |millis| Duration::from_millis(millis.min(60_000_000)));
        let folder = ["/workspaceFolders/0/uri", "/rootUri"].into_iter().filter_map(|pointer| params.pointer(pointer));
        let folder = folder.filter_map(|uri| uri.as_str()?.parse::<Uri>().ok()).find_map(|uri| uri::path(&uri));
        let old = || params.pointer("/rootPath").and_then(Value::as_str).map(PathBuf::from);
        self.folder = folder.or_else(old);
        self.phase = Phase::Running;
        json!({
            "serverInfo": { "name": "afterword", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": capabilities(if utf8 { "utf-8" } else { "utf-16" }),
        })
    }

    fn notice(&mut self, note: Notification) {
        let Notification { method, params } = note;
        match method.as_str() {
            "initialized" => self.initialized(),
            "textDocument/didOpen" => of(params, |opened| self.opened(opened)),
            "textDocument/didChange" => of(params, |changed| self.changed(changed)),
            "textDocument/didSave" => of(params, |saved| self.saved(&saved)),
            "textDocument/didClose" => of(params, |closed| self.closed(closed)),
            "workspace/didChangeWatchedFiles" => of(params, |changed: DidChangeWatchedFilesParams| {
                self.touched(&changed.changes.into_iter().map(|change| change.uri).collect::<Vec<_>>());
            }),
            "workspace/didCreateFiles" | "workspace/didRenameFiles" | "workspace/didDeleteFiles" => {
                let files = params.get("files").and_then(Value::as_array).cloned().unwrap_or_default();
                let uris = files.iter().flat_map(|file| ["uri", "oldUri", "newUri"].map(|key| file.get(key)));
                let uris = uris.flatten().filter_map(|uri| uri.as_str()?.parse().ok());
                self.touched(&uris.collect::<Vec<_>>());
            }
            _ => {}
        }
    }

    fn initialized(&mut self) {
        if self.client.watches_on_request {
            let watchers = json!([{ "globPattern": "**/{site.toml,*.md,*.png,*.jpg,*.jpeg,*.gif,*.svg,*.webp}" }]);
            let watch = json!({
                "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": watchers },
            });
            let params = json!({ "registrations": [watch] });
            self.send(
                json!({ "jsonrpc": "2.0", "id": "watch", "method": "client/registerCapability", "params": params }),
            );
        }
        let folder = self.root.clone().or_else(|| self.folder.as_deref().and_then(root_of));
        if let Some(root) = folder {
            self.open_repository(root);
        }
    }

    fn open_repository(&mut self, root: PathBuf) {
        match Repository::open(root, self.today, self.client.encoding) {
            Ok(repository) => self.repository = Some(repository),
            Err(error) => self.notify("window/showMessage", &json!({ "type": 1, "message": format!("{error:#}") })),
        }
    }

    fn opened(&mut self, opened: DidOpenTextDocumentParams) {
        let opened = opened.text_document;
        if self.repository.is_none() {
            let folder = uri::path(&opened.uri).and_then(|path| root_of(path.parent()?));
            if let Some(root) = folder {
                self.open_repository(root);
            }
        }
        let Some(repository) = &mut self.repository else { return };
        let Some(path) = repository.path_of(&opened.uri) else { return };
        let (uri, version, text) = (opened.uri, opened.version, opened.text);
        repository.documents.insert(path.clone(), Document { uri, version, text, told: Vec::new() });
        repository.overlay(&path);
        self.publish(&path);
    }

    fn changed(&mut self, changed: DidChangeTextDocumentParams) {
        let Some(repository) = &mut self.repository else { return };
        let Some(path) = repository.path_of(&changed.text_document.uri) else { return };
        let Some(document) = repository.documents.get_mut(&path) else { return };
        document.version = changed.text_document.version;
        position::apply(&mut document.text, changed.content_changes, repository.encoding);
        repository.overlay(&path);
        self.publish(&path);
    }

    fn saved(&mut self, saved: &DidSaveTextDocumentParams) {
        let Some(repository) = &mut self.repository else { return };
        match repository.path_of(&saved.text_document.uri) {
            Some(path) if path == Config::path() => repository.reload(),
            Some(_) => drop(repository.live.settle(STEP)),
            None => return,
        }
        self.publish_changed();
    }

    fn closed(&mut self, closed: DidCloseTextDocumentParams) {
        let Some(repository) = &mut self.repository else { return };
        let uri = closed.text_document.uri;
        let Some(path) = repository.path_of(&uri) else { return };
        if repository.documents.remove(&path).is_some() {
            repository.refresh(&path);
            self.notify("textDocument/publishDiagnostics", &json!({ "uri": uri, "diagnostics": [] }));
        }
    }

    /// Something happened to these files outside of the editor.
    fn touched(&mut self, uris: &[Uri]) {
        let Some(repository) = &mut self.repository else { return };
        let paths = uris.iter().filter_map(|uri| repository.relative(&uri::path(uri)?));
        let paths: Vec<RelPath> = paths.collect();
        let configured = paths.contains(&Config::path()) && !repository.documents.contains_key(&Config::path());
        if configured || paths.len() > MANY {
            repository.reload();
        } else {
            for path in &paths {
                repository.refresh(path);
            }
        }
        repository.live.settle(STEP);
        self.publish_changed();
    }

    fn publish(&mut self, path: &RelPath) {
        let Some(repository) = &mut self.repository else { return };
        let found = told::diagnostics(repository, path);
        let Some(document) = repository.documents.get_mut(path) else { return };
        let params = json!({ "uri": document.uri, "version": document.version, "diagnostics": found });
        document.told = found;
        self.notify("textDocument/publishDiagnostics", &params);
    }

    /// Tells of every open file whose findings are no longer what was told.
    fn publish_changed(&mut self) {
        let Some(repository) = &self.repository else { return };
        let differs = |(path, document): &(&RelPath, &Document)| told::diagnostics(repository, path) != document.told;
        let paths: Vec<RelPath> = repository.documents.iter().filter(differs).map(|(path, _)| path.clone()).collect();
        for path in &paths {
            self.publish(path);
        }
    }
}

/// The nearest folder upward with a `site.toml`, else the folder itself where it holds reports.
fn root_of(folder: &Path) -> Option<PathBuf> {
    let marked = folder.ancestors().find(|folder| folder.join("site.toml").is_file());
    let plain = || folder.ancestors().find(|folder| folder.join("reports").is_dir());
    marked.or_else(plain).map(Path::to_owned)
}

/// Reads what is asked; what cannot be read is refused.
fn with<P: DeserializeOwned, R: Serialize>(params: Value, answer: impl FnOnce(P) -> R) -> Answer {
    let asked = serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
    serde_json::to_value(answer(asked)).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

/// Nobody waits for an answer to a notification: what cannot be read changes nothing.
fn of<P: DeserializeOwned>(params: Value, act: impl FnOnce(P)) {
    if let Ok(params) = serde_json::from_value(params) {
        act(params);
    }
}

fn capabilities(encoding: &str) -> Value {
    let files = json!({ "filters": [{ "scheme": "file", "pattern": { "glob": "**/*" } }] });
    json!({
        "positionEncoding": encoding,
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "hoverProvider": true,
        "completionProvider": { "triggerCharacters": [":", " ", "[", "(", "-", "\""] },
        "definitionProvider": true,
        "referencesProvider": true,
        "documentSymbolProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix", actions::FIX_ALL.as_str()] },
        "workspace": { "fileOperations": { "didCreate": files, "didRename": files, "didDelete": files } },
    })
}

//! A line on the terminal while work takes longer than a second; it is wiped when the work is done.

use std::{
    io::{IsTerminal, Write},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

const QUIET: Duration = Duration::from_secs(1);

/// Shows the stage that runs until it is dropped; nothing where standard error is no terminal.
pub struct Progress(Option<(Sender<&'static str>, JoinHandle<()>)>);

impl Progress {
    pub fn start(stage: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let (send, stages) = mpsc::channel();
        let line = thread::spawn(move || {
            let (start, mut stage, mut shown) = (Instant::now(), stage, false);
            loop {
                match stages.recv_timeout(QUIET) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if start.elapsed() >= QUIET {
                    let _ = write!(std::io::stderr(), "\r\u{1b}[K{stage} … {} s", start.elapsed().as_secs());
                    shown = true;
                }
            }
            if shown {
                let _ = write!(std::io::stderr(), "\r\u{1b}[K");
            }
        });
        Self(Some((send, line)))
    }

    pub fn stage(&self, stage: &'static str) {
        if let Some((send, _)) = &self.0 {
            let _ = send.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((send, line)) = self.0.take() {
            drop(send);
            let _ = line.join();
        }
    }
}

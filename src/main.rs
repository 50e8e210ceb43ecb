//! The `afterword` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    afterword::cli::run()
}

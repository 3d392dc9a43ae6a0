//! The command line: arguments, files, threads, standard streams, exit codes. Nothing else touches them.

mod args;
mod check;
mod inputs;
mod model;
mod output;
mod rules;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command};

/// Nothing at or above the failing level.
const CLEAN: u8 = 0;
/// Findings at or above the failing level.
const FOUND: u8 = 1;
/// The run itself failed: arguments, a file that can't be read, a broken rule.
const FAILED: u8 = 2;

/// Runs the command line of the process.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.apply();
    let result = match arguments.command {
        Command::Check(check) => check::check(&check),
        Command::Score(score) => check::score(&score),
        Command::Rules(rules) => rules::rules(&rules),
        Command::Model { command } => model::model(&command),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_closed_pipe(&error) => ExitCode::from(CLEAN),
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Whether whoever read our output has stopped reading, which is no failure of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe))
}

/// One line on standard error; if that is closed too there is nobody left to tell.
fn complain(message: &str) {
    let _ = writeln!(anstream::stderr(), "ungarble: {message}");
}

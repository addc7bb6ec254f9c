//! The commands of the binary; `thidua` alone is `thidua dev`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

mod clock;
mod dev;
mod openapi;
mod production;
mod story;
mod token;

pub(crate) use clock::dev_routes;
pub use openapi::record_examples;

/// System of record for the emulation campaigns of a commune.
#[derive(Debug, Parser)]
#[command(name = "thidua", version, about)]
struct Arguments {
    /// The file of settings of the production form; without it THIDUA_CONFIG names one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the service on a private PostgreSQL with the real plan and demonstration data.
    Dev(dev::Dev),
    /// Tokens of the development issuer.
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// The contract.
    Openapi {
        #[command(subcommand)]
        command: OpenapiCommand,
    },
    /// Play the whole story against a running service in `dev`.
    Story(story::Story),
    #[command(flatten)]
    Production(production::Production),
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Print a token for a persona and nothing else.
    Mint {
        /// Name of the persona: coordinator, chair, unit-head …
        #[arg(long)]
        persona: String,
        /// The data folder of the service.
        #[arg(long, default_value = dev::DATA)]
        data: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum OpenapiCommand {
    /// Write the contract to its file.
    Write,
    /// Compare the file with the contract, byte for byte.
    Check,
    /// Record the contract's examples from the demonstration, on a database that is thrown away.
    Examples,
}

/// Runs the command of the command line.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command.unwrap_or_else(|| Command::Dev(dev::Dev::default())) {
        Command::Dev(dev) => dev.run(),
        Command::Token { command: TokenCommand::Mint { persona, data } } => token::mint(&persona, &data),
        Command::Openapi { command: OpenapiCommand::Write } => openapi::write(),
        Command::Openapi { command: OpenapiCommand::Check } => openapi::check(),
        Command::Openapi { command: OpenapiCommand::Examples } => openapi::examples(),
        Command::Story(story) => story.run(),
        Command::Production(production) => production.run(arguments.config.as_deref()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(said) => {
            complain(&said);
            ExitCode::FAILURE
        }
    }
}

/// Why a command failed, as a sentence.
type Said = String;

#[expect(clippy::print_stderr, reason = "the command line speaks to a person")]
fn complain(said: &str) {
    eprintln!("thidua: {said}");
}

#[expect(clippy::print_stdout, reason = "what a command prints is its result")]
fn print(line: &str) {
    println!("{line}");
}

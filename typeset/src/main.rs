//! `thidua-typeset`: a paper as data on its input, the paper as PDF on its output.
//!
//! A process for each paper, so that a layout that never ends, or a fault of the typesetter, is the end of this process and of
//! nothing else. It limits itself before it reads anything: memory and time are bounded, files it opens none. What it reads
//! is data to the one template that is built in; there is no way by which a text becomes markup.
//!
//! `--page N --ppi P` writes page N, counted from 1, as PNG instead. It exits with 2 where it was called wrongly, with 3 where
//! what it read is no paper or has no such page, and with 1 where typesetting fails; what is wrong it says on standard error.

use std::{
    io::{Read, Write},
    process::ExitCode,
};

use rustix::process::{Resource, Rlimit, setrlimit};

mod page;
mod world;

/// The most bytes of a paper that is read.
const MOST_INPUT: u64 = 64 << 20;
/// The most memory; a paper of forty pages takes a tenth of it.
const MOST_MEMORY: u64 = 2 << 30;
/// The most seconds of a processor.
const MOST_SECONDS: u64 = 30;

/// Why nothing was written.
enum Failure {
    Call(String),
    Paper(String),
    Typesetting(String),
}

fn main() -> ExitCode {
    let (code, what) = match run() {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Call(what)) => (2, what),
        Err(Failure::Paper(what)) => (3, what),
        Err(Failure::Typesetting(what)) => (1, what),
    };
    // Nobody is there to be told where this fails too.
    let _ = writeln!(std::io::stderr(), "thidua-typeset: {what}");
    ExitCode::from(code)
}

fn run() -> Result<(), Failure> {
    let page = asked(std::env::args().skip(1))?;
    limit().map_err(|error| Failure::Typesetting(format!("the limits cannot be set: {error}")))?;
    let mut paper = Vec::new();
    let read = std::io::stdin().lock().take(MOST_INPUT + 1).read_to_end(&mut paper);
    read.map_err(|error| Failure::Paper(error.to_string()))?;
    if paper.len() as u64 > MOST_INPUT {
        return Err(Failure::Paper("it has too many bytes".to_owned()));
    }
    let set = page::set(paper)?;
    let bytes = match page {
        None => page::pdf(&set)?,
        Some((number, ppi)) => page::png(&set, number, ppi)?,
    };
    let mut out = std::io::stdout().lock();
    out.write_all(&bytes).and_then(|()| out.flush()).map_err(|error| Failure::Typesetting(error.to_string()))
}

/// Which page is asked for and how fine, in pixels an inch; `None` for all of them as PDF.
fn asked(mut arguments: impl Iterator<Item = String>) -> Result<Option<(usize, f64)>, Failure> {
    let (mut page, mut ppi) = (None, 72.0);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| Failure::Call(format!("{name} needs a value")))?;
        let wrong = |_| Failure::Call(format!("{name}: {value} is no number"));
        match name.as_str() {
            "--page" => page = Some(value.parse().map_err(|error: std::num::ParseIntError| wrong(error.to_string()))?),
            "--ppi" => ppi = value.parse().map_err(|error: std::num::ParseFloatError| wrong(error.to_string()))?,
            _ => return Err(Failure::Call(format!("{name} is not known"))),
        }
    }
    Ok(page.map(|page| (page, f64::clamp(ppi, 10.0, 600.0))))
}

fn limit() -> rustix::io::Result<()> {
    for (resource, most) in [(Resource::As, MOST_MEMORY), (Resource::Cpu, MOST_SECONDS), (Resource::Core, 0)] {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

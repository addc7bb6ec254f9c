//! The typesetter, as the service starts it.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use lopdf::Document;

/// Where it is: beside the programs that these tests are built with.
pub(super) fn program() -> PathBuf {
    let program = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("thidua-typeset");
    assert!(program.exists(), "{} is not there: `make typesetter` builds it", program.display());
    program
}

/// What it answers to a paper.
pub(super) fn set(paper: &[u8], arguments: &[&str]) -> Output {
    let mut started = Command::new(program());
    let started = started.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = started.spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    let paper = paper.to_vec();
    // One that refuses its arguments does not read.
    let feed = std::thread::spawn(move || drop(to.write_all(&paper)));
    let answer = child.wait_with_output().unwrap();
    feed.join().unwrap();
    answer
}

/// The text of each page of a PDF, without white space: where a line is broken is the business of the page.
pub(super) fn pages(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    let text = |page: u32| document.extract_text(&[page]).unwrap();
    document.get_pages().keys().map(|page| squeezed(&text(*page))).collect()
}

/// A text without white space.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

//! The house: what is true of the code, the schema, the texts and the contract as a whole, whoever adds to them.

mod catalogue;
mod charts;
mod contract;
mod crates;
mod files;
mod image;
mod rights;
mod schema;

use std::path::PathBuf;

/// The root of the workspace.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Holds a checked-in file against what a test makes of the program; with `THIDUA_UPDATE=1` it is written instead.
fn is_checked_in(file: &str, made: &str) {
    let path = root().join(file);
    if std::env::var_os("THIDUA_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, made).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = found.lines().zip(made.lines()).position(|(found, made)| found != made);
    let line = differs.unwrap_or_else(|| found.lines().count().min(made.lines().count())) + 1;
    let how = "write it with THIDUA_UPDATE=1 cargo test -p thidua-tests --test suite house, and look at the difference";
    assert!(found == made, "{file} is not what the program makes of it, from line {line} on: {how}");
}

//! The files: their size, their names, and what must not stand in them.

use std::path::{Path, PathBuf};

use super::root;

/// Beyond this a file has a second idea in it. The aim is 300.
const MOST_LINES: usize = 350;
/// Names that say nothing of what is inside.
const SAY_NOTHING: &[&str] = &["util", "utils", "helper", "helpers", "manager", "common", "misc", "shared", "base"];

pub(super) fn sources() -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for room in ["domain", "persistence", "documents", "api", "typeset", "tests"] {
        collect(&root().join(room), &mut all);
    }
    assert!(all.len() > 100, "the sources were not found");
    all
}

fn collect(folder: &Path, all: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
            collect(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            all.push((path.strip_prefix(root()).unwrap().to_owned(), text));
        }
    }
}

#[test]
fn no_file_is_longer_than_one_can_hold_in_mind() {
    let long = |(path, text): &(PathBuf, String)| {
        let lines = text.lines().count();
        (lines > MOST_LINES).then(|| format!("{} has {lines} lines", path.display()))
    };
    let long: Vec<_> = sources().iter().filter_map(long).collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_name_says_what_is_inside() {
    for (path, _) in sources() {
        for part in path.with_extension("").iter() {
            let part = part.to_string_lossy();
            assert!(!SAY_NOTHING.contains(&&*part), "{}", path.display());
        }
    }
}

#[test]
fn lints_are_expected_and_never_allowed_and_nothing_is_left_to_do() {
    // Put together here, so that this file does not find itself.
    let banned = [
        concat!("#[al", "low("),
        concat!("#![al", "low("),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("todo", "!("),
    ];
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let found = banned.iter().find(|word| line.contains(**word));
            assert!(found.is_none(), "{}:{}: {line}", path.display(), number + 1);
        }
    }
}

/// A fault in a bounded field is told under the name that the program gives it, so that this must be that of the wire.
#[test]
fn no_field_with_bounds_has_another_name_on_the_wire() {
    for (path, text) in sources() {
        let mut attributes = String::new();
        for (number, line) in text.lines().map(str::trim).enumerate() {
            if line.starts_with('#') || !attributes.is_empty() && !line.ends_with(',') {
                attributes.push_str(line);
                continue;
            }
            let bounded = attributes.contains("#[validate") && attributes.contains("rename = ");
            assert!(!bounded, "{}:{}: {line}", path.display(), number + 1);
            if !line.starts_with("///") {
                attributes.clear();
            }
        }
    }
}

//! The crates: which may know which.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

use super::root;

/// Each crate with those of ours that it may depend on. `tests → api → (documents, persistence) → domain`.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("thidua-domain", &[]),
    ("thidua-persistence", &["thidua-domain"]),
    ("thidua-documents", &["thidua-domain"]),
    ("thidua-api", &["thidua-domain", "thidua-persistence", "thidua-documents"]),
    ("thidua-tests", &["thidua-domain", "thidua-persistence", "thidua-documents", "thidua-api"]),
];

/// What a crate may not depend on: PostgreSQL is the business of persistence, HTTP that of the API, and the domain does
/// no I/O at all. The typesetter costs minutes of building, and so is linked with one small program only. The tests look
/// behind the scenes with `sqlx`, as the owner of the database.
const MUST_NOT_KNOW: &[(&str, &[&str])] = &[
    ("thidua-domain", &["sea-orm", "sqlx", "actix-web", "utoipa", "tokio", "reqwest", "validator", "jsonwebtoken"]),
    ("thidua-persistence", &["actix-web", "utoipa", "reqwest", "validator", "jsonwebtoken"]),
    ("thidua-documents", &["typst", "sea-orm", "sqlx", "actix-web", "utoipa", "tokio", "reqwest"]),
    ("thidua-api", &["typst", "sea-orm", "sea-query", "sea-query-sqlx", "sqlx"]),
    ("thidua-tests", &["sea-orm", "sea-query"]),
];

fn metadata(manifest: &str) -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let asked = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--no-deps", "--offline", "--manifest-path", manifest])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    serde_json::from_slice(&asked.stdout).unwrap()
}

fn table(of: &'static [(&str, &[&str])], name: &str) -> BTreeSet<&'static str> {
    let found = of.iter().find(|(one, _)| *one == name).unwrap_or_else(|| panic!("{name} has no place in the house"));
    found.1.iter().copied().collect()
}

#[test]
fn no_crate_knows_one_that_stands_above_it() {
    let metadata = metadata("Cargo.toml");
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let (may, must_not) = (table(MAY_KNOW, name), table(MUST_NOT_KNOW, name));
        for dependency in package["dependencies"].as_array().unwrap() {
            let known = dependency["name"].as_str().unwrap();
            // A dependency of tests, too, is an edge.
            assert!(!known.starts_with("thidua-") || may.contains(known), "{name} knows {known}");
            assert!(!must_not.contains(known), "{name} knows {known}");
        }
    }
}

#[test]
fn the_typesetter_is_built_apart_and_knows_none_of_us() {
    let apart = metadata("typeset/Cargo.toml");
    let [package] = &apart["packages"].as_array().unwrap()[..] else { panic!("{apart}") };
    assert_eq!(package["name"], "thidua-typeset");
    for dependency in package["dependencies"].as_array().unwrap() {
        assert!(!dependency["name"].as_str().unwrap().starts_with("thidua-"), "{dependency}");
    }
    let ours = metadata("Cargo.toml");
    let built_with_us = ours["packages"].as_array().unwrap().iter().any(|one| one["name"] == "thidua-typeset");
    assert!(!built_with_us, "a change of ours would wait for the typesetter");
}

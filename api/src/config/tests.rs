use std::path::PathBuf;

use super::*;
use crate::auth::DEV_ISSUER;

struct File(PathBuf);

impl File {
    fn with(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("thidua-config-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const ISSUER: &str = "[[issuers]]
name = \"https://id.example\"
audience = \"https://api.example\"
jwks_url = \"https://id.example/jwks\"
";

#[test]
fn a_file_overrides_the_defaults_and_the_environment_overrides_the_file() {
    let file = File::with("order", &format!("log = \"debug\"\n[server]\nworkers = 3\nbind = \"0.0.0.0:1\"\n{ISSUER}"));
    let given = environment(&[("THIDUA_SERVER_BIND", "127.0.0.1:9000"), ("DATABASE_URL", "postgres://thidua@db/x")]);
    let settings = Settings::read(Some(&file.0), given).unwrap();
    assert_eq!(settings.log(), "debug");
    let serving = settings.serving().unwrap();
    assert_eq!((serving.bind.to_string(), serving.workers), ("127.0.0.1:9000".to_owned(), 3));
    assert_eq!((serving.requests_per_minute, serving.pool.size), (600, 12));
    assert_eq!((serving.database.as_str(), serving.issuers.len()), ("postgres://thidua@db/x", 1));
}

#[test]
fn a_secret_may_lie_in_a_file_and_is_never_shown() {
    let secret = File::with("secret", "postgres://thidua:geheim@db/thidua\n");
    let named = secret.0.display().to_string();
    let settings = Settings::read(None, environment(&[("THIDUA_DATABASE_URL_FILE", &named)])).unwrap();
    assert_eq!(settings.database_url().unwrap(), "postgres://thidua:geheim@db/thidua");
    assert!(settings.shown().contains("postgres://thidua:…@db/thidua"), "{}", settings.shown());
    assert!(!settings.shown().contains("geheim"));
}

#[test]
fn every_problem_is_named_at_once() {
    let file =
        File::with("wrong", "lgo = \"info\"\n[server]\nworkers = true\n[[issuers]]\nname = \"x\"\ncolour = \"red\"\n");
    let given = environment(&[("THIDUA_SERVER_BLIND", "1"), ("THIDUA_DATABASE_URL_FILE", "/does/not/exist")]);
    let problems = Settings::read(Some(&file.0), given).unwrap_err().join("\n");
    for named in ["lgo", "server.workers", "colour", "jwks_url or jwks_file", "THIDUA_SERVER_BLIND", "/does/not/exist"]
    {
        assert!(problems.contains(named), "{named} in {problems}");
    }
}

#[test]
fn what_is_unsafe_in_production_is_refused_with_its_name() {
    let refused = |file: &str, given: &[(&str, &str)]| {
        let file = File::with("unsafe", file);
        Settings::read(Some(&file.0), environment(given)).unwrap().serving().unwrap_err()
    };
    let database = ("DATABASE_URL", "postgres://thidua@db/x");
    assert_eq!(refused(ISSUER, &[]), ["database.url must be given (or DATABASE_URL)"]);
    assert!(refused("", &[database])[0].starts_with("issuers: at least one"));
    let with = |from: &str, to: &str| refused(&ISSUER.replace(from, to), &[database]);
    assert_eq!(with("https://id.example\"", "http://id.example\""), ["issuers: http://id.example is not https"]);
    assert_eq!(
        with("https://id.example/jwks", "http://id.example/jwks"),
        ["issuers: http://id.example/jwks is not https"]
    );
    assert_eq!(with("https://id.example/jwks", "http://127.0.0.1.id.example/").len(), 1);
    assert!(with("https://id.example\"", &format!("{DEV_ISSUER}\""))[0].contains("thidua dev"));
    let out_of_range =
        refused(ISSUER, &[database, ("THIDUA_SERVER_WORKERS", "65"), ("THIDUA_DATABASE_POOL_SIZE", "x")]);
    assert_eq!(
        out_of_range,
        [
            "server.workers: 65 is not a whole number from 0 to 64",
            "database.pool_size (THIDUA_DATABASE_POOL_SIZE): x is not a whole number from 1 to 100"
        ]
    );
}

#[test]
fn keys_may_come_from_this_machine() {
    let here = ISSUER.replace("https://id.example/jwks", "http://127.0.0.1:8088/jwks");
    let file = File::with("loopback", &here);
    let settings = Settings::read(Some(&file.0), environment(&[("DATABASE_URL", "postgres://x")])).unwrap();
    assert_eq!(settings.serving().unwrap().issuers.len(), 1);
}

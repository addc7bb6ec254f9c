//! Logs: lines for people on a terminal, JSON elsewhere; no personal data in fields.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Begins logging to standard error, by `THIDUA_LOG` or, without it, by `default`.
pub(crate) fn begin(default: &str) {
    let filter = EnvFilter::try_from_env("THIDUA_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second beginning, as in tests, changes nothing.
    let _ =
        if std::io::stderr().is_terminal() { lines.try_init() } else { lines.json().flatten_event(true).try_init() };
}

//! `thidua token mint`.

use std::path::Path;

use super::{Said, print};
use crate::auth::DevIssuer;

/// Prints a token and nothing else.
pub(super) fn mint(persona: &str, data: &Path) -> Result<(), Said> {
    let issuer = DevIssuer::in_folder(data)
        .map_err(|error| format!("no key in {}: {error}; start `thidua dev` there first", data.display()))?;
    print(&issuer.mint(persona).map_err(|error| error.to_string())?);
    Ok(())
}

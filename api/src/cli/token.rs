//! `thidua token mint`.

use std::path::Path;

use super::{Said, print};
use crate::{auth::DevIssuer, story::Cast};

/// Prints a token and nothing else.
pub(super) fn mint(persona: &str, data: &Path) -> Result<(), Said> {
    let cast = Cast::read().map_err(|error| error.to_string())?;
    if !cast.personas.iter().any(|known| known.name.as_str() == persona) {
        let names: Vec<_> = cast.personas.iter().map(|known| known.name.as_str()).collect();
        return Err(format!("there is no persona {persona}; there are {}", names.join(", ")));
    }
    let issuer = DevIssuer::in_folder(data)
        .map_err(|error| format!("no key in {}: {error}; start `thidua dev` there first", data.display()))?;
    print(&issuer.mint(persona).map_err(|error| error.to_string())?);
    Ok(())
}

//! The acts of the story, in the order of the calendar; each ends where the scene does.

use serde_json::Value;
use thidua_domain::time::Timestamp;

use super::{
    city_report,
    client::{Answer, Player, StoryError},
    plan, registration, reporting,
};

/// How the story is told: to whom each line goes, and where it stops.
pub struct Scene<'a> {
    /// The story stops before the first step after this instant.
    pub until: Timestamp,
    /// Takes a line for each step.
    pub tell: &'a mut dyn FnMut(&str),
}

impl std::fmt::Debug for Scene<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scene").field("until", &self.until).finish_non_exhaustive()
    }
}

/// Plays the story up to where the scene ends; answers the campaign, once it runs.
///
/// # Errors
/// The service answers something else than the story expects.
pub async fn play(player: &mut Player, scene: &mut Scene<'_>) -> Result<Option<Answer>, StoryError> {
    let Some(campaign) = plan::play(player, scene).await? else { return Ok(None) };
    if registration::play(player, scene, &campaign).await?.is_some()
        && reporting::play(player, scene, &campaign).await?.is_some()
    {
        city_report::play(player, scene, &campaign).await?;
    }
    Ok(Some(campaign))
}

impl Scene<'_> {
    /// Moves the clock to the next step; false where the story ends before it. What the clock has passed already was
    /// played before: it is told again (`·`), and the service answers its commands as it did then.
    pub(super) async fn at(&mut self, player: &Player, instant: &str, line: &str) -> Result<bool, StoryError> {
        let due = Timestamp::parse(instant).ok_or_else(|| StoryError::Seed(format!("instant {instant}")))?;
        if due > self.until {
            return Ok(false);
        }
        let mark = if player.forward_to(due).await? { '▸' } else { '·' };
        (self.tell)(&format!("{} {mark} {line}", due.local().format("%d/%m/%Y %H:%M")));
        Ok(true)
    }
}

/// The id of a unit, by its code.
pub(super) async fn unit(player: &mut Player, code: &str) -> Result<Value, StoryError> {
    let units = player.get("coordinator", "/units?limit=100").await?;
    let found = units.body["items"].as_array().into_iter().flatten().find(|unit| unit["code"] == code);
    found.map(|unit| unit["id"].clone()).ok_or_else(|| StoryError::Seed(format!("no unit {code}")))
}

//! The acts of the story, in the order of the calendar.

use serde_json::{Value, json};
use thidua_domain::time::{Date, Timestamp};
use thidua_persistence::seed;

use super::client::{Answer, Player, StoryError};

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

/// Plays the story up to where the scene ends.
///
/// # Errors
/// The service answers something else than the story expects.
pub async fn play(player: &mut Player, scene: &mut Scene<'_>) -> Result<(), StoryError> {
    let Some(campaign) = plan(player, scene).await? else { return Ok(()) };
    let _ = campaign;
    Ok(())
}

impl Scene<'_> {
    /// Moves the clock to the next step; false where the story ends before it.
    async fn at(&mut self, player: &Player, instant: &str, line: &str) -> Result<bool, StoryError> {
        let due = Timestamp::parse(instant).ok_or_else(|| StoryError::Seed(format!("instant {instant}")))?;
        if due > self.until {
            return Ok(false);
        }
        player.clock(instant).await?;
        (self.tell)(&format!("{}  {line}", day(due.date())));
        Ok(true)
    }
}

fn day(date: Date) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// Draft, submission, signature, number, launch.
async fn plan(player: &mut Player, scene: &mut Scene<'_>) -> Result<Option<Answer>, StoryError> {
    if !scene.at(player, "2025-09-11T08:00:00+07:00", "Phòng VH-XH dự thảo kế hoạch").await? {
        return Ok(None);
    }
    let units = player.get("coordinator", "/units?limit=100").await?;
    let unit = |code: &str| -> Value {
        let items = units.body["items"].as_array().into_iter().flatten();
        items.clone().find(|unit| unit["code"] == code).map(|unit| unit["id"].clone()).unwrap_or_default()
    };
    let plan = plan_of_seed()?;
    let new = json!({
        "code": "gia-loc-2025", "issuerUnitId": unit("UBND"), "coordinatingUnitId": unit("VHXH"), "plan": plan,
    });
    let campaign = player.create("coordinator", "/campaigns", new).await?;
    let path = format!("/campaigns/{}", campaign.text("id"));
    if !scene.at(player, "2025-09-11T15:00:00+07:00", "Phòng VH-XH trình ký kế hoạch").await? {
        return Ok(None);
    }
    let campaign = player.command("coordinator", &format!("{path}/submit"), &campaign, None).await?;
    if !scene.at(player, "2025-09-12T09:00:00+07:00", "Chủ tịch ký").await? {
        return Ok(None);
    }
    let campaign = player.command("chair", &format!("{path}/sign"), &campaign, None).await?;
    if !scene.at(player, "2025-09-12T14:00:00+07:00", "Văn thư lấy số, ban hành").await? {
        return Ok(None);
    }
    let numbering = json!({"number": 1, "issueDate": "2025-09-12"});
    let campaign = player.command("clerk", &format!("{path}/issue"), &campaign, Some(numbering)).await?;
    if !scene.at(player, "2025-09-15T07:30:00+07:00", "Chủ tịch phát động").await? {
        return Ok(None);
    }
    player.command("chair", &format!("{path}/launch"), &campaign, None).await.map(Some)
}

fn plan_of_seed() -> Result<Value, StoryError> {
    let seed: toml::Table = toml::from_str(seed::GIA_LOC_2025).map_err(|error| StoryError::Seed(error.to_string()))?;
    let plan = seed.get("plan").ok_or_else(|| StoryError::Seed("no plan".to_owned()))?;
    serde_json::to_value(plan).map_err(|error| StoryError::Seed(error.to_string()))
}

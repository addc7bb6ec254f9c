//! September and October: units register, and measure what they registered. The steps are data of the seed.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};
use thidua_persistence::seed;

use super::{
    act::{self, Scene},
    client::{Answer, Player, StoryError},
    measure::{Found, measure},
};

/// The seed of this act.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Papers {
    /// What is registered, by name.
    contents: HashMap<String, Value>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    /// When.
    at: String,
    /// What the audience hears.
    line: String,
    /// Which persona.
    by: String,
    /// Code of the unit that it is about.
    unit: String,
    #[serde(flatten)]
    act: Act,
}

#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
enum Act {
    Draft { content: String },
    Correct { content: String, reason: String },
    Replace { content: String },
    Submit,
    Return { reason: String, remarks: Vec<Value> },
    Accept,
    Withdraw,
    Measure { code: String, as_of_date: String, value: Value, note: Option<String> },
}

pub(super) async fn play(
    player: &mut Player,
    scene: &mut Scene<'_>,
    campaign: &Answer,
) -> Result<Option<()>, StoryError> {
    let Papers { contents, steps } =
        toml::from_str(seed::SAMPLE_REGISTRATIONS).map_err(|error| StoryError::Seed(error.to_string()))?;
    // The registration of each unit, as it was answered last.
    let mut registrations: HashMap<String, Answer> = HashMap::new();
    for step in steps {
        if !scene.at(player, &step.at, &step.line).await? {
            return Ok(None);
        }
        let before = registrations.get(&step.unit);
        if let Some(answer) = take(player, campaign, &contents, before, &step).await? {
            registrations.insert(step.unit, answer);
        }
    }
    Ok(Some(()))
}

/// Takes a step; answers the registration that it makes or changes.
async fn take(
    player: &mut Player,
    campaign: &Answer,
    contents: &HashMap<String, Value>,
    before: Option<&Answer>,
    step: &Step,
) -> Result<Option<Answer>, StoryError> {
    let missing = |what: &str| StoryError::Seed(format!("no {what} for: {}", step.line));
    let content_of = |name: &String| contents.get(name).cloned().ok_or_else(|| missing("content"));
    let before = before.ok_or_else(|| missing("registration"));
    let answer = match &step.act {
        Act::Draft { content } => draft(player, campaign, step, content_of(content)?).await,
        Act::Correct { content, reason } => {
            let mut correction = content_of(content)?;
            correction["correctsId"] = before?.body["id"].clone();
            correction["correctionReason"] = reason.as_str().into();
            draft(player, campaign, step, correction).await
        }
        Act::Replace { content } => {
            let before = before?;
            let path = format!("/registrations/{}", before.text("id"));
            player.replace(&step.by, &path, before, content_of(content)?).await
        }
        Act::Submit => command(player, step, before?, "submit", None).await,
        Act::Return { reason, remarks } => {
            command(player, step, before?, "return", Some(json!({"reason": reason, "remarks": remarks}))).await
        }
        Act::Accept => command(player, step, before?, "accept", None).await,
        Act::Withdraw => command(player, step, before?, "withdraw", None).await,
        Act::Measure { code, as_of_date, value, note } => {
            let (value, note) = (value.clone(), note.as_deref());
            measure(player, &step.by, campaign, Found { unit: &step.unit, code, as_of_date, value, note }).await?;
            return Ok(None);
        }
    };
    answer.map(Some)
}

async fn draft(player: &mut Player, campaign: &Answer, step: &Step, mut body: Value) -> Result<Answer, StoryError> {
    body["unitId"] = act::unit(player, &step.unit).await?;
    player.create(&step.by, &format!("/campaigns/{}/registrations", campaign.text("id")), body).await
}

async fn command(
    player: &mut Player,
    step: &Step,
    before: &Answer,
    verb: &str,
    body: Option<Value>,
) -> Result<Answer, StoryError> {
    player.command(&step.by, &format!("/registrations/{}/{verb}", before.text("id")), before, body).await
}

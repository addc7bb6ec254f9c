//! November: the interim report of Văn phòng to the committee of the commune, step by step.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};
use thidua_persistence::seed;

use super::client::{Answer, Player, StoryError};

/// What is written, from the seed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    periods: Vec<String>,
    explanation: String,
    report: Value,
}

/// Freezes the periods that the paper names and writes it, with a word on each unit that is missing.
pub(super) async fn compile(
    player: &mut Player,
    by: &str,
    campaign: &Answer,
    periods: &HashMap<String, Answer>,
) -> Result<Answer, StoryError> {
    let seed = |fault: String| StoryError::Seed(fault);
    let paper: Paper = toml::from_str(seed::SAMPLE_OFFICE_REPORT).map_err(|error| seed(error.to_string()))?;
    let id = |code: &String| periods.get(code).map(|period| period.body["id"].clone());
    let ids: Option<Vec<Value>> = paper.periods.iter().map(id).collect();
    let ids = ids.ok_or_else(|| seed(format!("periods {:?}", paper.periods)))?;
    let mut new = paper.report;
    new["periodIds"] = ids.into();
    let path = format!("/campaigns/{}/consolidated-reports", campaign.text("id"));
    let draft = player.create(by, &path, new).await?;
    let missing = draft.body["snapshot"]["missingUnits"].as_array().into_iter().flatten();
    let explanations: Vec<_> = missing
        .map(|missing| {
            json!({
                "unitId": missing["unitId"], "periodId": missing["periodId"], "explanation": paper.explanation,
            })
        })
        .collect();
    let content = json!({ "narrative": draft.body["narrative"], "explanations": explanations });
    player.replace(by, &format!("/consolidated-reports/{}", draft.text("id")), &draft, content).await
}

/// Takes the report one step on.
pub(super) async fn carry(
    player: &mut Player,
    by: &str,
    report: &Answer,
    verb: &str,
    body: Option<Value>,
) -> Result<Answer, StoryError> {
    player.command(by, &format!("/consolidated-reports/{}/{verb}", report.text("id")), report, body).await
}

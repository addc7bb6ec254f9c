//! Measuring, for every act: finds a target by its unit and code, records a value, and attaches what proves it.

use serde_json::{Value, json};

use super::{
    act,
    client::{Answer, Player, StoryError},
};

/// The id of a unit's target, by its code, as this persona sees it.
pub(super) async fn target(
    player: &mut Player,
    persona: &str,
    campaign: &Answer,
    unit: &str,
    code: &str,
) -> Result<String, StoryError> {
    let unit_id = act::unit(player, unit).await?;
    let unit_id = unit_id.as_str().unwrap_or_default();
    let path = format!("/campaigns/{}/targets?unitId={unit_id}&limit=100", campaign.text("id"));
    let targets = player.get(persona, &path).await?;
    let found = targets.body["items"].as_array().into_iter().flatten().find(|target| target["code"] == code);
    let id = found.and_then(|target| target["id"].as_str());
    id.map(str::to_owned).ok_or_else(|| StoryError::Seed(format!("no target {code} of {unit}")))
}

/// What was found for a target of a unit.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// Code of the unit.
    pub(super) unit: &'a str,
    /// Code of the target.
    pub(super) code: &'a str,
    /// The day for which the value holds.
    pub(super) as_of_date: &'a str,
    /// The value, as the wire has it.
    pub(super) value: Value,
    /// Source or remark.
    pub(super) note: Option<&'a str>,
}

/// Records what a persona found.
pub(super) async fn measure(
    player: &mut Player,
    persona: &str,
    campaign: &Answer,
    found: Found<'_>,
) -> Result<Answer, StoryError> {
    let target = target(player, persona, campaign, found.unit, found.code).await?;
    let mut body = json!({"asOfDate": found.as_of_date, "value": found.value});
    if let Some(note) = found.note {
        body["note"] = note.into();
    }
    let measured = player.create(persona, &format!("/targets/{target}/measurements"), body).await?;
    player.keep_in_mind(target, &measured);
    Ok(measured)
}

/// Attaches a file to what was recorded last for the target of this code.
pub(super) async fn prove(
    player: &mut Player,
    persona: &str,
    campaign: &Answer,
    (unit, code): (&str, &str),
    (name, text): (&str, &str),
) -> Result<(), StoryError> {
    let target = target(player, persona, campaign, unit, code).await?;
    let measured = player.measured(&target).map(str::to_owned);
    let measured = measured.ok_or_else(|| StoryError::Seed(format!("nothing measured for {code} of {unit}")))?;
    player.attach(persona, &format!("/measurements/{measured}"), name, text).await?;
    Ok(())
}

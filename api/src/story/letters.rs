//! December: a letter that reminds (công văn đôn đốc) enters the register, leaves the house, and is sent to a unit.

use serde::Deserialize;
use serde_json::{Value, json};
use thidua_persistence::seed;

use super::{
    act,
    client::{Answer, Player, StoryError},
};

/// A letter that was signed on paper, as the seed has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Letter {
    number: u32,
    issue_date: String,
    drafting_unit: String,
    subject: String,
    signature: Value,
}

/// Enters a letter of the committee into the register with its signed copy, seals it and sends it off; answers its entry.
pub(super) async fn issue(
    player: &mut Player,
    by: &str,
    campaign: &Answer,
    letter: &Letter,
) -> Result<Answer, StoryError> {
    let new = json!({
        "issuerUnitId": act::unit(player, "UBND").await?, "documentType": "OFFICIAL_LETTER",
        "draftingUnitId": act::unit(player, &letter.drafting_unit).await?, "campaignId": campaign.body["id"],
        "subject": letter.subject, "signature": letter.signature, "number": letter.number,
        "issueDate": letter.issue_date,
    });
    let entered = player.create(by, "/documents", new).await?;
    let entry = format!("/documents/{}", entered.text("id"));
    player.attach(by, &entry, "cong-van-da-ky.pdf", seed::SAMPLE_PDF).await?;
    let read = player.get(by, &entry).await?;
    let sealed = player.command(by, &format!("{entry}/seal"), &read, Some(json!({ "manner": "SEAL" }))).await?;
    player.command(by, &format!("{entry}/dispatch"), &sealed, None).await
}

/// Asks a unit for its report by that letter.
pub(super) async fn remind(
    player: &mut Player,
    by: &str,
    campaign: &Answer,
    letter: &Answer,
    (unit, period, message): (&str, Option<&Answer>, &str),
) -> Result<Answer, StoryError> {
    let reminder = json!({
        "unitIds": [act::unit(player, unit).await?], "periodId": period.map(|period| period.body["id"].clone()),
        "documentId": letter.body["id"], "message": message,
    });
    player.create(by, &format!("/campaigns/{}/reminders", campaign.text("id")), reminder).await
}

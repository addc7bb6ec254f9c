//! December: the report to the city, from freezing to its receipt and what supplements it.

use serde::Deserialize;
use serde_json::{Value, json};
use thidua_persistence::seed;

use super::{
    act::Scene,
    client::{Answer, Player, StoryError},
};

/// The last day of which the report to the city has figures.
const CUT_OFF: &str = "2025-12-05";
/// The last day of the campaign, of which the supplement has figures.
const LAST_DAY: &str = "2025-12-31";

/// What is written, from the seed.
#[derive(Deserialize)]
struct Words {
    narrative: Value,
    review: Review,
    missing: Missing,
    city: City,
    supplement: Supplement,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Review {
    return_reason: String,
}

#[derive(Deserialize)]
struct Missing {
    explanation: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct City {
    arrival_reference: String,
    receipt_number: String,
}

#[derive(Deserialize)]
struct Supplement {
    reason: String,
}

/// Freezing, writing, review, signature, number, dispatch, receipt; in the new year the supplement begins.
pub(super) async fn play(
    player: &mut Player,
    scene: &mut Scene<'_>,
    campaign: &Answer,
) -> Result<Option<()>, StoryError> {
    let words: Words = toml::from_str(seed::SAMPLE_CITY_REPORT).map_err(|error| StoryError::Seed(error.to_string()))?;
    let Some(draft) = compile(player, scene, campaign, &words).await? else { return Ok(None) };
    let Some(reviewed) = review(player, scene, &draft, &words).await? else { return Ok(None) };
    let Some(acknowledged) = dispatch(player, scene, &reviewed, &words).await? else { return Ok(None) };
    supplement(player, scene, &acknowledged, &words).await
}

/// All periods so far are frozen and laid beside Văn phòng's sơ kết; units that are missing are named, and what there is to say
/// of them is said.
async fn compile(
    player: &mut Player,
    scene: &mut Scene<'_>,
    campaign: &Answer,
    words: &Words,
) -> Result<Option<Answer>, StoryError> {
    if !scene.at(player, "2025-12-08T09:00:00+07:00", "Phòng VH-XH chốt số liệu báo cáo thành phố").await? {
        return Ok(None);
    }
    let path = format!("/campaigns/{}", campaign.text("id"));
    let periods = player.get("coordinator", &format!("{path}/periods?limit=100")).await?;
    let ids: Vec<_> = items(&periods.body["items"]).map(|period| period["id"].clone()).collect();
    let new = json!({ "periodIds": ids, "cutOffDate": CUT_OFF });
    let draft = player.create("coordinator", &format!("{path}/consolidated-reports"), new).await?;
    let interim = player.get("coordinator", &format!("{path}/consolidated-reports?kind=INTERIM")).await?;
    for earlier in items(&interim.body["items"]) {
        let since = earlier["id"].as_str().unwrap_or_default();
        player.get("coordinator", &format!("{}/differences?sinceId={since}", of(&draft))).await?;
    }
    if !scene.at(player, "2025-12-08T14:00:00+07:00", "Phòng VH-XH viết lời văn, giải trình đơn vị còn thiếu").await?
    {
        return Ok(None);
    }
    let mut narrative = words.narrative.clone();
    narrative["otherMovements"].as_array_mut().and_then(Vec::pop);
    write(player, &draft, narrative, words).await.map(Some)
}

async fn write(player: &mut Player, report: &Answer, narrative: Value, words: &Words) -> Result<Answer, StoryError> {
    let explanations: Vec<_> = items(&report.body["snapshot"]["missingUnits"])
        .map(|missing| {
            json!({
                "unitId": missing["unitId"], "periodId": missing["periodId"], "explanation": words.missing.explanation,
            })
        })
        .collect();
    let content = json!({ "narrative": narrative, "explanations": explanations });
    player.replace("coordinator", &of(report), report, content).await
}

/// Văn phòng gives the first version back; the second is signed.
async fn review(
    player: &mut Player,
    scene: &mut Scene<'_>,
    draft: &Answer,
    words: &Words,
) -> Result<Option<Answer>, StoryError> {
    if !scene.at(player, "2025-12-09T08:30:00+07:00", "Phòng VH-XH trình rà soát").await? {
        return Ok(None);
    }
    let submitted = player.command("coordinator", &format!("{}/submit", of(draft)), draft, None).await?;
    if !scene.at(player, "2025-12-09T10:30:00+07:00", "Văn phòng trả lại, nêu lý do").await? {
        return Ok(None);
    }
    let reason = json!({ "reason": words.review.return_reason });
    let returned = player.command("office", &format!("{}/return", of(draft)), &submitted, Some(reason)).await?;
    if !scene.at(player, "2025-12-09T15:00:00+07:00", "Phòng VH-XH bổ sung phong trào khác, trình lại").await? {
        return Ok(None);
    }
    let corrected = write(player, &returned, words.narrative.clone(), words).await?;
    let submitted = player.command("coordinator", &format!("{}/submit", of(draft)), &corrected, None).await?;
    if !scene.at(player, "2025-12-09T16:00:00+07:00", "Văn phòng kiểm tra thể thức báo cáo").await? {
        return Ok(None);
    }
    let submitted = player.command("office", &format!("{}/check-format", of(draft)), &submitted, None).await?;
    if !scene.at(player, "2025-12-10T09:00:00+07:00", "Chủ tịch ký; báo cáo của các đơn vị được khóa số liệu").await?
    {
        return Ok(None);
    }
    player.command("chair", &format!("{}/sign", of(draft)), &submitted, Some(json!({}))).await.map(Some)
}

/// It is numbered on Thursday, and with the city on Friday; Sunday is the last day on which it is not late.
async fn dispatch(
    player: &mut Player,
    scene: &mut Scene<'_>,
    signed: &Answer,
    words: &Words,
) -> Result<Option<Answer>, StoryError> {
    if !scene.at(player, "2025-12-11T09:00:00+07:00", "Văn thư lấy số, ban hành").await? {
        return Ok(None);
    }
    let numbering = json!({ "number": 25, "issueDate": "2025-12-11" });
    let issued = player.command("clerk", &format!("{}/issue", of(signed)), signed, Some(numbering)).await?;
    if !scene.at(player, "2025-12-11T09:30:00+07:00", "Văn thư ký số của cơ quan lên báo cáo").await? {
        return Ok(None);
    }
    let issued = sealed(player, &issued).await?;
    if !scene.at(player, "2025-12-12T08:00:00+07:00", "Văn thư gửi thành phố, trước hạn 15/12").await? {
        return Ok(None);
    }
    let sent = player.command("clerk", &format!("{}/send", of(signed)), &issued, None).await?;
    if !scene.at(player, "2025-12-12T08:02:00+07:00", "Văn thư ghi nhận phản hồi: văn bản đã đến nơi nhận").await?
    {
        return Ok(None);
    }
    let campaign = sent.text("campaignId").to_owned();
    let list = format!("/campaigns/{campaign}/dispatches?consolidatedReportId={}", sent.text("id"));
    let listed = player.get("clerk", &list).await?;
    let id = listed.body["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let on_its_way = player.get("clerk", &format!("/dispatches/{id}")).await?;
    player.get("clerk", &format!("/dispatches/{id}/manifest")).await?;
    let arrived = json!({ "reference": words.city.arrival_reference });
    player.command("clerk", &format!("/dispatches/{id}/receive"), &on_its_way, Some(arrived)).await?;
    if !scene.at(player, "2025-12-12T08:05:00+07:00", "Cổng thành phố xác nhận đã nhận").await? {
        return Ok(None);
    }
    let receipt = json!({ "receiptNumber": words.city.receipt_number });
    player.command("portal", &format!("{}/acknowledge", of(signed)), &sent, Some(receipt)).await.map(Some)
}

/// The document of an issued report is signed for the agency, and its signed copy attached; answers the report, which can
/// leave the house now.
pub(super) async fn sealed(player: &mut Player, issued: &Answer) -> Result<Answer, StoryError> {
    let document = format!("/documents/{}", issued.body["document"]["documentId"].as_str().unwrap_or_default());
    player.attach("clerk", &document, "ban-ky-so.pdf", seed::SAMPLE_PDF).await?;
    let read = player.get("clerk", &document).await?;
    let manner = json!({ "manner": "AGENCY_SIGNATURE" });
    player.command("clerk", &format!("{document}/seal"), &read, Some(manner)).await?;
    player.get("clerk", &of(issued)).await
}

async fn supplement(
    player: &mut Player,
    scene: &mut Scene<'_>,
    acknowledged: &Answer,
    words: &Words,
) -> Result<Option<()>, StoryError> {
    if !scene.at(player, "2026-01-05T09:00:00+07:00", "Phòng VH-XH lập báo cáo bổ sung, chốt đến 31/12").await?
    {
        return Ok(None);
    }
    let periods = items(&acknowledged.body["snapshot"]["periods"]).map(|period| period["periodId"].clone());
    let body = json!({
        "reason": words.supplement.reason, "periodIds": periods.collect::<Vec<_>>(), "cutOffDate": LAST_DAY,
        "narrative": words.narrative,
    });
    let path = format!("{}/supplement", of(acknowledged));
    let begun = player.command("coordinator", &path, acknowledged, Some(body)).await?;
    player.get("coordinator", &format!("{}/differences", of(&begun))).await.map(|_| Some(()))
}

fn of(report: &Answer) -> String {
    format!("/consolidated-reports/{}", report.text("id"))
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

//! September: the plan.

use serde_json::{Value, json};
use thidua_persistence::seed;

use super::{
    act::{Scene, unit},
    client::{Answer, Player, StoryError},
};

/// A unit and a series that were forgotten; then draft, submission, signature, number, launch.
pub(super) async fn play(player: &mut Player, scene: &mut Scene<'_>) -> Result<Option<Answer>, StoryError> {
    if !remembered(player, scene).await? || !arrived(player, scene).await? {
        return Ok(None);
    }
    if !scene.at(player, "2025-09-11T08:00:00+07:00", "Phòng VH-XH dự thảo kế hoạch").await? {
        return Ok(None);
    }
    let plan = plan_of_seed()?;
    let new = json!({
        "code": "gia-loc-2025", "issuerUnitId": unit(player, "UBND").await?,
        "coordinatingUnitId": unit(player, "VHXH").await?, "plan": plan,
    });
    let campaign = player.create("coordinator", "/campaigns", new).await?;
    let path = format!("/campaigns/{}", campaign.text("id"));
    if !scene.at(player, "2025-09-11T15:00:00+07:00", "Phòng VH-XH trình ký kế hoạch").await? {
        return Ok(None);
    }
    let campaign = player.command("coordinator", &format!("{path}/submit"), &campaign, None).await?;
    if !scene.at(player, "2025-09-11T16:30:00+07:00", "Văn phòng kiểm tra thể thức").await? {
        return Ok(None);
    }
    let campaign = player.command("office", &format!("{path}/check-format"), &campaign, None).await?;
    if !scene.at(player, "2025-09-12T09:00:00+07:00", "Chủ tịch ký").await? {
        return Ok(None);
    }
    let campaign = player.command("chair", &format!("{path}/sign"), &campaign, None).await?;
    if !scene.at(player, "2025-09-12T14:00:00+07:00", "Văn thư lấy số, ban hành").await? {
        return Ok(None);
    }
    let numbering = json!({"number": 1, "issueDate": "2025-09-12"});
    let campaign = player.command("clerk", &format!("{path}/issue"), &campaign, Some(numbering)).await?;
    if !dispatched(player, scene, campaign.body["document"]["documentId"].as_str().unwrap_or_default()).await? {
        return Ok(None);
    }
    if !corrected(player, scene, &campaign).await? {
        return Ok(None);
    }
    if !scene.at(player, "2025-09-15T07:30:00+07:00", "Chủ tịch phát động").await? {
        return Ok(None);
    }
    player.command("chair", &format!("{path}/launch"), &campaign, None).await.map(Some)
}

/// What was forgotten when the directory was set up: a village, and the series of official letters.
async fn remembered(player: &mut Player, scene: &mut Scene<'_>) -> Result<bool, StoryError> {
    if !scene.at(player, "2025-09-10T14:00:00+07:00", "Quản trị bổ sung Thôn mẫu số 3 vào danh mục đơn vị").await?
    {
        return Ok(false);
    }
    let village = json!({
        "code": "THON3", "name": "Thôn mẫu số 3", "type": "VILLAGE", "parentId": unit(player, "UBND").await?,
        "validFromDate": "2025-07-01", "sample": true,
    });
    player.create("admin", "/units", village).await?;
    if !scene
        .at(player, "2025-09-10T15:00:00+07:00", "Văn phòng khai báo sổ công văn đi của Ủy ban nhân dân xã")
        .await?
    {
        return Ok(false);
    }
    let letters = json!({
        "issuerUnitId": unit(player, "UBND").await?, "documentType": "OFFICIAL_LETTER", "numbering": "ENTERED",
        "startDate": "2025-07-01",
    });
    player.create("office", "/document-series", letters).await?;
    Ok(true)
}

/// The clerk seals the plan, and sends it off on the day on which it was signed.
async fn dispatched(player: &mut Player, scene: &mut Scene<'_>, document: &str) -> Result<bool, StoryError> {
    if !scene.at(player, "2025-09-12T15:00:00+07:00", "Văn thư đóng dấu kế hoạch").await? {
        return Ok(false);
    }
    let path = format!("/documents/{document}");
    let issued = player.get("clerk", &path).await?;
    let manner = json!({"manner": "SEAL"});
    let sealed = player.command("clerk", &format!("{path}/seal"), &issued, Some(manner)).await?;
    if !scene.at(player, "2025-09-12T16:00:00+07:00", "Văn thư phát hành kế hoạch").await? {
        return Ok(false);
    }
    player.command("clerk", &format!("{path}/dispatch"), &sealed, None).await?;
    Ok(true)
}

/// A symbol is misprinted in the plan: an official letter puts that right, and the plan stays as it was issued.
async fn corrected(player: &mut Player, scene: &mut Scene<'_>, campaign: &Answer) -> Result<bool, StoryError> {
    if !scene.at(player, "2025-09-12T16:45:00+07:00", "Văn thư vào sổ công văn đính chính kế hoạch (mẫu)").await?
    {
        return Ok(false);
    }
    let letter = json!({
        "issuerUnitId": unit(player, "UBND").await?, "documentType": "OFFICIAL_LETTER",
        "draftingUnitId": unit(player, "VHXH").await?, "campaignId": campaign.body["id"],
        "subject": "Đính chính ký hiệu văn bản căn cứ trong Kế hoạch phát động Đợt thi đua năm 2025",
        "signature": { "capacity": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "name": "Trần Quốc Mẫu", "signedDate": "2025-09-12" },
        "number": 97, "issueDate": "2025-09-12", "copies": 12,
        "recipients": ["Ủy ban nhân dân thành phố", "Các cơ quan, đơn vị trên địa bàn xã"],
        "relations": [{
            "kind": "CORRECTS", "documentId": campaign.body["document"]["documentId"],
            "reason": "Ký hiệu văn bản của Thành ủy in thiếu dấu gạch chéo.",
        }],
    });
    player.create("clerk", "/documents", letter).await?;
    Ok(true)
}

/// What the plan carries out has arrived the day before; the clerk enters it, and puts right what was mistyped.
async fn arrived(player: &mut Player, scene: &mut Scene<'_>) -> Result<bool, StoryError> {
    if !scene.at(player, "2025-09-10T15:30:00+07:00", "Văn thư đăng ký văn bản đến: kế hoạch của thành phố").await?
    {
        return Ok(false);
    }
    let mut entry = json!({
        "arrivalDate": "2025-09-10", "sender": "Ủy ban nhân dân thành phố Hải Phòng", "symbol": "232/KH-UBND",
        "documentDate": "2025-09-09", "subject": "Kế hoạch phát động đợt thi đua",
    });
    let mut new = entry.clone();
    new["receiverUnitId"] = unit(player, "UBND").await?;
    let arrived = player.create("clerk", "/incoming-documents", new).await?;
    if !scene.at(player, "2025-09-10T15:40:00+07:00", "Văn thư ghi lại trích yếu cho đầy đủ, nêu lý do").await?
    {
        return Ok(false);
    }
    entry["subject"] =
        "Kế hoạch phát động đợt thi đua thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội năm 2025".into();
    entry["reason"] = "Trích yếu ghi chưa đầy đủ.".into();
    let correct = format!("/incoming-documents/{}/correct", arrived.text("id"));
    player.command("clerk", &correct, &arrived, Some(entry)).await?;
    let entry = format!("/incoming-documents/{}", arrived.text("id"));
    player.attach("clerk", &entry, "ban-quet.pdf", seed::SAMPLE_PDF).await?;
    Ok(true)
}

fn plan_of_seed() -> Result<Value, StoryError> {
    let seed: toml::Table = toml::from_str(seed::GIA_LOC_2025).map_err(|error| StoryError::Seed(error.to_string()))?;
    let plan = seed.get("plan").ok_or_else(|| StoryError::Seed("no plan".to_owned()))?;
    serde_json::to_value(plan).map_err(|error| StoryError::Seed(error.to_string()))
}

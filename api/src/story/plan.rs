//! September: the plan.

use serde_json::{Value, json};
use thidua_persistence::seed;

use super::{
    act::{Scene, unit},
    client::{Answer, Player, StoryError},
};

/// A unit that was forgotten; then draft, submission, signature, number, launch.
pub(super) async fn play(player: &mut Player, scene: &mut Scene<'_>) -> Result<Option<Answer>, StoryError> {
    if !scene.at(player, "2025-09-10T14:00:00+07:00", "Quản trị bổ sung Thôn mẫu số 3 vào danh mục đơn vị").await?
    {
        return Ok(None);
    }
    let village = json!({
        "code": "THON3", "name": "Thôn mẫu số 3", "type": "VILLAGE", "parentId": unit(player, "UBND").await?,
        "validFromDate": "2025-07-01", "sample": true,
    });
    player.create("admin", "/units", village).await?;
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

//! The report to the city, printed as plain text: the paper with its sections, and annexes in which every figure names the
//! report version and the measurement that it comes from.

mod annexes;
mod paper;
mod read;
mod sheet;
mod wording;

use thidua_domain::campaign::Plan;

use super::client::{Answer, Player, StoryError};
use read::Report;
use sheet::Sheet;

/// Stands above and below: the paper looks like one that counts, and does not.
const SAMPLE: &str = "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";

/// The report that went to the city last, printed; `None` where there is no report at all.
///
/// # Errors
/// The service does not answer what is to be printed.
pub async fn print_city_report(player: &mut Player, campaign: &Answer) -> Result<Option<String>, StoryError> {
    let path = format!("/campaigns/{}", campaign.text("id"));
    let plan: Plan = typed(player.get("coordinator", &format!("{path}/plan")).await?)?;
    let listed = player.get("coordinator", &format!("{path}/consolidated-reports?kind=CITY_FINAL&limit=100")).await?;
    let reports = listed.body["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let sent = reports.iter().find(|report| report["dispatch"].is_object());
    let Some(id) = sent.or(reports.first()).and_then(|report| report["id"].as_str()) else { return Ok(None) };
    let report: Report = typed(player.get("coordinator", &format!("/consolidated-reports/{id}")).await?)?;
    let mut sheet = Sheet::default();
    sheet.centred(SAMPLE);
    sheet.gap();
    paper::print(&mut sheet, &plan, &report);
    annexes::print(&mut sheet, &plan, &report.snapshot);
    sheet.gap();
    sheet.centred(SAMPLE);
    Ok(Some(sheet.into_text()))
}

fn typed<T: serde::de::DeserializeOwned>(answer: Answer) -> Result<T, StoryError> {
    let body = answer.body.to_string();
    serde_json::from_value(answer.body).map_err(|error| StoryError::Unexpected {
        what: format!("what is printed: {error}"),
        status: 200,
        body,
    })
}

//! What a campaign is run by: rules of figures, rubrics, reminders.

use serde_json::{Value, json};
use thidua_tests::TestApp;

use super::Sample;
use crate::attachments::registers;
use crate::stage::{
    self,
    reporting::{
        assessed, assessment, judged_terms, not_below, reminder_rule, rubric, rubric_terms, rule,
        running_since_september, two_days_before,
    },
};

/// What the caller of such an operation decides.
pub(super) async fn body(app: &TestApp, operation: &str) -> Option<Value> {
    match operation {
        "createValidationRule" => Some(not_below("WARN")),
        "createReminderRule" => Some(two_days_before()),
        "createScoringRubric" => Some(rubric_terms()),
        "retireScoringRubric" => Some(json!({"reason": "Có văn bản thay thế."})),
        "assessUnit" => Some(assessment(&stage::unit(app, "TH1").await)),
        "replaceAssessment" => Some(json!({"points": "7.25", "reason": "Đánh giá lại sau khi kiểm tra thực tế."})),
        _ => None,
    }
}

pub(super) async fn sample(app: &TestApp, operation: &str) -> Option<Sample> {
    let of = |object| Some(Sample { object: Some(object), unit: None, addressee: None, body: None });
    let of_school = |object| Some(Sample { object: Some(object), unit: Some("TH1"), addressee: None, body: None });
    match operation {
        "createValidationRule" | "createScoringRubric" | "createReminderRule" => of(running_since_september(app).await),
        "sendReminder" => {
            let campaign = running_since_september(app).await;
            registers::sent_letter(app).await;
            of(campaign)
        }
        "retireValidationRule" => {
            let campaign = running_since_september(app).await;
            of(rule(app, &campaign, not_below("WARN")).await)
        }
        "retireScoringRubric" => {
            let campaign = running_since_september(app).await;
            of(rubric(app, &campaign, rubric_terms()).await)
        }
        "assessUnit" => {
            let campaign = running_since_september(app).await;
            of_school(rubric(app, &campaign, judged_terms()).await)
        }
        "replaceAssessment" => {
            let campaign = running_since_september(app).await;
            let rubric = rubric(app, &campaign, judged_terms()).await;
            of_school(assessed(app, "vice-chair", &rubric, "TH1").await)
        }
        "retireReminderRule" => {
            let campaign = running_since_september(app).await;
            of(reminder_rule(app, &campaign, two_days_before()).await)
        }
        _ => None,
    }
}

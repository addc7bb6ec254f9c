//! What a campaign is run by: rules of figures, rubrics, rules of reminders.

use thidua_tests::TestApp;

use super::{Agreement, because, stages, then};
use crate::stage::reporting;

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_validation_rule() {
    let app = TestApp::start_at("2025-11-03").await;
    let mut agreement = Agreement::on(&app, "validation-rules").await;
    let campaign = reporting::running_since_september(&app).await;
    let rule = reporting::rule(&app, &campaign, reporting::not_below("WARN")).await;
    agreement.holds_for(&rule).await;
    let retired = then(&app, "coordinator", "validation-rules", &rule, "retire", None).await;
    agreement.holds_for(&retired).await;
    agreement.is_complete(&stages("validation-rules"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_scoring_rubric() {
    let app = TestApp::start_at("2025-11-03").await;
    let mut agreement = Agreement::on(&app, "scoring-rubrics").await;
    let campaign = reporting::running_since_september(&app).await;
    // By the criteria of one people judge, by those of the other nobody.
    let judged = reporting::rubric(&app, &campaign, reporting::judged_terms()).await;
    agreement.holds_for(&judged).await;
    let judged = then(&app, "coordinator", "scoring-rubrics", &judged, "retire", Some(because())).await;
    agreement.holds_for(&judged).await;
    let rubric = reporting::rubric(&app, &campaign, reporting::rubric_terms()).await;
    agreement.holds_for(&rubric).await;
    let retired = then(&app, "coordinator", "scoring-rubrics", &rubric, "retire", Some(because())).await;
    agreement.holds_for(&retired).await;
    agreement.is_complete(&stages("scoring-rubrics"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_before_and_after_an_assessment_counts() {
    let app = TestApp::start_at("2025-11-03").await;
    let mut agreement = Agreement::on(&app, "assessments").await;
    let campaign = reporting::running_since_september(&app).await;
    let rubric = reporting::rubric(&app, &campaign, reporting::judged_terms()).await;
    // One of a school, and one of the house where the coordinator works.
    let school = reporting::assessed(&app, "coordinator", &rubric, "TH1").await;
    let own = reporting::assessed(&app, "vice-chair", &rubric, "VHXH").await;
    agreement.holds_for(&school).await;
    agreement.holds_for(&own).await;
    then(&app, "coordinator", "scoring-rubrics", &rubric, "retire", Some(because())).await;
    agreement.holds_for(&school).await;
    agreement.is_complete(&stages("assessments"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_reminder_rule() {
    let app = TestApp::start_at("2025-11-03").await;
    let mut agreement = Agreement::on(&app, "reminder-rules").await;
    let campaign = reporting::running_since_september(&app).await;
    let rule = reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    agreement.holds_for(&rule).await;
    let retired = then(&app, "office", "reminder-rules", &rule, "retire", None).await;
    agreement.holds_for(&retired).await;
    agreement.is_complete(&stages("reminder-rules"));
}

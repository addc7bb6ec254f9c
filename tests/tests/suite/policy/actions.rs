//! `actions` on a representation: what is flagged is what is answered, for everybody and at every stage of everything.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use thidua_domain::{
    attachment, calendar, campaign, change::Edge, consolidation, dispatch, document, period, principal::Role,
    registration, report, unit,
};
use thidua_tests::{Reply, TestApp};

use super::{
    agreement::{Agreement, ME, WITHOUT_STAGE},
    operations,
    samples::body,
};
use crate::{
    stage::{self, city, office, reporting},
    units,
};

mod creations;
mod dispatches;
mod documents;
mod evidence;
mod rules;

/// Every resource with commands, and its stages.
fn stages(collection: &str) -> BTreeSet<String> {
    let drawn = |edges: &[Edge]| edges.iter().map(|(_, _, to)| (*to).to_owned()).collect();
    match collection {
        "campaigns" => drawn(campaign::Stage::edges()),
        "registrations" => drawn(registration::Stage::edges()),
        "targets" => ["ACTIVE", "RETIRED"].map(str::to_owned).into(),
        "periods" => drawn(period::Stage::edges()),
        "attachments" => drawn(attachment::Stage::edges()),
        "incoming-documents" | "measurements" | ME => [WITHOUT_STAGE.to_owned()].into(),
        "reports" => drawn(report::Stage::edges()),
        "consolidated-reports" => drawn(consolidation::Stage::edges()),
        "dispatches" => drawn(dispatch::Stage::edges()),
        "calendar-days" => drawn(calendar::Stage::edges()),
        "assessments" | "reminder-rules" | "scoring-rubrics" | "validation-rules" => {
            ["ACTIVE", "RETIRED"].map(str::to_owned).into()
        }
        "documents" => drawn(document::Stage::edges()),
        "document-series" => drawn(document::SeriesStage::edges()),
        "units" => drawn(unit::Stage::edges()),
        other => panic!("{other} have commands: say which stages they have, and walk through them below"),
    }
}

/// Whoever adds a resource with commands walks through its stages here.
#[test]
fn every_resource_with_commands_is_walked_through() {
    let collections = operations().iter().filter(|one| one.is_command() && one.path.contains('{'));
    for collection in collections.map(|one| one.path.split('/').nth(1).unwrap()) {
        assert!(!stages(collection).is_empty());
    }
}

fn because() -> Value {
    json!({"reason": "Đề nghị bổ sung số liệu."})
}

/// Carries out the command of this name, by somebody, on what was answered last.
async fn then(
    app: &TestApp,
    persona: &str,
    collection: &str,
    object: &Reply,
    verb: &str,
    body: Option<Value>,
) -> Reply {
    let (person, path) = (app.persona(persona), format!("/{collection}/{}/{verb}", object.id()));
    match body {
        Some(body) => person.command_with(&path, object, body).await.ok(),
        None => person.command(&path, object).await.ok(),
    }
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_registration_and_of_its_targets() {
    let app = TestApp::start_at("2025-11-03").await;
    let mut agreement = Agreement::on(&app, "registrations").await;
    let mut of_targets = Agreement::on(&app, "targets").await;
    let campaign = reporting::running_since_september(&app).await;
    let draft = stage::registration(&app, &campaign, "unit-officer", stage::content()).await;
    agreement.holds_for(&draft).await;
    let submitted = then(&app, "unit-head", "registrations", &draft, "submit", None).await;
    agreement.holds_for(&submitted).await;
    let returned = then(&app, "coordinator", "registrations", &submitted, "return", Some(because())).await;
    agreement.holds_for(&returned).await;
    let again = then(&app, "unit-head", "registrations", &returned, "submit", None).await;
    let accepted = then(&app, "coordinator", "registrations", &again, "accept", None).await;
    agreement.holds_for(&accepted).await;
    let kept = stage::target(&app, &campaign, "unit-officer", "SANG-KIEN").await;
    of_targets.holds_for(&kept).await;

    let dropped = stage::target(&app, &campaign, "unit-officer", "CSVC").await;
    let mut correction = stage::content();
    correction["targets"].as_array_mut().unwrap().pop();
    correction["correctsId"] = accepted.body["id"].clone();
    correction["correctionReason"] = json!("Điều chỉnh sau hội nghị đầu năm học.");
    let correction = stage::handed_in(&app, &campaign, "unit-head", correction).await;
    agreement.holds_for(&correction).await;
    then(&app, "coordinator", "registrations", &correction, "accept", None).await;
    agreement.holds_for(&accepted).await;
    of_targets.holds_for(&dropped).await;

    let other = stage::registration(&app, &campaign, "other-unit-officer", stage::content()).await;
    let other = then(&app, "other-unit-head", "registrations", &other, "withdraw", None).await;
    agreement.holds_for(&other).await;
    agreement.is_complete(&stages("registrations"));
    of_targets.is_complete(&stages("targets"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_day_of_the_calendar() {
    let app = TestApp::start_at("2025-12-26").await;
    let mut agreement = Agreement::on(&app, "calendar-days").await;
    let new = body(&app, "recordCalendarDay").await.unwrap();
    let recorded = app.persona("admin").create("/calendar-days", new).await.created();
    agreement.holds_for(&recorded).await;
    let withdrawn = then(&app, "admin", "calendar-days", &recorded, "withdraw", Some(because())).await;
    agreement.holds_for(&withdrawn).await;
    agreement.is_complete(&stages("calendar-days"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_unit() {
    let app = TestApp::start_at("2025-10-20").await;
    let mut agreement = Agreement::on(&app, "units").await;
    let station = units::read(&app, "TYTX").await;
    agreement.holds_for(&station).await;
    let dissolved = then(&app, "admin", "units", &station, "dissolve", Some(units::grounds("2025-11-01"))).await;
    agreement.holds_for(&dissolved).await;
    let school = units::read(&app, "MN1").await;
    let parts = units::succession::split(&["MN1-A", "MN1-B"], false, "2025-11-01");
    let divided = then(&app, "admin", "units", &school, "split", Some(parts)).await;
    agreement.holds_for(&divided).await;
    let merger = units::succession::founded(&app, "2025-11-01").await;
    app.persona("admin").create("/units/merge", merger).await.ok();
    agreement.holds_for(&units::read(&app, "TH1").await).await;
    agreement.is_complete(&stages("units"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_period() {
    let app = TestApp::start_at("2025-11-10").await;
    let mut agreement = Agreement::on(&app, "periods").await;
    let campaign = reporting::running_since_september(&app).await;
    let planned = reporting::planned(&app, &campaign).await;
    agreement.holds_for(&planned).await;
    let open = then(&app, "coordinator", "periods", &planned, "open", None).await;
    agreement.holds_for(&open).await;
    let closed = then(&app, "coordinator", "periods", &open, "close", None).await;
    agreement.holds_for(&closed).await;
    let reopened = then(&app, "coordinator", "periods", &closed, "reopen", Some(because())).await;
    agreement.holds_for(&reopened).await;
    agreement.is_complete(&stages("periods"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_report() {
    let app = TestApp::start_at("2025-11-03").await;
    let mut agreement = Agreement::on(&app, "reports").await;
    let october = city::october(&app).await;
    let draft = reporting::report(&app, &october.period, "TH2", "head-of-TH2").await;
    agreement.holds_for(&draft).await;
    agreement.holds_for(&october.station).await;
    agreement.holds_for(&october.school).await;
    let returned = then(&app, "office", "reports", &october.station, "return", Some(because())).await;
    agreement.holds_for(&returned).await;

    // The compiling office's own paper, which others judge.
    let mut own =
        json!({"unitId": october.office.body["unitId"], "targetResults": october.office.body["targetResults"]});
    own["correctsId"] = october.office.body["id"].clone();
    own["correctionReason"] = json!("Số liệu nhập nhầm.");
    let of_period = format!("/periods/{}/reports", october.period.id());
    let own = app.persona("head-of-VHXH").create(&of_period, own).await.created();
    agreement.holds_for(&own).await;
    let own = then(&app, "head-of-VHXH", "reports", &own, "submit", None).await;
    agreement.holds_for(&own).await;
    then(&app, "vice-chair", "reports", &own, "accept", None).await;
    agreement.holds_for(&october.office).await;

    // A first report of a closed period can be written, but not handed in.
    then(&app, "coordinator", "periods", &october.period, "close", None).await;
    agreement.holds_for(&draft).await;
    city::signed(&app, &october).await;
    agreement.holds_for(&october.school).await;
    agreement.is_complete(&stages("reports"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_consolidated_report() {
    let app = TestApp::start_at("2025-11-03").await;
    let october = city::october(&app).await;
    let mut agreement = Agreement::on(&app, "consolidated-reports").await;
    agreement.asks("freezeConsolidatedReport", city::frozen(&october));
    agreement.asks("supplementConsolidatedReport", city::supplement(&october));
    // What was said already is answered as before: other words are tried here.
    agreement.asks("acknowledgeConsolidatedReport", json!({"receiptNumber": "HP-2025-2"}));
    agreement.asks("refuseConsolidatedReport", json!({"reason": "Vì lý do khác."}));

    let numbered = |number: u32| json!({"number": number, "issueDate": "2025-12-08"});
    let mut report = city::draft(&app, &october).await;
    for (number, answer) in [(25, "refuse"), (26, "acknowledge")] {
        agreement.holds_for(&report).await;
        let steps = [
            ("coordinator", "submit", None),
            ("vice-chair", "sign", Some(json!({}))),
            ("clerk", "issue", Some(numbered(number))),
            ("clerk", "send", None),
            ("portal", answer, body(&app, &format!("{answer}ConsolidatedReport")).await),
        ];
        for (persona, verb, body) in steps {
            report = then(&app, persona, "consolidated-reports", &report, verb, body).await;
            agreement.holds_for(&report).await;
            if verb == "issue" {
                report = city::seal(&app, &report).await;
                agreement.holds_for(&report).await;
            }
        }
        if answer == "refuse" {
            report = city::replacing(&app, &october, &report).await.created();
        }
    }
    let supplement = city::supplement(&october);
    let path = city::way(&report, "supplement");
    app.persona("coordinator").command_with(&path, &report, supplement).await.created();
    agreement.holds_for(&report).await;

    // That of an office goes another way.
    let mut report = office::draft(&app, &october).await;
    agreement.holds_for(&report).await;
    for (number, answer, says) in [(1, "hand-back", because()), (2, "receive", json!({}))] {
        for (persona, verb, body) in [
            ("office", "submit", None),
            ("head-of-VP", "sign", Some(json!({}))),
            ("clerk", "issue", Some(numbered(number))),
            ("clerk", "present", None),
            ("vice-chair", answer, Some(says)),
        ] {
            report = then(&app, persona, "consolidated-reports", &report, verb, body).await;
            agreement.holds_for(&report).await;
            if verb == "issue" {
                report = city::seal(&app, &report).await;
                agreement.holds_for(&report).await;
            }
        }
        if answer == "hand-back" {
            let mut again = office::new(&october, "PERIODIC");
            again["replacesId"] = report.body["id"].clone();
            report = app.persona("office").create(&city::collection(&october), again).await.created();
        }
    }
    agreement.is_complete(&stages("consolidated-reports"));
}

#[tokio::test]
async fn one_person_with_two_roles_does_not_sign_what_that_person_drafted() {
    let app = TestApp::start_at("2025-09-15").await;
    app.register("acting-for-two", &[Role::Coordinator, Role::ViceChair], None).await;
    let both = app.persona("acting-for-two");
    let new = body(&app, "createCampaign").await.unwrap();
    let draft = both.create("/campaigns", new).await.created();
    let path = format!("/campaigns/{}", draft.id());
    let submitted = app.persona("coordinator").command(&format!("{path}/submit"), &draft).await.ok();
    let read = both.get(&path).await.ok();
    assert_eq!(read.obstacle("signCampaign"), Some("policy.samePerson"));
    assert_eq!(both.command(&format!("{path}/sign"), &submitted).await.refused(403).code(), "policy.samePerson");
    app.persona("vice-chair").command(&format!("{path}/sign"), &submitted).await.ok();
}

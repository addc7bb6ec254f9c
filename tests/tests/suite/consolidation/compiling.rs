//! Freezing and writing.

use serde_json::{Value, json};
use sqlx::Row as _;
use thidua_domain::{campaign::Plan, consolidation::ConsolidatedReport};
use thidua_tests::{Reply, TestApp};

use crate::stage::{
    self,
    city::{self, October, collection, draft, frozen, narrative, way},
};

const TODAY: &str = "2025-12-08T09:00:00+07:00";

fn items(list: &Value) -> &[Value] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

async fn begun() -> (TestApp, October, Reply) {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let draft = draft(&app, &october).await;
    (app, october, draft)
}

#[tokio::test]
async fn the_freeze_names_exactly_those_who_owe_a_report_and_have_none_accepted() {
    let (_, _, draft) = begun().await;
    let missing: Vec<_> = items(&draft.body["snapshot"]["missingUnits"])
        .iter()
        .map(|missing| [&missing["unitCode"], &missing["reason"], &missing["reasonLabel"]])
        .collect();
    assert_eq!(
        json!(missing),
        json!([
            ["MN1", "RETURNED", "Đã trả lại, chưa nộp lại"],
            ["TH2", "NOT_SUBMITTED", "Chưa nộp báo cáo"],
            ["THCS1", "NOT_SUBMITTED", "Chưa nộp báo cáo"],
            ["TYTX", "NOT_ACCEPTED", "Đã nộp, chưa được tiếp nhận"],
        ])
    );
    let reporting = json!({ "owed": 5, "reported": 3, "accepted": 1, "late": 0, "missing": 4, "voluntary": 1 });
    assert_eq!(draft.body["snapshot"]["figures"]["reporting"], reporting);
}

#[tokio::test]
async fn the_draft_says_what_it_rests_on_and_until_when_the_city_wants_it() {
    let (app, october, draft) = begun().await;
    assert_eq!(draft.header("Location"), format!("/v1/consolidated-reports/{}", draft.id()));
    assert_eq!(draft.body["stage"], "DRAFT");
    assert_eq!(draft.body["stageLabel"], "Dự thảo");
    assert_eq!(draft.body["dueBefore"], "2025-12-14T17:00:00Z");
    assert_eq!(draft.body["frozenAt"], "2025-12-08T02:00:00Z");
    assert_eq!(draft.body["cutOffDate"], "2025-12-05");
    assert_eq!(draft.body["narrative"]["otherMovements"][0]["name"], "Khuyến học");
    assert_eq!(draft.obstacle("submitConsolidatedReport"), None);
    assert_eq!(draft.obstacle("signConsolidatedReport"), Some("policy.roleMissing"));

    let read = app.persona("auditor").get(&format!("/consolidated-reports/{}", draft.id())).await.ok();
    assert_eq!(read.body["stale"], false);
    assert_eq!(read.body["snapshot"], draft.body["snapshot"]);
    let listed = app.persona("office").get(&format!("{}?stage=DRAFT", collection(&october))).await.ok();
    assert_eq!(listed.body["items"][0]["id"], draft.body["id"]);
    assert!(listed.body["items"][0]["snapshot"].is_null() && listed.body["items"][0]["narrative"].is_null());
    let none = app.persona("office").get(&format!("{}?stage=SENT", collection(&october))).await.ok();
    assert!(items(&none.body["items"]).is_empty());
}

#[tokio::test]
async fn the_communes_share_is_exact_and_walks_back_to_report_version_and_measurement() {
    let (app, october, draft) = begun().await;
    let snapshot = &draft.body["snapshot"];
    let insurance = &snapshot["figures"]["planTargets"][0];
    assert_eq!(insurance["code"], "BHYT");
    assert_eq!(insurance["total"], json!({ "kind": "SHARE", "numerator": "96995", "denominator": "100000" }));
    assert_eq!((&insurance["sharePercent"], &insurance["reached"]), (&json!("96.995"), &json!(false)));
    let source = &insurance["sources"][0];
    assert_eq!(source["unitId"], stage::unit(&app, "VHXH").await);
    assert_eq!(source["reportId"], october.office.body["id"]);
    assert_eq!(source["reportVersion"], october.office.body["version"]);
    let path = format!("/measurements/{}", source["measurementId"].as_str().unwrap());
    let measured = app.persona("auditor").get(&path).await.ok();
    assert_eq!(measured.body["value"], source["value"]);
}

/// Each source of a figure, wherever it stands.
fn sources(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(members) => {
            found.extend(items(&members.get("sources").cloned().unwrap_or_default()).iter().cloned());
            members.values().for_each(|member| sources(member, found));
        }
        Value::Array(all) => all.iter().for_each(|one| sources(one, found)),
        _ => {}
    }
}

#[tokio::test]
async fn every_figure_has_its_source_among_the_included_reports() {
    let (_, _, draft) = begun().await;
    let snapshot = &draft.body["snapshot"];
    let mut found = Vec::new();
    sources(&snapshot["figures"], &mut found);
    assert!(found.len() >= 6, "{found:?}");
    for source in found {
        let included = items(&snapshot["includedReports"]).iter().find(|report| {
            report["reportId"] == source["reportId"] && report["reportVersion"] == source["reportVersion"]
        });
        let figures = &included.unwrap_or_else(|| panic!("{source} is of no included report"))["figures"];
        let figure = items(figures).iter().find(|figure| figure["targetId"] == source["targetId"]).unwrap();
        assert_eq!(figure["measurementId"], source["measurementId"]);
        assert_eq!(figure["value"], source["value"]);
    }
    let counted = |group: &Value| group["count"]["targets"].as_u64().unwrap();
    let figures = &snapshot["figures"];
    let of_fields: u64 = items(&figures["fields"]).iter().map(counted).sum();
    assert_eq!(of_fields + counted(&figures["withoutTask"]), figures["targets"]["targets"].as_u64().unwrap());
    assert_eq!(figures["targets"], json!({ "targets": 5, "withValue": 2, "reached": 1, "notDone": 3 }));
    let movement = items(&figures["movements"]).iter().find(|movement| movement["movement"] == "M6").unwrap();
    assert_eq!(movement["contributions"][0]["text"], "Số hóa hồ sơ học sinh.");
    assert_eq!(figures["otherMovements"][0]["name"], "Khuyến học");
    assert_eq!((&figures["documentsIssued"], &figures["peopleReached"]), (&json!(3), &json!(495)));
}

#[tokio::test]
async fn restricted_tasks_and_movements_are_flagged() {
    let (_, _, draft) = begun().await;
    let flagged = |list: &[Value], name: &str| -> Vec<Value> {
        list.iter().filter(|one| one["restricted"] == true).map(|one| one[name].clone()).collect()
    };
    let figures = &draft.body["snapshot"]["figures"];
    let tasks: Vec<Value> =
        items(&figures["fields"]).iter().flat_map(|field| items(&field["tasks"])).cloned().collect();
    assert_eq!(flagged(&tasks, "task"), ["3.3.1", "3.3.2"]);
    assert_eq!(flagged(items(&figures["movements"]), "movement"), ["M10"]);
}

#[tokio::test]
async fn the_stored_snapshot_computes_again_to_the_same_figures() {
    let (app, _, draft) = begun().await;
    let mut owner = app.database.owner().await;
    let row =
        sqlx::query("SELECT state FROM version WHERE object_type = 'consolidatedReport' AND object_id = $1::uuid")
            .bind(draft.id())
            .fetch_one(&mut owner)
            .await
            .unwrap();
    let report: ConsolidatedReport = serde_json::from_str(row.get("state")).unwrap();
    let plan: Plan = serde_json::from_value(stage::plan()).unwrap();
    assert_eq!(report.snapshot.recomputed(&plan), report.snapshot.figures);
}

#[tokio::test]
async fn what_is_frozen_must_exist_and_lie_in_the_past() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let coordinator = app.persona("coordinator");
    let faults = async |change: &dyn Fn(&mut Value)| {
        let mut body = frozen(&october);
        change(&mut body);
        coordinator.create(&collection(&october), body).await.refused(422).faults()
    };
    let period = october.period.id();
    let other = october.campaign.id();
    assert_eq!(faults(&|body| body["cutOffDate"] = "2025-12-09".into()).await, ["/cutOffDate date.inFuture"]);
    assert_eq!(
        faults(&|body| body["cutOffDate"] = "2025-10-30".into()).await,
        ["/cutOffDate snapshot.cutOffBeforeFigure"]
    );
    assert_eq!(faults(&|body| body["periodIds"] = json!([period, other])).await, ["/periodIds/1 reference.unknown"]);
    assert_eq!(faults(&|body| body["periodIds"] = json!([period, period])).await, ["/periodIds/1 list.duplicate"]);
    assert_eq!(
        faults(&|body| body["narrative"] = json!({ "fieldResults": [{ "field": "9.9", "text": "Không có." }] })).await,
        ["/narrative/fieldResults/0/field reference.unknown"]
    );
    for (change, expected) in [
        (json!({ "periodIds": [] }), "/periodIds field.outOfBounds"),
        (json!({ "replacesId": null }), "/replacesId field.wrongType"),
        (json!({ "figures": {} }), "/figures field.unknown"),
    ] {
        let mut body = frozen(&october);
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        assert_eq!(coordinator.create(&collection(&october), body).await.refused(400).faults(), [expected]);
    }
    let all = coordinator.get(&collection(&october)).await.ok();
    assert!(items(&all.body["items"]).is_empty(), "nothing was written");
}

#[tokio::test]
async fn what_is_said_of_a_missing_unit_stays_with_the_next_freeze_and_a_unit_that_came_is_missing_no_more() {
    let (app, october, draft) = begun().await;
    let coordinator = app.persona("coordinator");
    let path = format!("/consolidated-reports/{}", draft.id());
    let about = |unit: &Value| json!({ "unitId": unit, "periodId": october.period.id(), "explanation": "Đã đôn đốc." });
    let (silent, accepted) = (stage::unit(&app, "TH2").await, stage::unit(&app, "TH1").await);
    let content = json!({ "narrative": narrative(), "explanations": [about(&silent), about(&accepted)] });
    let refused = coordinator.replace(&path, &draft, content).await.refused(422);
    assert_eq!(refused.faults(), ["/explanations/1/unitId reference.unknown"]);
    let content = json!({ "narrative": narrative(), "explanations": [about(&silent)] });
    let written = coordinator.replace(&path, &draft, content).await.ok();

    let station = &october.station;
    coordinator.command(&format!("/reports/{}/accept", station.id()), station).await.ok();
    assert_eq!(coordinator.get(&path).await.ok().body["stale"], true);
    let frozen = coordinator.command_with(&way(&draft, "freeze"), &written, frozen(&october)).await.ok();
    let missing: Vec<_> = items(&frozen.body["snapshot"]["missingUnits"])
        .iter()
        .map(|missing| (missing["unitCode"].as_str().unwrap(), missing["explanation"].as_str()))
        .collect();
    assert_eq!(missing, [("MN1", None), ("TH2", Some("Đã đôn đốc.")), ("THCS1", None)]);
    assert_eq!(coordinator.get(&path).await.ok().body["stale"], false);
}

#[tokio::test]
async fn one_report_is_on_its_way_however_many_begin_at_once() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let (first, second) = (app.persona("coordinator"), app.persona("second-coordinator"));
    let path = collection(&october);
    let (one, other) = tokio::join!(first.create(&path, frozen(&october)), second.create(&path, frozen(&october)));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let refused = first.create(&path, frozen(&october)).await.refused(409);
    assert_eq!(refused.code(), "consolidatedReport.exists");
    assert_eq!(refused.faults(), ["/replacesId consolidatedReport.exists"]);
}

#[tokio::test]
async fn reading_a_draft_takes_three_statements_and_a_signed_report_two() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let submitted = city::under_review(&app, &october).await;
    let path = format!("/consolidated-reports/{}", submitted.id());
    let statements = async || {
        let before = app.state.store.pool().statements();
        app.persona("auditor").get(&path).await.ok();
        app.state.store.pool().statements() - before
    };
    assert_eq!(statements().await, 3);
    app.persona("chair").command_with(&way(&submitted, "sign"), &submitted, json!({})).await.ok();
    assert_eq!(statements().await, 2);
}

//! Who has reported, who is late, who is missing, at every moment.

use super::*;

async fn board(app: &TestApp, who: &str, campaign: &Reply) -> Reply {
    app.persona(who).get(&format!("/campaigns/{}/compliance", campaign.id())).await.ok()
}

fn totals(board: &Reply, names: &[&str]) -> Vec<i64> {
    names.iter().map(|name| board.body["periods"][0]["totals"][*name].as_i64().unwrap()).collect()
}

fn row<'a>(board: &'a Reply, list: &str, unit: &str) -> &'a Value {
    let rows = board.body["periods"][0][list].as_array().unwrap();
    rows.iter().find(|row| row["unitCode"] == unit).unwrap_or_else(|| panic!("no {unit} among {rows:?}"))
}

const STATUS: [&str; 5] = ["owed", "accepted", "submitted", "returned", "notSubmitted"];
const DRAFTS: [&str; 2] = ["drafting", "notStarted"];
const TIME: [&str; 3] = ["late", "missing", "dueSoon"];

#[tokio::test]
async fn each_phase_has_its_numbers() {
    let (app, campaign, period) = in_november().await;
    app.at("2025-11-01");
    let before = board(&app, "coordinator", &campaign).await;
    assert_eq!((totals(&before, &STATUS), totals(&before, &TIME)), (vec![5, 0, 0, 0, 5], vec![0, 0, 0]));

    app.at("2025-11-02T00:00:00+07:00");
    let soon = board(&app, "coordinator", &campaign).await;
    assert_eq!(totals(&soon, &TIME), [0, 0, 5], "three days before");
    assert_eq!(row(&soon, "owing", "TH1")["dueSoon"], json!(true));

    let accepted = reporting::accepted(&app, &period).await;
    let station = reporting::report(&app, &period, "TYTX", "other-unit-officer").await;
    let station = app.persona("other-unit-head").command(&at(&station, "submit"), &station).await.ok();
    app.persona("coordinator").command_with(&at(&station, "return"), &station, because("Bổ sung")).await.ok();
    let school = reporting::report(&app, &period, "TH2", "head-of-TH2").await;
    reporting::report(&app, &period, "THCS1", "head-of-THCS1").await;
    app.at(DUE);
    app.persona("head-of-TH2").command(&at(&school, "submit"), &school).await.ok();

    app.at("2025-11-07");
    let after = board(&app, "coordinator", &campaign).await;
    assert_eq!(after.text("asOfAt"), "2025-11-07T01:00:00Z");
    assert_eq!((totals(&after, &STATUS), totals(&after, &TIME)), (vec![5, 1, 1, 1, 2], vec![1, 2, 0]));
    // One unit writes and one has not begun; whom drafts are hidden from is told neither.
    let said = &after.body["periods"][0]["totals"];
    assert_eq!(DRAFTS.map(|name| said.get(name)), [None, None]);
    assert_eq!((&said["handedIn"], &said["onTime"]), (&json!(3), &json!(2)));
    assert_eq!((&said["completenessPercent"], &said["onTimePercent"]), (&json!("60"), &json!("40")));
    let accepted_row = row(&after, "owing", "TH1");
    assert_eq!((&accepted_row["status"], &accepted_row["statusLabel"]), (&json!("ACCEPTED"), &json!("Đã tiếp nhận")));
    assert_eq!(accepted_row["reportId"], accepted.id());
    assert_eq!(row(&after, "owing", "TYTX")["late"], json!(false), "returned, but handed in in time");
    let late = row(&after, "owing", "TH2");
    assert_eq!((&late["late"], &late["missing"], &late["overdueDays"]), (&json!(true), &json!(false), &Value::Null));
    for unit in ["THCS1", "MN1"] {
        let missing = row(&after, "owing", unit);
        assert_eq!((&missing["missing"], &missing["overdueDays"]), (&json!(true), &json!(3)), "{unit}");
        assert!(missing["reportId"].is_null(), "a draft is the unit's own");
        assert_eq!(
            (missing["status"].as_str(), missing["statusLabel"].as_str()),
            (Some("NOT_SUBMITTED"), Some("Chưa nộp"))
        );
    }
    let audited = board(&app, "auditor", &campaign).await;
    assert_eq!((totals(&audited, &STATUS), totals(&audited, &DRAFTS)), (vec![5, 1, 1, 1, 2], vec![1, 1]));
    assert_eq!(row(&audited, "owing", "THCS1")["status"], "DRAFTING", "the auditor sees drafts");
    assert_eq!(row(&audited, "owing", "MN1")["status"], "NOT_STARTED");
    let own = board(&app, "head-of-THCS1", &campaign).await;
    assert_eq!(totals(&own, &DRAFTS), [1, 0], "and the unit its own");
}

#[tokio::test]
async fn who_reports_without_owing_stands_apart_and_is_never_missing() {
    let (app, campaign, period) = in_november().await;
    let clearance = stage::target(&app, &campaign, "head-of-PKT", "GPMB").await;
    let new = json!({
        "unitId": stage::unit(&app, "PKT").await,
        "targetResults": [{"targetId": clearance.id(), "explanation": "Đang kiểm đếm."}],
    });
    let path = format!("/periods/{}/reports", period.id());
    let draft = app.persona("head-of-PKT").create(&path, new).await.created();
    let voluntary = |board: &Reply| board.body["periods"][0]["voluntary"].as_array().unwrap().len();
    assert_eq!(voluntary(&board(&app, "auditor", &campaign).await), 0, "a voluntary draft is nobody's business");
    app.at(DUE);
    app.persona("head-of-PKT").command(&at(&draft, "submit"), &draft).await.ok();
    let after = board(&app, "coordinator", &campaign).await;
    assert_eq!(totals(&after, &["owed", "late", "missing"]), [5, 0, 5]);
    let row = row(&after, "voluntary", "PKT");
    assert_eq!((&row["status"], &row["late"], &row["missing"]), (&json!("SUBMITTED"), &json!(true), &json!(false)));
}

#[tokio::test]
async fn those_who_follow_see_all_units_a_unit_sees_itself_and_others_see_nothing() {
    let (app, campaign, period) = in_november().await;
    reporting::handed_in(&app, &period).await;
    for persona in ["coordinator", "office", "chair", "vice-chair", "auditor"] {
        let board = board(&app, persona, &campaign).await;
        assert_eq!(totals(&board, &["owed", "submitted", "notSubmitted"]), [5, 1, 4], "{persona}");
    }
    for (persona, unit, numbers) in
        [("unit-officer", "TH1", [1, 1, 0]), ("other-unit-head", "TYTX", [1, 0, 1]), ("head-of-MN1", "MN1", [1, 0, 1])]
    {
        let board = board(&app, persona, &campaign).await;
        assert_eq!(totals(&board, &["owed", "submitted", "notSubmitted"]), numbers, "{persona}");
        assert_eq!(board.body["periods"][0]["owing"].as_array().unwrap().len(), 1);
        assert_eq!(row(&board, "owing", unit)["unitCode"], unit);
    }
    let no_debtor = board(&app, "head-of-PKT", &campaign).await;
    assert_eq!(totals(&no_debtor, &STATUS), [0, 0, 0, 0, 0]);
    let rates = ["completenessPercent", "onTimePercent"].map(|name| no_debtor.body["periods"][0]["totals"].get(name));
    assert_eq!(rates, [None, None], "of nothing there is no share");
    for persona in ["portal", "clerk", "communications", "accountant", "admin", "council-member"] {
        assert_eq!(board(&app, persona, &campaign).await.body["periods"], json!([]), "{persona}");
    }
}

#[tokio::test]
async fn an_open_correction_stands_beside_what_counts_until_it_is_accepted() {
    let (app, campaign, period) = in_november().await;
    let first = reporting::accepted(&app, &period).await;
    let correction = json!({
        "unitId": first.body["unitId"], "correctsId": first.id(), "correctionReason": "Số liệu nhập nhầm",
    });
    let path = format!("/periods/{}/reports", period.id());
    let draft = app.persona("unit-officer").create(&path, correction).await.created();
    let of_school = async |who: &str| {
        let board = board(&app, who, &campaign).await;
        let row = row(&board, "owing", "TH1").clone();
        (row["reportId"].as_str().unwrap().to_owned(), row["correctionOpen"].as_bool().unwrap())
    };
    assert_eq!(of_school("coordinator").await, (first.id().to_owned(), false), "its draft is the unit's own");
    assert_eq!(of_school("unit-head").await, (first.id().to_owned(), true));
    let submitted = app.persona("unit-head").command(&at(&draft, "submit"), &draft).await.ok();
    assert_eq!(of_school("coordinator").await, (first.id().to_owned(), true));
    app.persona("coordinator").command(&at(&draft, "accept"), &submitted).await.ok();
    assert_eq!(of_school("coordinator").await, (draft.id().to_owned(), false));
}

#[tokio::test]
async fn periods_can_be_named_twelve_at_most() {
    let (app, campaign, period) = in_november().await;
    let path = |query: &str| format!("/campaigns/{}/compliance?{query}", campaign.id());
    let auditor = app.persona("auditor");
    let named = auditor.get(&path(&format!("periodId={}", period.id()))).await.ok();
    assert_eq!(named.body["periods"][0]["periodCode"], "2025-10");
    let other = auditor.get(&path("periodId=0198f1c2-6c00-7000-8000-000000000001")).await.ok();
    assert_eq!(other.body["periods"], json!([]));
    let many = vec![format!("periodId={}", period.id()); 13].join("&");
    assert_eq!(auditor.get(&path(&many)).await.refused(400).faults(), ["periodId field.outOfBounds"]);
    auditor.get("/campaigns/0198f1c2-6c00-7000-8000-000000000001/compliance").await.refused(404);
}

//! The incoming register: a number of ours beside the sender's symbol, and corrections that keep what was said before.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::Executor;
use thidua_tests::{Reply, TestApp};

use crate::stage;

/// A report of the Party committee that arrived today.
pub(crate) async fn of_the_party(app: &TestApp) -> Value {
    json!({
        "receiverUnitId": stage::unit(app, "UBND").await, "arrivalDate": app.today(), "sender": "Đảng ủy xã Gia Lộc",
        "symbol": "12-BC/ĐU", "documentDate": "2025-09-10", "subject": "Báo cáo kết quả lãnh đạo phong trào thi đua",
    })
}

/// The same, entered.
pub(crate) async fn recorded(app: &TestApp) -> Reply {
    app.persona("clerk").create("/incoming-documents", of_the_party(app).await).await.created()
}

/// What the entry should say.
pub(crate) fn put_right(app: &TestApp) -> Value {
    json!({
        "arrivalDate": app.today(), "sender": "Đảng ủy xã Gia Lộc", "symbol": "12-BC/ĐU", "documentDate": "2025-09-10",
        "subject": "Báo cáo kết quả lãnh đạo phong trào thi đua quý III", "reason": "Trích yếu ghi thiếu.",
    })
}

async fn with(app: &TestApp, change: Value) -> Value {
    let mut new = of_the_party(app).await;
    for (member, value) in change.as_object().unwrap() {
        match value {
            Value::Null => drop(new.as_object_mut().unwrap().remove(member)),
            value => new[member] = value.clone(),
        }
    }
    new
}

#[tokio::test]
async fn what_arrives_gets_the_next_number_beside_the_symbol_of_its_sender() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let party = recorded(&app).await;
    assert_eq!((party.body["number"].as_i64(), party.text("symbolGrammar")), (Some(1), "PARTY"));
    let city = json!({"sender": "UBND thành phố Hải Phòng", "symbol": "232/KH-UBND"});
    let city = clerk.create("/incoming-documents", with(&app, city).await).await.created();
    assert_eq!((city.body["number"].as_i64(), city.text("symbolGrammar")), (Some(2), "STATE"));
    let village = json!({"sender": "Thôn mẫu số 1", "senderUnitId": stage::unit(&app, "THON1").await, "symbol": null});
    let village = clerk.create("/incoming-documents", with(&app, village).await).await.created();
    assert_eq!((village.body["number"].as_i64(), village.body.get("symbol")), (Some(3), None));
    let misprint = json!({"sender": "Thành ủy Hải Phòng", "symbol": null, "printedSymbol": "46-CTATU"});
    clerk.create("/incoming-documents", with(&app, misprint).await).await.created();

    // Another unit has a book of its own, and every year begins with 1.
    let office = json!({"receiverUnitId": stage::unit(&app, "VP").await});
    let office = clerk.create("/incoming-documents", with(&app, office).await).await.created();
    assert_eq!(office.body["number"], 1);
    app.at("2026-01-05");
    let next = clerk.create("/incoming-documents", with(&app, json!({"symbol": "13-BC/ĐU"})).await).await.created();
    assert_eq!((next.body["year"].as_i64(), next.body["number"].as_i64()), (Some(2026), Some(1)));

    for (query, wanted) in [
        (format!("year=2025&receiverUnitId={}", party.text("receiverUnitId")), vec![1, 2, 3, 4]),
        ("year=2025&symbolGrammar=STATE".to_owned(), vec![2]),
        ("q=hai%20phong".to_owned(), vec![2, 4]),
        ("q=BAO%20CAO&year=2026".to_owned(), vec![1]),
    ] {
        let found = app.persona("auditor").get(&format!("/incoming-documents?{query}")).await.ok();
        let found: Vec<_> =
            found.body["items"].as_array().unwrap().iter().map(|one| one["number"].as_i64().unwrap()).collect();
        assert_eq!(found, wanted, "{query}");
    }
    app.persona("unit-head").get(&format!("/incoming-documents/{}", party.id())).await.refused(404);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn numbers_of_arrival_have_no_gap_however_many_are_entered_at_once_and_whatever_fails() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let mut owner = app.database.owner().await;
    owner
        .execute(
            "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'held' USING ERRCODE = 'lock_not_available'; END $$;
             CREATE TRIGGER held BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION held()",
        )
        .await
        .unwrap();
    clerk.create("/incoming-documents", of_the_party(&app).await).await.refused(503);
    owner.execute("DROP TRIGGER held ON event").await.unwrap();
    let mut new = Vec::new();
    for n in 1..=8 {
        new.push(with(&app, json!({"symbol": format!("{n}-BC/ĐU")})).await);
    }
    let entered = join_all(new.into_iter().map(|one| clerk.create("/incoming-documents", one))).await;
    let numbers: BTreeSet<_> = entered.into_iter().map(|one| one.created().body["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=8).collect());
}

#[tokio::test]
async fn what_contradicts_itself_is_refused_and_nothing_is_written() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    recorded(&app).await;
    let before = app.events().await;
    let nothing = "0198f1c2-0000-7000-8000-000000000000";
    for (change, status, fault) in [
        (json!({"symbol": "46-CTATU"}), 422, "/symbol document.symbolMalformed"),
        (json!({"symbol": "152/2024/NĐ-CP"}), 422, "/documentDate document.symbolOfOtherYear"),
        (json!({"arrivalDate": "2025-09-16"}), 422, "/arrivalDate date.inFuture"),
        (json!({"documentDate": "2025-09-16"}), 422, "/documentDate incoming.datedAfterArrival"),
        (json!({"arrivalDate": "2025-09-14"}), 422, "/arrivalDate incoming.outOfOrder"),
        (json!({"printedSymbol": "12-BC/ĐU"}), 422, "/printedSymbol incoming.printedSymbolNeedless"),
        (json!({"senderUnitId": nothing}), 422, "/senderUnitId reference.unknown"),
        (json!({"receiverUnitId": nothing}), 422, "/receiverUnitId reference.unknown"),
        (json!({"sender": "  "}), 400, "/sender text.empty"),
        (json!({"subject": "a\u{0}b"}), 400, "/subject text.control"),
        (json!({"number": 7}), 400, "/number field.unknown"),
        (json!({"documentDate": "2025-02-30"}), 400, "/documentDate date.malformed"),
    ] {
        let refused = clerk.create("/incoming-documents", with(&app, change).await).await.refused(status);
        assert_eq!(refused.faults(), [fault]);
    }
    // The same symbol and day of the same sender, typed without its accents.
    let twice = with(&app, json!({"sender": "ĐẢNG UỶ XÃ GIA LỘC", "subject": "Bản giấy"})).await;
    let twice = clerk.create("/incoming-documents", twice).await.refused(409);
    assert_eq!(twice.code(), "incoming.recordedAlready");
    app.persona("office").create("/incoming-documents", of_the_party(&app).await).await.refused(403);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn an_entry_is_put_right_by_an_act_that_keeps_what_it_said_and_never_loses_its_number() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let entry = recorded(&app).await;
    let path = format!("/incoming-documents/{}", entry.id());
    let correct = format!("{path}/correct");
    app.at("2025-09-16");
    let mut right = put_right(&app);
    right["arrivalDate"] = json!("2025-09-15");
    let corrected = clerk.command_with(&correct, &entry, right.clone()).await.ok();
    assert_eq!(corrected.body["number"], entry.body["number"]);
    assert_eq!(corrected.text("subject"), "Báo cáo kết quả lãnh đạo phong trào thi đua quý III");
    let [act] = corrected.body["corrections"].as_array().unwrap().as_slice() else { panic!("one correction") };
    assert_eq!(act["before"]["subject"], entry.body["subject"]);
    assert_eq!(
        (act["reason"].as_str(), act["correctedByName"].as_str()),
        (Some("Trích yếu ghi thiếu."), Some("Bùi Thị Thảo"))
    );
    assert_eq!(act["correctedAt"], "2025-09-16T01:00:00Z");

    let before = app.events().await;
    let same = clerk.command_with(&correct, &corrected, right.clone()).await.refused(422);
    assert_eq!(same.faults(), [" incoming.unchanged"]);
    right["arrivalDate"] = json!("2024-12-31");
    right["documentDate"] = json!("2024-12-30");
    let moved = clerk.command_with(&correct, &corrected, right.clone()).await.refused(422);
    assert_eq!(moved.faults(), ["/arrivalDate incoming.otherYear"]);
    right.as_object_mut().unwrap().remove("reason");
    clerk.command_with(&correct, &corrected, right).await.refused(400);
    clerk.command_with(&correct, &entry, put_right(&app)).await.refused(412);
    assert_eq!(app.events().await, before);

    let moved = "UPDATE incoming_document SET number = number + 1";
    let error = app.database.owner().await.execute(moved).await.expect_err("a number never changes");
    assert!(error.to_string().contains("keeps its number"), "{error}");
}

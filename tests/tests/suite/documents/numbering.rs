//! Numbering: given by the system without a gap, whatever happens beside it, or typed by the clerk and held against the book.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::json;
use sqlx::Executor;
use thidua_tests::{Reply, TestApp};

use super::{issue, own_plans, signed_plan, typed};

fn symbol(issued: &Reply) -> &str {
    issued.body["document"]["symbol"].as_str().unwrap()
}

#[tokio::test]
async fn numbers_that_the_system_gives_have_no_gap_however_many_ask_at_once_and_whatever_fails() {
    let app = TestApp::start_at("2025-09-15").await;
    own_plans(&app).await;
    let mut signed = Vec::new();
    for n in 0..6 {
        signed.push(signed_plan(&app, &format!("ke-hoach-{n}")).await);
    }
    // What is rolled back at the very end has taken no number with it.
    let mut owner = app.database.owner().await;
    owner
        .execute(
            "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'held' USING ERRCODE = 'lock_not_available'; END $$;
             CREATE TRIGGER held BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION held()",
        )
        .await
        .unwrap();
    for one in &signed[..2] {
        issue(&app, one, json!({})).await.refused(503);
    }
    owner.execute("DROP TRIGGER held ON event").await.unwrap();
    // Neither has what is refused.
    issue(&app, &signed[0], typed(1, "2025-09-15")).await.refused(422);

    let issued = join_all(signed.iter().map(|one| issue(&app, one, json!({})))).await;
    let numbers: BTreeSet<_> = issued.into_iter().map(|one| symbol(&one.ok()).to_owned()).collect();
    let wanted: BTreeSet<_> = (1..=6).map(|number| format!("{number:02}/KH-UBND")).collect();
    assert_eq!(numbers, wanted);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_the_system_gives_is_not_typed_and_begins_with_one_each_year() {
    let app = TestApp::start_at("2025-12-30").await;
    own_plans(&app).await;
    let (first, second) = (signed_plan(&app, "mot").await, signed_plan(&app, "hai").await);
    let wrong = issue(&app, &first, typed(1, "2025-12-30")).await.refused(422);
    assert_eq!(wrong.faults(), ["/number document.givenBySystem", "/issueDate document.givenBySystem"]);
    assert_eq!(symbol(&issue(&app, &first, json!({})).await.ok()), "01/KH-UBND");
    app.at("2026-01-05");
    let issued = issue(&app, &second, json!({})).await.ok();
    assert_eq!((symbol(&issued), issued.body["document"]["issueDate"].as_str()), ("01/KH-UBND", Some("2026-01-05")));
}

#[tokio::test]
async fn of_two_clerks_who_take_one_number_one_gets_it() {
    let app = TestApp::start_at("2025-09-15").await;
    app.register("second-clerk", &[thidua_domain::principal::Role::Clerk], None).await;
    let (first, second) = (signed_plan(&app, "mot").await, signed_plan(&app, "hai").await);
    let take = async |persona: &str, signed: &Reply| {
        let path = format!("/campaigns/{}/issue", signed.id());
        app.persona(persona).command_with(&path, signed, typed(145, "2025-09-15")).await
    };
    let answers = tokio::join!(take("clerk", &first), take("second-clerk", &second));
    let (taken, other) = if answers.0.status == 200 { answers } else { (answers.1, answers.0) };
    assert_eq!(symbol(&taken.ok()), "145/KH-UBND");
    assert_eq!(other.refused(409).code(), "document.numberTaken");
    let register = app.persona("clerk").get("/documents?includeTotal=true").await.ok();
    assert_eq!(register.body["total"], 1);
}

#[tokio::test]
async fn a_number_of_another_year_is_free_again_and_one_of_the_same_year_is_not() {
    let app = TestApp::start_at("2025-12-30").await;
    let (first, second) = (signed_plan(&app, "mot").await, signed_plan(&app, "hai").await);
    issue(&app, &first, typed(145, "2025-12-30")).await.ok();
    app.at("2026-01-05");
    let before = app.events().await;
    let old = issue(&app, &second, typed(145, "2025-12-31")).await.refused(409);
    assert_eq!(old.code(), "document.numberTaken");
    assert_eq!(app.events().await, before);
    let issued = issue(&app, &second, typed(145, "2026-01-05")).await.ok();
    assert_eq!(symbol(&issued), "145/KH-UBND");
    let clerk = app.persona("clerk");
    for (year, day) in [(2025, "2025-12-30"), (2026, "2026-01-05")] {
        let book = clerk.get(&format!("/documents?year={year}")).await.ok();
        assert_eq!(book.body["items"][0]["issueDate"], day);
        assert_eq!(book.body["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_typed_number_follows_the_days_of_its_neighbours_or_says_why_not() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut signed = Vec::new();
    for n in 0..5 {
        signed.push(signed_plan(&app, &format!("ke-hoach-{n}")).await);
    }
    app.at("2025-09-20");
    issue(&app, &signed[0], typed(10, "2025-09-16")).await.ok();
    issue(&app, &signed[1], typed(20, "2025-09-18")).await.ok();
    let before = app.events().await;
    for (number, day, fault) in [
        (15, "2025-09-15", "/issueDate document.outOfOrder"),
        (15, "2025-09-19", "/issueDate document.outOfOrder"),
        (21, "2025-09-17", "/issueDate document.outOfOrder"),
        (15, "2025-09-21", "/issueDate date.inFuture"),
        (15, "2025-09-14", "/issueDate document.issueBeforeSigning"),
    ] {
        let refused = issue(&app, &signed[2], typed(number, day)).await.refused(422);
        assert!(refused.faults().contains(&fault.to_owned()), "{number} {day}: {:?}", refused.faults());
    }
    let missing = issue(&app, &signed[2], json!({})).await.refused(422);
    assert_eq!(missing.faults(), ["/number field.missing", "/issueDate field.missing"]);
    let mut explained = typed(15, "2025-09-17");
    explained["orderComment"] = json!("Không cần.");
    let needless = issue(&app, &signed[2], explained).await.refused(422);
    assert_eq!(needless.faults(), ["/orderComment document.orderCommentNeedless"]);
    assert_eq!(app.events().await, before);

    issue(&app, &signed[2], typed(15, "2025-09-17")).await.ok();
    let mut explained = typed(21, "2025-09-17");
    explained["orderComment"] = json!("Sổ giấy ghi số này cho văn bản ký trước.");
    let issued = issue(&app, &signed[3], explained).await.ok();
    let path = format!("/documents/{}", issued.body["document"]["documentId"].as_str().unwrap());
    let entry = app.persona("clerk").get(&path).await.ok();
    assert_eq!(entry.body["outOfOrder"], true);
    assert_eq!(entry.text("orderComment"), "Sổ giấy ghi số này cho văn bản ký trước.");

    // What was explained is no measure for the others: 20 of the 18th is.
    let behind = issue(&app, &signed[4], typed(22, "2025-09-17")).await.refused(422);
    assert_eq!(behind.faults(), ["/issueDate document.outOfOrder"]);
    issue(&app, &signed[4], typed(22, "2025-09-18")).await.ok();
}

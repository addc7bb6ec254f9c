//! Lists: every item once, whatever happens meanwhile; a cursor serves the list that made it and no other.

use std::collections::BTreeSet;

use serde_json::Value;
use thidua_tests::{Person, Reply, TestApp};

use super::new_unit;

fn codes(page: &Reply) -> Vec<String> {
    let items = page.body["items"].as_array().unwrap();
    items.iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect()
}

/// The path of the next page, as `Link` gives it; it must agree with `nextCursor`.
fn next(page: &Reply) -> Option<String> {
    let link = page.header("Link").strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\""));
    let path = link.map(|link| link.strip_prefix("/v1").unwrap().to_owned());
    assert_eq!(path.is_some(), page.body["nextCursor"].is_string());
    if let Some(path) = &path {
        assert!(path.ends_with(&format!("cursor={}", page.text("nextCursor"))), "{path}");
    }
    path
}

#[tokio::test]
async fn paging_shows_each_item_once_while_others_are_entered() {
    let app = TestApp::start_at("2025-09-15").await;
    let (reader, admin) = (app.persona("auditor"), app.persona("admin"));
    let at_first: BTreeSet<_> = codes(&reader.get("/units?limit=100").await.ok()).into_iter().collect();
    let (mut seen, mut pages) = (Vec::new(), 0);
    let mut path = Some("/units?limit=3".to_owned());
    while let Some(here) = path {
        let page = reader.get(&here).await.ok();
        assert!(codes(&page).len() <= 3);
        seen.extend(codes(&page));
        path = next(&page);
        pages += 1;
        // One before everything that was shown, one behind it.
        for code in [format!("0-{pages}"), format!("ZZ-{pages}")] {
            if pages <= 5 {
                admin.create("/units", new_unit(&code)).await.created();
            }
        }
    }
    let unique: BTreeSet<_> = seen.iter().cloned().collect();
    assert_eq!(unique.len(), seen.len(), "something was shown twice: {seen:?}");
    assert!(at_first.is_subset(&unique), "something was skipped: {seen:?}");
    assert!(seen.is_sorted(), "{seen:?}");
}

#[tokio::test]
async fn the_total_counts_what_matches_and_only_where_it_is_asked_for() {
    let app = TestApp::start_at("2025-09-15").await;
    let reader = app.persona("auditor");
    let all = codes(&reader.get("/units?limit=100&type=SCHOOL").await.ok()).len();
    let counted = reader.get("/units?type=SCHOOL&limit=1&includeTotal=true").await.ok();
    assert_eq!(counted.body["total"], all);
    assert!(reader.get("/units?includeTotal=false").await.ok().body.get("total").is_none());
}

#[tokio::test]
async fn the_search_minds_neither_case_nor_accents() {
    let app = TestApp::start_at("2025-09-15").await;
    let reader = app.persona("auditor");
    let plain = codes(&reader.get("/units?q=truong%20tieu%20hoc").await.ok());
    assert_eq!(plain, ["TH1", "TH2"]);
    // "Trường" in NFD.
    assert_eq!(codes(&reader.get("/units?q=TRU%CC%9BO%CC%9B%CC%80NG%20Ti%E1%BB%83u").await.ok()), plain);
    // What would be a wildcard in SQL is none here.
    for wild in ["%25", "_", "%5C"] {
        assert_eq!(codes(&reader.get(&format!("/units?q={wild}")).await.ok()), Vec::<String>::new(), "{wild}");
    }
}

#[tokio::test]
async fn a_cursor_that_was_forged_or_made_for_another_list_is_400() {
    let app = TestApp::start_at("2025-09-15").await;
    let reader = app.persona("auditor");
    let page = reader.get("/units?limit=2").await.ok();
    let own = page.text("nextCursor").to_owned();
    reader.get(&format!("/units?limit=5&cursor={own}")).await.ok();
    let tampered: String = own.chars().rev().collect();
    let (first, rest) = own.split_at(1);
    let altered = format!("{}{rest}", if first == "A" { "B" } else { "A" });
    let shortened = &own[..own.len() - 4];
    let foreign = [
        format!("/units?cursor={tampered}"),
        format!("/units?cursor={altered}"),
        format!("/units?cursor={shortened}"),
        "/units?cursor=AAAA".to_owned(),
        "/units?cursor=".to_owned(),
        "/units?cursor=%2B%2F%3D".to_owned(),
        format!("/units?cursor={}", "A".repeat(501)),
        // Another list, another filter.
        format!("/campaigns?cursor={own}"),
        format!("/units?type=SCHOOL&cursor={own}"),
        format!("/units?q=a&cursor={own}"),
    ];
    for path in &foreign {
        let answer = reader.get(path).await.refused(400);
        assert_eq!(answer.faults(), ["cursor parameter.foreignCursor"], "{path}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_installation_is_400() {
    let (app, other) = (TestApp::start_at("2025-09-15").await, TestApp::start_at("2025-09-15").await);
    let renew = "UPDATE instance SET cursor_key = sha256('another installation')";
    sqlx::raw_sql(renew).execute(&mut other.database.owner().await).await.unwrap();
    let own = app.persona("auditor").get("/units?limit=2").await.ok();
    let foreign: Person = other.persona("auditor");
    let answer = foreign.get(&format!("/units?cursor={}", own.text("nextCursor"))).await.refused(400);
    assert_eq!(answer.faults(), ["cursor parameter.foreignCursor"]);
}

#[tokio::test]
async fn items_of_a_list_carry_no_actions() {
    let app = TestApp::start_at("2025-09-15").await;
    crate::stage::drafted(&app).await;
    let page = app.persona("coordinator").get("/campaigns").await.ok();
    let items = page.body["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert!(items.iter().all(|item: &Value| item.get("actions").is_none()));
}

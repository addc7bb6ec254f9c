//! The outgoing register: every document that was issued, by year and number, for those who keep and oversee it.

use serde_json::json;
use thidua_tests::TestApp;

use super::{issue, signed_plan, typed};
use crate::stage::{city, office};

#[tokio::test]
async fn the_register_has_what_was_issued_with_who_signed_and_what_it_is_the_paper_of() {
    let app = TestApp::start_at("2025-09-15").await;
    let october = city::october(&app).await;
    let report = city::issued(&app, &october).await;
    let own = office::issued(&app, &october).await;
    let clerk = app.persona("clerk");

    let book = clerk.get("/documents").await.ok();
    let symbols: Vec<_> = book.body["items"].as_array().unwrap().iter().map(|one| one["symbol"].clone()).collect();
    assert_eq!(symbols.last().unwrap(), "145/KH-UBND", "by number: {symbols:?}");
    assert_eq!(symbols.len(), 3);
    let path = format!("/documents/{}", report.body["document"]["documentId"].as_str().unwrap());
    let entry = clerk.get(&path).await.ok();
    assert_eq!((entry.text("symbol"), entry.text("documentTypeLabel")), ("25/BC-UBND", "Báo cáo"));
    assert_eq!(entry.text("subject"), "Báo cáo kết quả Đợt thi đua");
    assert_eq!(entry.body["signature"]["name"], "Trần Quốc Mẫu");
    assert_eq!(entry.body["consolidatedReportId"], report.body["id"]);
    assert_eq!(entry.body["campaignId"], october.campaign.body["id"]);
    assert_eq!(entry.body["outOfOrder"], false);

    for (query, wanted) in [
        (format!("issuerUnitId={}", own.text("issuerUnitId")), vec![own.body["document"]["symbol"].clone()]),
        ("documentType=PLAN".to_owned(), vec![json!("145/KH-UBND")]),
        ("documentType=PLAN&documentType=REPORT&year=2026".to_owned(), vec![]),
        ("q=phat%20dong".to_owned(), vec![json!("145/KH-UBND")]),
        (format!("documentSeriesId={}&q=BAO%20CAO", entry.text("documentSeriesId")), vec![json!("25/BC-UBND")]),
    ] {
        let found = clerk.get(&format!("/documents?{query}")).await.ok();
        let found: Vec<_> = found.body["items"].as_array().unwrap().iter().map(|one| one["symbol"].clone()).collect();
        assert_eq!(found, wanted, "{query}");
    }
}

#[tokio::test]
async fn the_register_is_read_in_pages_by_number_and_units_see_none_of_it() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut entry = None;
    for number in [30, 7, 12] {
        let signed = signed_plan(&app, &format!("ke-hoach-{number}")).await;
        entry = Some(issue(&app, &signed, typed(number, "2025-09-15")).await.ok());
    }
    let mut path = "/documents?limit=1".to_owned();
    let mut numbers = Vec::new();
    loop {
        let page = app.persona("auditor").get(&path).await.ok();
        numbers.push(page.body["items"][0]["number"].as_i64().unwrap());
        match page.body["nextCursor"].as_str() {
            Some(cursor) => path = format!("/documents?limit=1&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(numbers, [7, 12, 30]);
    let id = entry.unwrap().body["document"]["documentId"].as_str().unwrap().to_owned();
    for persona in ["unit-head", "admin", "portal"] {
        app.persona(persona).get(&format!("/documents/{id}")).await.refused(404);
        assert_eq!(app.persona(persona).get("/documents").await.ok().body["items"], json!([]), "{persona}");
    }
}

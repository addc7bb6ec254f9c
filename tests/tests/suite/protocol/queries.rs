//! Query parameters: closed, single unless declared as a list, typed and bounded.

use thidua_tests::TestApp;

#[tokio::test]
async fn a_query_that_the_contract_does_not_describe_is_400_and_names_the_parameter() {
    let app = TestApp::start_at("2025-09-15").await;
    let reader = app.persona("auditor");
    let wrong = [
        ("/units?colour=red", "colour parameter.unknown"),
        ("/units?Limit=1", "Limit parameter.unknown"),
        ("/units?limit=1&limit=2", "limit field.twice"),
        ("/units?limit=1&limit=1", "limit field.twice"),
        ("/units?q=a&q=b", "q field.twice"),
        ("/units?limit=0", "limit field.outOfBounds"),
        ("/units?limit=101", "limit field.outOfBounds"),
        ("/units?limit=70000", "limit field.wrongType"),
        ("/units?limit=-1", "limit field.wrongType"),
        ("/units?limit=abc", "limit field.wrongType"),
        ("/units?limit=1.5", "limit field.wrongType"),
        ("/units?limit=", "limit field.wrongType"),
        ("/units?includeTotal=yes", "includeTotal field.wrongType"),
        ("/units?type=CASTLE", "type field.unknownValue"),
        ("/units?type=SCHOOL&type=CASTLE", "type field.unknownValue"),
        ("/units?q=", "q text.empty"),
        ("/units?q=%00", "q text.control"),
        ("/campaigns?stage=running", "stage field.unknownValue"),
        // Where there are no parameters, each is unknown.
        ("/me?verbose", "verbose parameter.unknown"),
        ("/me?a%20b=1", "a b parameter.unknown"),
        ("/status?x=1&y=2", "x parameter.unknown"),
    ];
    for (path, fault) in wrong {
        let answer = reader.get(path).await.refused(400);
        assert_eq!(answer.code(), "request.invalid", "{path}");
        assert_eq!(answer.faults(), [fault], "{path}");
    }
    let long = format!("/units?q={}", "a".repeat(61));
    assert_eq!(reader.get(&long).await.refused(400).faults(), ["q text.tooLong"]);
    let many = format!("/units?{}", vec!["type=SCHOOL"; 21].join("&"));
    assert_eq!(reader.get(&many).await.refused(400).faults(), ["type field.outOfBounds"]);
}

#[tokio::test]
async fn a_parameter_without_a_printable_name_is_refused_like_any_other() {
    let app = TestApp::start_at("2025-09-15").await;
    let reader = app.persona("auditor");
    let long = format!("?{}=1", "n".repeat(5000));
    for query in ["?=1", "?%0A=1", "?%00=1", "?%FF=1", "?%E1%BB%87=1", &long] {
        for path in ["/units", "/me", "/campaigns"] {
            let answer = reader.get(&format!("{path}{query}")).await.refused(400);
            assert_eq!(answer.code(), "request.invalid", "{path}{query}");
        }
    }
}

#[tokio::test]
async fn a_list_parameter_is_repeated_and_nothing_else_changes() {
    let app = TestApp::start_at("2025-09-15").await;
    let reader = app.persona("auditor");
    let both = reader.get("/units?limit=100&type=SCHOOL&type=HEALTH_STATION").await.ok();
    let types: Vec<_> = both.body["items"].as_array().unwrap().iter().map(|unit| unit["type"].clone()).collect();
    assert!(types.iter().any(|one| one == "SCHOOL") && types.iter().any(|one| one == "HEALTH_STATION"));
    reader.get("/units?").await.ok();
    reader.get("/me?").await.ok();
}

#[tokio::test]
async fn a_path_that_names_nothing_is_404() {
    let app = TestApp::start_at("2025-09-15").await;
    let reader = app.persona("auditor");
    let id = "0198f1c2-0000-7000-8000-000000000000";
    let upper = id.to_uppercase();
    let braced = format!("%7B{id}%7D");
    let plain = id.replace('-', "");
    for named in [id, "x", "1", &upper, &braced, &plain, "%00", "..%2f..%2fetc", "%F0%9F%98%80"] {
        let answer = reader.get(&format!("/units/{named}")).await.refused(404);
        assert_eq!(answer.code(), "resource.absent", "{named}");
    }
}

//! Merging and splitting: who takes whose place, who reads what was left, who owes what is to come.

use super::{dissolving::owing, *};
use crate::stage::reporting;

/// A unit to be founded.
pub(crate) fn founding(code: &str) -> Value {
    json!({"code": code, "name": format!("Trường {code}"), "type": "SCHOOL", "managingAuthority": "Sở Giáo dục và Đào tạo"})
}

/// Units that end, by their codes.
pub(crate) async fn merger(app: &TestApp, codes: &[&str], effective: &str, more: Value) -> Value {
    let mut units = Vec::new();
    for code in codes {
        units.push(stage::unit(app, code).await);
    }
    let mut body = with(effective, json!({"unitIds": units}));
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// Two schools end, and a new one is founded in their place.
pub(crate) async fn founded(app: &TestApp, effective: &str) -> Value {
    merger(app, &["TH1", "TH2"], effective, json!({"newUnit": founding("TH-GL")})).await
}

/// A unit makes room for two.
pub(crate) fn split(codes: &[&str], goes_on: bool, effective: &str) -> Value {
    let new: Vec<_> = codes.iter().map(|code| founding(code)).collect();
    with(effective, json!({"newUnits": new, "goesOn": goes_on}))
}

#[tokio::test]
async fn two_units_become_one_and_each_says_so_of_the_other() {
    let app = TestApp::start_at("2025-10-20").await;
    let branch = entered(&app, "TH2-A", "SCHOOL", &read(&app, "TH2").await).await;
    let events = app.events().await;
    let body = founded(&app, "2025-11-01").await;
    let new = app.persona("admin").create("/units/merge", body).await.ok();
    assert_eq!(
        (new.text("code"), new.text("validFromDate"), &new.body["exists"]),
        ("TH-GL", "2025-11-01", &json!(false))
    );
    assert_eq!(app.events().await, events + 4, "the new one, the two that end, the one below");
    assert_eq!(new.body["predecessorIds"], json!([]), "not yet today");
    let (first, second) = (read(&app, "TH1").await, read(&app, "TH2").await);
    assert_eq!((second.text("stage"), &second.body["successorIds"]), ("MERGED", &json!([new.id()])));
    assert_eq!(second.body["history"][0]["kind"], "MERGED");
    let auditor = app.persona("auditor");
    let then = auditor.get(&format!("/units/{}?asOfDate=2025-11-01", new.id())).await.ok();
    assert_eq!(then.body["predecessorIds"], json!([first.id(), second.id()]));
    assert_eq!((&then.body["exists"], then.text("managingAuthority")), (&json!(true), "Sở Giáo dục và Đào tạo"));
    let below = codes(&auditor, &format!("parentId={}&asOfDate=2025-11-01", new.id())).await;
    assert_eq!(below, [branch.text("code")]);
    for (day, expected) in [("2025-10-31", ["TH1", "TH2"].as_slice()), ("2025-11-01", &["TH-GL"])] {
        let listed = codes(&auditor, &format!("asOfDate={day}")).await;
        let schools: Vec<_> = listed.iter().filter(|code| ["TH1", "TH2", "TH-GL"].contains(&code.as_str())).collect();
        assert_eq!(schools, expected, "{day}");
    }
    let mut owner = app.database.owner().await;
    let uncaused: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM event WHERE action IN ('unit.merged', 'unit.transferred') AND entry::jsonb ->> 'causedBy' IS NULL",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(uncaused, 0);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_merger_that_cannot_be_is_refused_and_nothing_is_written() {
    let app = TestApp::start_at("2025-10-20").await;
    let admin = app.persona("admin");
    let events = app.events().await;
    let into = stage::unit(&app, "TH1").await;
    let both = json!({"newUnit": founding("TH-GL"), "intoUnitId": into});
    for (codes, more, expected) in [
        (["TH1"].as_slice(), json!({"newUnit": founding("TH-GL")}), "/unitIds unit.tooFew"),
        (&["TH1", "TH2"], json!({}), " unit.successorNotOne"),
        (&["TH2", "THCS1"], both, " unit.successorNotOne"),
        (&["TH1", "TH2"], json!({"intoUnitId": into}), "/intoUnitId list.duplicate"),
    ] {
        let body = merger(&app, codes, "2025-11-01", more).await;
        assert_eq!(admin.create("/units/merge", body).await.refused(422).faults(), [expected]);
    }
    let taken = merger(&app, &["TH1", "TH2"], "2025-11-01", json!({"newUnit": founding("MN1")})).await;
    assert_eq!(admin.create("/units/merge", taken).await.refused(409).code(), "unit.codeTaken");
    let none = with("2025-11-01", json!({"unitIds": [], "newUnit": founding("TH-GL")}));
    admin.create("/units/merge", none).await.refused(400);
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn who_works_for_the_successor_reads_what_was_left_from_the_day_on_and_writes_none_of_it() {
    let app = TestApp::start_at("2025-10-20").await;
    let campaign = reporting::running_since_september(&app).await;
    let registration = stage::registered(&app, &campaign, "head-of-TH2").await;
    let october = reporting::open(&app, &campaign).await;
    let draft = reporting::report(&app, &october, "TH2", "head-of-TH2").await;
    let target = stage::target(&app, &campaign, "head-of-TH2", "SANG-KIEN").await;
    let value = json!({"kind": "QUANTITATIVE", "amount": "1"});
    let measurement = stage::measured(&app, "head-of-TH2", &target, "2025-10-19", value.clone()).await;
    let into = json!({"intoUnitId": stage::unit(&app, "TH1").await});
    let body = merger(&app, &["TH2"], "2025-11-01", into).await;
    app.persona("admin").create("/units/merge", body).await.ok();

    let (heir, other) = (app.persona("unit-head"), app.persona("other-unit-head"));
    let left = [
        format!("/registrations/{}", registration.id()),
        format!("/reports/{}", draft.id()),
        format!("/targets/{}", target.id()),
        format!("/measurements/{}", measurement.id()),
    ];
    app.at("2025-10-31T23:59:59+07:00");
    for path in &left {
        heir.get(path).await.refused(404);
    }
    app.at("2025-11-01T00:00:00+07:00");
    for path in &left {
        heir.get(path).await.ok();
        other.get(path).await.refused(404);
    }
    let listed = heir.get(&format!("/campaigns/{}/reports?includeTotal=true", campaign.id())).await.ok();
    assert_eq!(listed.body["total"], 1);

    let events = app.events().await;
    let read = heir.get(&left[1]).await.ok();
    assert_eq!(read.obstacle("submitReport"), Some("policy.otherUnit"));
    let refused = heir.command(&format!("{}/submit", left[1]), &read).await.refused(403);
    assert_eq!(refused.code(), "policy.otherUnit");
    let measured = json!({"asOfDate": "2025-10-31", "value": value});
    let refused = heir.create(&format!("{}/measurements", left[2]), measured).await.refused(403);
    assert_eq!(refused.code(), "policy.otherUnit");
    assert_eq!(app.events().await, events);
    // Those who worked there hand in what it still owes.
    app.persona("head-of-TH2").replace(&left[1], &draft, json!({"lessons": "Bàn giao đầy đủ."})).await.ok();
}

#[tokio::test]
async fn the_successor_is_asked_for_the_reports_of_periods_that_end_from_the_day_on() {
    let app = TestApp::start_at("2025-10-20").await;
    let campaign = reporting::running_since_september(&app).await;
    let october = reporting::planned(&app, &campaign).await;
    let before = owing(&app, &october).await;
    let into = json!({"intoUnitId": stage::unit(&app, "THON1").await});
    let body = merger(&app, &["TYTX"], "2025-10-25", into).await;
    app.persona("admin").create("/units/merge", body).await.ok();
    let since = owing(&app, &october).await;
    assert!(before.contains(&"TYTX".to_owned()) && !before.contains(&"THON1".to_owned()));
    assert!(!since.contains(&"TYTX".to_owned()) && since.contains(&"THON1".to_owned()), "{since:?}");
    assert_eq!(since.len(), before.len());

    // A period that is planned later asks the successor too.
    let mut november = reporting::october();
    november["code"] = json!("2025-11");
    november["endDate"] = json!("2025-11-30");
    let path = format!("/campaigns/{}/periods", campaign.id());
    let november = app.persona("coordinator").create(&path, november).await.created();
    assert_eq!(owing(&app, &november).await, since);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn progress_counts_what_was_left_with_the_successor_and_once() {
    let app = TestApp::start_at("2025-10-20").await;
    let campaign = reporting::running_since_september(&app).await;
    stage::registered(&app, &campaign, "unit-head").await;
    stage::registered(&app, &campaign, "head-of-TH2").await;
    let left = stage::target(&app, &campaign, "head-of-TH2", "BHYT-HS").await;
    let value = json!({"kind": "SHARE", "numerator": "482", "denominator": "495"});
    stage::measured(&app, "head-of-TH2", &left, "2025-10-19", value.clone()).await;
    let into = json!({"intoUnitId": stage::unit(&app, "TH1").await});
    let body = merger(&app, &["TH2"], "2025-11-01", into).await;
    app.persona("admin").create("/units/merge", body).await.ok();
    let by_unit = async || {
        let path = format!("/campaigns/{}/progress?by=UNIT", campaign.id());
        let progress = app.persona("coordinator").get(&path).await.ok();
        let groups = progress.body["groups"].as_array().unwrap();
        let of = |group: &Value| {
            let count = |member: &str| group["count"][member].as_i64().unwrap();
            (group["code"].as_str().unwrap().to_owned(), count("targets"), count("withValue"))
        };
        groups.iter().map(of).filter(|(code, ..)| code.starts_with("TH")).collect::<Vec<_>>()
    };
    let of = |code: &str, targets, with_value| (code.to_owned(), targets, with_value);
    assert_eq!(by_unit().await, [of("TH1", 4, 0), of("TH2", 4, 1)]);
    app.at("2025-11-01");
    assert_eq!(by_unit().await, [of("TH1", 8, 1)]);
    let own = stage::target(&app, &campaign, "unit-officer", "BHYT-HS").await;
    stage::measured(&app, "unit-officer", &own, "2025-11-01", value).await;
    assert_eq!(by_unit().await, [of("TH1", 7, 1)], "its own figure takes the place of the one that was left");
}

#[tokio::test]
async fn a_unit_is_divided_or_gives_off_another_and_those_below_go_where_they_are_put() {
    let app = TestApp::start_at("2025-10-20").await;
    let branch = entered(&app, "TH1-A", "SCHOOL", &read(&app, "TH1").await).await;
    let mut body = split(&["TH-D", "TH-T"], false, "2025-11-01");
    assert_eq!(
        reorganised(&app, "TH1", "split", body.clone()).await.refused(422).faults(),
        ["/subordinates unit.subordinateUnplaced"]
    );
    body["subordinates"] = json!([{"unitId": branch.id(), "parentCode": "TH-T"}]);
    let divided = reorganised(&app, "TH1", "split", body).await.ok();
    let (east, west) = (read(&app, "TH-D").await, read(&app, "TH-T").await);
    assert_eq!((divided.text("stage"), &divided.body["successorIds"]), ("DIVIDED", &json!([east.id(), west.id()])));
    assert_eq!(read(&app, "TH1-A").await.body["history"][0]["parentId"], west.body["id"]);

    let on = reorganised(&app, "TH2", "split", split(&["TH2-B"], true, "2025-11-01")).await.ok();
    assert_eq!((on.text("stage"), on.body["history"][0]["kindLabel"].as_str()), ("ACTIVE", Some("Tách ra đơn vị mới")));
    app.at("2025-11-01");
    assert_eq!(read(&app, "TH-D").await.body["predecessorIds"], json!([divided.id()]));
    assert_eq!(read(&app, "TH2-B").await.body["predecessorIds"], json!([]), "what goes on is nobody's predecessor");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

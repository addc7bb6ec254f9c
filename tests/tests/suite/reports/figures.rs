//! What a report says of targets: a measurement that is frozen, or why there is none.

use super::*;

fn results(period: &Reply) -> String {
    format!("/periods/{}/reports", period.id())
}

#[tokio::test]
async fn every_target_in_force_has_a_measurement_or_an_explanation() {
    let (app, campaign, period) = in_november().await;
    let head = app.persona("head-of-VHXH");
    let insurance = stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    let draft = reporting::report(&app, &period, "VHXH", "head-of-VHXH").await;
    let says = async |results: Value| {
        let seen = read(&app, "head-of-VHXH", &draft).await;
        let path = format!("/reports/{}", draft.id());
        let written = head.replace(&path, &seen, json!({ "targetResults": results })).await.ok();
        head.command(&at(&draft, "submit"), &written).await
    };
    assert_eq!(says(json!([])).await.refused(422).faults(), ["/targetResults report.targetUnanswered"]);
    let silent = json!([{"targetId": insurance.id()}]);
    assert_eq!(says(silent).await.refused(422).faults(), ["/targetResults/0 report.targetUnanswered"]);
    let unknown = "0198f1c2-6c00-7000-8000-000000000001";
    let wrong = json!([{"targetId": insurance.id(), "measurementId": unknown},
                       {"targetId": unknown, "explanation": "Không rõ"}]);
    assert_eq!(
        says(wrong).await.refused(422).faults(),
        ["/targetResults/0/measurementId reference.unknown", "/targetResults/1/targetId reference.unknown"]
    );
    let share = json!({"kind": "SHARE", "numerator": "97", "denominator": "100"});
    let measured = stage::measured(&app, "head-of-VHXH", &insurance, "2025-11-01", share).await;
    let of_november = json!([{"targetId": insurance.id(), "measurementId": measured.id()}]);
    assert_eq!(
        says(of_november).await.refused(422).faults(),
        ["/targetResults/0/measurementId measurement.afterPeriod"]
    );
    let explained = json!([{"targetId": insurance.id(), "explanation": "Đang chờ số liệu của BHXH."}]);
    let submitted = says(explained).await.ok();
    let figure = &submitted.body["figures"][0];
    assert_eq!((&figure["code"], &figure["explanation"]), (&json!("BHYT"), &json!("Đang chờ số liệu của BHXH.")));
    assert!(figure["measurementId"].is_null() && figure["value"].is_null() && figure["reached"].is_null());
}

#[tokio::test]
async fn a_figure_is_frozen_with_its_measurement_and_what_is_measured_later_does_not_touch_it() {
    let (app, campaign, period) = in_november().await;
    let head = app.persona("head-of-VHXH");
    let insurance = stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    let share = |numerator: &str| json!({"kind": "SHARE", "numerator": numerator, "denominator": "100000"});
    let measured = stage::measured(&app, "head-of-VHXH", &insurance, "2025-10-31", share("96995")).await;
    let new = json!({
        "unitId": stage::unit(&app, "VHXH").await,
        "targetResults": [{"targetId": insurance.id(), "measurementId": measured.id()}],
    });
    let draft = head.create(&results(&period), new).await.created();
    assert!(draft.body["figures"].is_null(), "nothing is frozen before it is handed in");
    let submitted = head.command(&at(&draft, "submit"), &draft).await.ok();
    let frozen = submitted.body["figures"][0].clone();
    assert_eq!(frozen["measurementId"], measured.id());
    assert_eq!((&frozen["value"], &frozen["asOfDate"]), (&share("96995"), &json!("2025-10-31")));
    assert_eq!((&frozen["sharePercent"], &frozen["completionPercent"]), (&json!("96.995"), &json!("99.99")));
    assert_eq!(frozen["reached"], json!(false), "96.995 % does not reach 97 %");
    assert_eq!(frozen["measure"], insurance.body["measure"]);

    stage::measured(&app, "head-of-VHXH", &insurance, "2025-11-01", share("97000")).await;
    let accepted = app.persona("office").command(&at(&draft, "accept"), &submitted).await.ok();
    assert_eq!(accepted.body["figures"][0], frozen);
    let walked = frozen["measurementId"].as_str().unwrap();
    let walked = app.persona("auditor").get(&format!("/measurements/{walked}")).await.ok();
    assert_eq!(walked.body["value"], share("96995"));
}

#[tokio::test]
async fn a_measurement_of_another_target_or_another_unit_says_nothing_of_this_one() {
    let (app, campaign, period) = in_november().await;
    app.at("2025-10-01");
    stage::registered(&app, &campaign, "unit-head").await;
    app.at("2025-11-03");
    let (school, clearance) = ("unit-head", "head-of-PKT");
    let share = json!({"kind": "SHARE", "numerator": "97", "denominator": "100"});
    let insured = stage::target(&app, &campaign, school, "BHYT-HS").await;
    let insured_value = stage::measured(&app, school, &insured, "2025-10-31", share).await;
    let projects = stage::target(&app, &campaign, clearance, "GPMB").await;
    let done = json!({"kind": "MILESTONE", "done": ["P1"]});
    let foreign = stage::measured(&app, clearance, &projects, "2025-10-31", done).await;

    let targets = app.persona(school).get(&format!("/campaigns/{}/targets", campaign.id())).await.ok();
    let results: Vec<_> = targets.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| {
            let measurement = match target["code"].as_str().unwrap() {
                "BHYT-HS" => Some(insured_value.id()),
                "SANG-KIEN" => Some(insured_value.id()),
                "CSVC" => Some(foreign.id()),
                _ => None,
            };
            match measurement {
                Some(id) => json!({"targetId": target["id"], "measurementId": id}),
                None => json!({"targetId": target["id"], "explanation": "Chưa thực hiện"}),
            }
        })
        .collect();
    let place = |code: &str| {
        let targets = targets.body["items"].as_array().unwrap();
        targets.iter().position(|target| target["code"] == code).unwrap()
    };
    let new = json!({"unitId": stage::unit(&app, "TH1").await, "targetResults": results});
    let draft = app.persona("unit-officer").create(&super::figures::results(&period), new).await.created();
    let refused = app.persona(school).command(&at(&draft, "submit"), &draft).await.refused(422);
    let mut expected = vec![
        format!("/targetResults/{}/measurementId measurement.otherTarget", place("SANG-KIEN")),
        format!("/targetResults/{}/measurementId reference.unknown", place("CSVC")),
    ];
    let mut faults = refused.faults();
    expected.sort();
    faults.sort();
    assert_eq!(faults, expected);
}

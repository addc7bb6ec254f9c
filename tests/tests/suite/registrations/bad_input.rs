//! Bad input: each fault is named where it stands, and nothing is written.

use reqwest::Method;
use serde_json::{Value, json};

use super::{begun, count};
use crate::stage;

type Spoil = fn(&mut Value);

/// What is wrong, and the fault that is told of it.
const FORM: &[(Spoil, &str)] = &[
    (|new| new["stage"] = json!("ACCEPTED"), "/stage field.unknown"),
    (|new| new["targets"][0]["weight"] = json!(3), "/targets/0/weight field.unknown"),
    (|new| new["targets"][1]["topic"]["field"] = json!("3.1"), "/targets/1/topic/field field.unknown"),
    (|new| new["unitId"] = json!(7), "/unitId field.wrongType"),
    (|new| new["unitId"] = json!("TH1"), "/unitId id.malformed"),
    (|new| new["targets"] = json!({}), "/targets field.wrongType"),
    (|new| new["targets"][0]["name"] = json!(12), "/targets/0/name field.wrongType"),
    (|new| new["targets"][0]["name"] = Value::Null, "/targets/0/name field.wrongType"),
    (|new| new["targets"][0]["name"] = json!("  "), "/targets/0/name text.empty"),
    (|new| new["targets"][0]["name"] = json!("x".repeat(301)), "/targets/0/name text.tooLong"),
    (|new| new["targets"][0]["name"] = json!("Sáng\u{0}kiến"), "/targets/0/name text.control"),
    (|new| new["actionProgramme"]["measures"] = json!("y".repeat(20_001)), "/actionProgramme/measures text.tooLong"),
    (|new| new["actionProgramme"] = Value::Null, "/actionProgramme field.wrongType"),
    (|new| new["targets"][0]["measure"]["planned"] = json!(4), "/targets/0/measure/planned field.wrongType"),
    (|new| new["targets"][0]["measure"]["planned"] = json!("4,5"), "/targets/0/measure/planned decimal.malformed"),
    (|new| new["targets"][0]["measure"]["planned"] = json!("1e3"), "/targets/0/measure/planned decimal.malformed"),
    (|new| new["targets"][0]["measure"]["kind"] = json!("RATIO"), "/targets/0/measure/kind field.unknownValue"),
    (|new| new["targets"][3]["measure"]["steps"] = json!([]), "/targets/3/measure/steps field.outOfBounds"),
    (|new| new["targets"] = vec![new["targets"][0].clone(); 101].into(), "/targets field.outOfBounds"),
];

/// What a rule says no to.
const RULES: &[(Spoil, &[&str])] = &[
    (
        |new| new["targets"][0]["topic"] = json!({"task": "9.9.9", "movement": "M99", "project": "P9"}),
        &[
            "/targets/0/topic/task reference.unknown",
            "/targets/0/topic/movement reference.unknown",
            "/targets/0/topic/project reference.unknown",
        ],
    ),
    (|new| new["targets"][2]["code"] = json!("SANG-KIEN"), &["/targets/2/code list.duplicate"]),
    (
        |new| {
            new["targets"][1]["measure"]["planned"] = json!("100.000001");
            new["targets"][1]["measure"]["baseline"] = json!("-1");
        },
        &["/targets/1/measure/planned measure.shareOverWhole", "/targets/1/measure/baseline measure.shareOverWhole"],
    ),
    (
        |new| new["targets"][3]["measure"]["steps"][1]["code"] = json!("B1"),
        &["/targets/3/measure/steps/1/code list.duplicate"],
    ),
    (|new| new["correctionReason"] = json!("Không sửa gì"), &["/correctsId correction.incomplete"]),
];

#[tokio::test]
async fn what_is_not_of_the_form_of_the_contract_is_named_by_pointer_and_writes_nothing() {
    let (app, campaign) = begun().await;
    let head = app.persona("unit-head");
    let list = format!("/campaigns/{}/registrations", campaign.id());
    let mut whole = stage::content();
    whole["unitId"] = stage::unit_of(&app, "unit-head").await;
    for (spoil, fault) in FORM {
        let mut new = whole.clone();
        spoil(&mut new);
        assert_eq!(head.create(&list, new).await.refused(400).faults(), [*fault]);
    }
    for (spoil, faults) in RULES {
        let mut new = whole.clone();
        spoil(&mut new);
        assert_eq!(head.create(&list, new).await.refused(422).faults(), *faults);
    }
    let missing = json!({"unitId": whole["unitId"]});
    assert_eq!(head.create(&list, missing).await.refused(400).faults(), ["/targets field.missing"]);
    assert_eq!(count(&app, &campaign).await, 0);
}

#[tokio::test]
async fn a_lone_surrogate_is_no_text_and_a_body_that_is_no_json_no_body() {
    let (app, campaign) = begun().await;
    let head = app.persona("unit-head");
    let list = format!("/campaigns/{}/registrations", campaign.id());
    let mut whole = stage::content();
    whole["unitId"] = stage::unit_of(&app, "unit-head").await;
    let lone = whole.to_string().replace("Sáng kiến được công nhận", r"Sáng kiến \ud800");
    assert!(lone.contains(r"\ud800"));
    for (index, raw) in [lone, "{".to_owned(), format!("{whole}{whole}"), String::new()].into_iter().enumerate() {
        let sender = head.with("Idempotency-Key", &format!("raw-{index}"));
        let refused = sender.send(Method::POST, &list, Some(raw)).await.refused(400);
        assert_eq!(refused.body["errors"][0]["code"], "json.malformed", "{}", refused.body);
    }
    assert_eq!(count(&app, &campaign).await, 0);
}

#[tokio::test]
async fn text_comes_back_in_nfc_and_trimmed_whatever_form_it_came_in() {
    let (app, campaign) = begun().await;
    let mut content = stage::content();
    // Letters and marks one by one (NFD), as some keyboards and file systems write them.
    let decomposed = "Sa\u{301}ng kie\u{302}\u{301}n hay";
    content["targets"][0]["name"] = json!(format!("  {decomposed} "));
    let draft = stage::registration(&app, &campaign, "unit-head", content).await;
    assert_eq!(draft.body["targets"][0]["name"], "S\u{e1}ng ki\u{1ebf}n hay");
}

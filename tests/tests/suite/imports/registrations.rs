//! Registrations that come in tables: corrections of what was accepted, and papers of which a row is wrong.

use super::*;

const NAMES: &str = "unitCode,code,name,measure.measureUnit,measure.planned,correctionReason\n";

/// A campaign on 20 September, and where its registrations come in.
async fn begun() -> (TestApp, Reply, String) {
    let app = TestApp::start_at("2025-09-15").await;
    let campaign = stage::running(&app).await;
    app.at("2025-09-20");
    let path = format!("/campaigns/{}/registration-imports", campaign.id());
    (app, campaign, path)
}

#[tokio::test]
async fn a_table_corrects_what_was_accepted_where_it_says_why_and_leaves_alone_what_is_the_same() {
    let (app, campaign, path) = begun().await;
    let accepted = stage::registered(&app, &campaign, "unit-head").await;
    let head = app.persona("unit-head");
    let row =
        |planned: &str, reason: &str| format!("TH1,SANG-KIEN,Sáng kiến được công nhận,sáng kiến,{planned},{reason}\n");
    let unsaid = send(&head, &path, Form::Csv, format!("{NAMES}{}", row("6", ""))).await.refused(422);
    assert_eq!(unsaid.faults(), ["/correctionReason registration.accepted"]);
    let two = format!("{NAMES}{}TH1,MOI,Mô hình mới,mô hình,1,Lý do khác\n", row("6", "Sau hội nghị đầu năm học"));
    let refused = send(&head, &path, Form::Csv, two).await.refused(422);
    assert_eq!(
        (refused.faults(), &refused.body["errors"][0]["row"]),
        (vec!["/correctionReason import.reasonsDiffer".to_owned()], &json!(3))
    );

    let file = format!("{NAMES}{}TH1,MOI,Mô hình mới,mô hình,1,\n", row("6", "Sau hội nghị đầu năm học"));
    let done = send(&head, &path, Form::Csv, file.clone()).await.created();
    assert_eq!(done.body["created"], 1);
    let listed = head.get(&format!("/campaigns/{}/registrations?stage=DRAFT", campaign.id())).await.ok();
    let draft = head.get(&format!("/registrations/{}", listed.body["items"][0]["id"].as_str().unwrap())).await.ok();
    assert_eq!((draft.text("correctsId"), draft.text("correctionReason")), (accepted.id(), "Sau hội nghị đầu năm học"));
    assert_eq!(
        draft.body["actionProgramme"], accepted.body["actionProgramme"],
        "what the table does not speak of stays"
    );
    assert_eq!(
        send(&head, &path, Form::Csv, file.clone()).await.created().body["unchanged"],
        1,
        "it is drafted already"
    );

    let submitted = head.command(&format!("/registrations/{}/submit", draft.id()), &draft).await.ok();
    app.persona("coordinator").command(&format!("/registrations/{}/accept", draft.id()), &submitted).await.ok();
    assert_eq!(send(&head, &path, Form::Csv, file).await.created().body["unchanged"], 1, "and accepted already");
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    assert_eq!(target.body["measure"]["planned"], "6");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn who_has_nothing_accepted_has_nothing_to_correct() {
    let (app, _, path) = begun().await;
    let file = format!("{NAMES}TH1,SANG-KIEN,Sáng kiến,sáng kiến,6,Nhầm\n");
    let refused = send(&app.persona("unit-head"), &path, Form::Csv, file).await.refused(422);
    assert_eq!(refused.faults(), ["/correctionReason correction.notAccepted"]);
}

#[tokio::test]
async fn a_registration_of_which_a_row_cannot_be_read_is_not_drafted_without_it() {
    let (app, campaign, path) = begun().await;
    let best = format!("{path}?mode=BEST_EFFORT");
    let head = app.persona("unit-head");
    let file = format!("{NAMES}TH1,A,Một,ca,1,\nTH1,B,Hai,ca,nhiều,\nTYTX,C,Ba,ca,1,\n");
    let refused = send(&head, &best, Form::Csv, file).await.refused(422);
    let told: Vec<_> = refused.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["row"].clone(), error["code"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (json!(2), json!("import.paperIncomplete")),
            (json!(3), json!("decimal.malformed")),
            (json!(4), json!("policy.otherUnit")),
        ]
    );
    // Whose row it is cannot be told: the paper of anybody might lack it.
    let lost = "{\"unitCode\": \"TH1\", \"code\": \"A\", \"name\": \"Một\", \"measure\": {\"kind\": \"QUALITATIVE\", \"expected\": \"Có.\"}}\n{\"unitCode\": \n";
    let refused = send(&head, &best, Form::Ndjson, lost).await.refused(400);
    assert_eq!(refused.faults(), ["/unitCode json.malformed"]);
    let listed = head.get(&format!("/campaigns/{}/registrations", campaign.id())).await.ok();
    assert_eq!(listed.body["items"], json!([]));
}

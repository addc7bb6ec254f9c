//! What the recipient answers: in order, twice, late.

use serde_json::json;
use thidua_tests::{Reply, TestApp};

use crate::stage::city::{self, RECEIPT, dispatch, october, replacing, sent, way};

const TODAY: &str = "2025-12-12T08:00:00+07:00";

async fn answer(app: &TestApp, persona: &str, of: &Reply, verb: &str, reference: &str) -> Reply {
    let mut body = json!({ "reference": reference });
    if verb == "refuse" {
        body["reason"] = "Thiếu phụ lục số liệu.".into();
    }
    app.persona(persona).command_with(&format!("/dispatches/{}/{verb}", of.id()), of, body).await
}

async fn report(app: &TestApp, sent: &Reply) -> Reply {
    app.persona("clerk").get(&format!("/consolidated-reports/{}", sent.id())).await.ok()
}

#[tokio::test]
async fn sending_a_report_puts_it_on_its_way_to_the_city_that_the_plan_names() {
    let app = TestApp::start_at(TODAY).await;
    let october = october(&app).await;
    app.at(TODAY);
    let sent = sent(&app, &october).await;
    let dispatch = dispatch(&app, &sent).await;
    assert_eq!(dispatch.text("stage"), "SENT");
    assert_eq!(dispatch.body["consolidatedReportId"], sent.body["id"]);
    assert_eq!(dispatch.body["document"], sent.body["document"]);
    assert_eq!(dispatch.body["recipient"], json!({ "name": "UBND thành phố" }), "nobody made up a code");
    assert_eq!((dispatch.text("channel"), dispatch.text("sentAt")), ("BY_HAND", "2025-12-12T01:00:00Z"));
    assert_eq!(
        (&dispatch.body["sentAt"], &dispatch.body["sentLate"]),
        (&sent.body["dispatch"]["sentAt"], &json!(false))
    );
    for persona in ["coordinator", "auditor", "portal", "chair"] {
        app.persona(persona).get(&format!("/dispatches/{}", dispatch.id())).await.ok();
    }
    for persona in ["unit-head", "communications"] {
        app.persona(persona).get(&format!("/dispatches/{}", dispatch.id())).await.refused(404);
    }
    let log = app.check_log().await;
    assert_eq!(log.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_late_when_it_is_sent_is_late_in_its_dispatch_whenever_it_arrives() {
    let app = TestApp::start_at(TODAY).await;
    let october = october(&app).await;
    for (number, instant, late) in
        [(25, "2025-12-14T23:59:59.999999+07:00", false), (26, "2025-12-15T00:00:00+07:00", true)]
    {
        let draft = if late {
            let refused = app.persona("portal").get(&city::collection(&october)).await.ok();
            let refused = refused.body["items"][0]["id"].as_str().unwrap().to_owned();
            let refused = app.persona("portal").get(&format!("/consolidated-reports/{refused}")).await.ok();
            replacing(&app, &october, &refused).await.created()
        } else {
            city::draft(&app, &october).await
        };
        let submitted = app.persona("coordinator").command(&way(&draft, "submit"), &draft).await.ok();
        let signed = app.persona("chair").command_with(&way(&draft, "sign"), &submitted, json!({})).await.ok();
        let numbering = json!({ "number": number, "issueDate": app.today() });
        let issued = app.persona("clerk").command_with(&way(&draft, "issue"), &signed, numbering).await.ok();
        let issued = city::seal(&app, &issued).await;
        app.at(instant);
        let sent = app.persona("clerk").command(&way(&draft, "send"), &issued).await.ok();
        let dispatch = dispatch(&app, &sent).await;
        assert_eq!(dispatch.body["sentLate"], late, "{instant}");
        let refused = answer(&app, "clerk", &dispatch, "refuse", "TRUC-7").await.ok();
        assert_eq!(refused.body["sentLate"], late);
    }
}

#[tokio::test]
async fn the_desk_answers_that_it_arrived_and_that_it_was_taken_and_the_report_is_acknowledged() {
    let app = TestApp::start_at(TODAY).await;
    let sent = sent(&app, &october(&app).await).await;
    let arrived = answer(&app, "clerk", &dispatch(&app, &sent).await, "receive", "TRUC-1").await.ok();
    assert_eq!((arrived.text("stage"), &arrived.body["receipt"]["reference"]), ("RECEIVED", &json!("TRUC-1")));
    assert_eq!(report(&app, &sent).await.text("stage"), "SENT");
    app.at("2025-12-13T09:00:00+07:00");
    let taken = answer(&app, "clerk", &arrived, "accept", RECEIPT).await.ok();
    assert_eq!(taken.body["receipt"], arrived.body["receipt"]);
    let report = report(&app, &sent).await;
    assert_eq!(report.text("stage"), "ACKNOWLEDGED");
    let receipt = json!({ "receiptNumber": RECEIPT, "acknowledgedAt": "2025-12-13T02:00:00Z" });
    assert_eq!(report.body["receipt"], receipt);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_said_twice_is_answered_as_before_and_written_once() {
    let app = TestApp::start_at(TODAY).await;
    let sent = sent(&app, &october(&app).await).await;
    let on_its_way = dispatch(&app, &sent).await;
    let mut events = app.events().await;
    for (verb, reference, written) in [("receive", "TRUC-1", 1), ("accept", RECEIPT, 2), ("refuse", "TRUC-2", 2)] {
        let first = answer(&app, "portal", &dispatch(&app, &sent).await, verb, reference).await.ok();
        events += written;
        // By whoever hears of it, with other keys, and with what was read long before.
        for (persona, read) in [("portal", &first), ("clerk", &first), ("clerk", &on_its_way)] {
            let again = answer(&app, persona, read, verb, reference).await.ok();
            assert_eq!(again.header("Idempotency-Replayed"), "true", "{verb} by {persona}");
            assert_eq!(again.header("Event-Id"), first.header("Event-Id"));
            assert_eq!((again.text("stage"), &again.body["version"]), (first.text("stage"), &first.body["version"]));
        }
        assert_eq!(app.events().await, events, "{verb} is written once");
    }
    // To say again what was said before the refusal changes nothing either.
    let again = answer(&app, "portal", &on_its_way, "accept", RECEIPT).await.ok();
    assert_eq!((again.text("stage"), app.events().await), ("REFUSED", events));
    for (verb, reference) in [("receive", "TRUC-9"), ("accept", "TRUC-9"), ("refuse", "TRUC-9")] {
        let now = dispatch(&app, &sent).await;
        assert_eq!(answer(&app, "clerk", &now, verb, reference).await.refused(409).code(), "dispatch.answered");
        let stale = answer(&app, "clerk", &on_its_way, verb, reference).await.refused(412);
        assert_eq!(stale.code(), "resource.stale");
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_refused_late_is_recorded_and_a_new_report_takes_its_place() {
    let app = TestApp::start_at(TODAY).await;
    let october = october(&app).await;
    let sent = sent(&app, &october).await;
    let taken = answer(&app, "portal", &dispatch(&app, &sent).await, "accept", RECEIPT).await.ok();
    let early = replacing(&app, &october, &sent).await.refused(409);
    assert_eq!(early.faults(), ["/replacesId consolidatedReport.replacesNotRefused"]);

    app.at("2025-12-13T10:00:00+07:00");
    let refused = answer(&app, "clerk", &taken, "refuse", "TRUC-3").await.ok();
    assert_eq!(refused.text("stage"), "REFUSED");
    assert_eq!(refused.body["acceptance"], taken.body["acceptance"], "what was said before is not forgotten");
    assert_eq!(refused.body["rejection"]["reason"], "Thiếu phụ lục số liệu.");
    let old = report(&app, &sent).await;
    assert_eq!(old.text("stage"), "REFUSED");
    assert_eq!(old.body["receipt"]["receiptNumber"], RECEIPT);
    assert_eq!(old.body["refusal"]["refusedAt"], "2025-12-13T03:00:00Z");
    assert_eq!(old.body["dispatch"], sent.body["dispatch"]);

    let new = replacing(&app, &october, &old).await.created();
    let submitted = app.persona("coordinator").command(&way(&new, "submit"), &new).await.ok();
    let signed = app.persona("chair").command_with(&way(&new, "sign"), &submitted, json!({})).await.ok();
    let numbering = json!({ "number": 26, "issueDate": app.today() });
    let issued = app.persona("clerk").command_with(&way(&new, "issue"), &signed, numbering).await.ok();
    let issued = city::seal(&app, &issued).await;
    let sent = app.persona("clerk").command(&way(&new, "send"), &issued).await.ok();
    let again = dispatch(&app, &sent).await;
    let manifest = app.persona("clerk").get(&format!("/dispatches/{}/manifest", again.id())).await.ok();
    assert_eq!(manifest.text("purpose"), "REPLACEMENT");
    assert_eq!(manifest.body["earlierDocument"]["symbol"], "25/BC-UBND");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_the_city_says_of_the_report_counts_for_its_dispatch_and_twice_is_once() {
    let app = TestApp::start_at(TODAY).await;
    let sent = sent(&app, &october(&app).await).await;
    let receipt = json!({ "receiptNumber": RECEIPT });
    let portal = app.persona("portal");
    let acknowledged = portal.command_with(&way(&sent, "acknowledge"), &sent, receipt.clone()).await.ok();
    let events = app.events().await;
    let again = portal.command_with(&way(&sent, "acknowledge"), &sent, receipt).await.ok();
    assert_eq!((again.header("Idempotency-Replayed"), again.etag()), ("true", acknowledged.etag()));
    let other = json!({ "receiptNumber": "HP-2025-2" });
    let other = portal.command_with(&way(&sent, "acknowledge"), &acknowledged, other).await.refused(409);
    assert_eq!(other.code(), "consolidatedReport.notSent");
    assert_eq!(app.events().await, events);
    let taken = dispatch(&app, &sent).await;
    assert_eq!((taken.text("stage"), &taken.body["acceptance"]["reference"]), ("ACCEPTED", &json!(RECEIPT)));

    let reason = json!({ "reason": "Số liệu phụ lục 2 không khớp." });
    let refused = portal.command_with(&way(&sent, "refuse"), &acknowledged, reason.clone()).await.ok();
    assert_eq!(refused.body["receipt"], acknowledged.body["receipt"]);
    let events = app.events().await;
    portal.command_with(&way(&sent, "refuse"), &acknowledged, reason).await.ok();
    assert_eq!(app.events().await, events);
    let refused = dispatch(&app, &sent).await;
    assert_eq!(refused.body["rejection"]["reason"], "Số liệu phụ lục 2 không khớp.");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn the_desk_and_the_city_answering_at_once_are_heard_one_after_the_other() {
    let app = TestApp::start_at(TODAY).await;
    let sent = sent(&app, &october(&app).await).await;
    let on_its_way = dispatch(&app, &sent).await;
    let by_the_city = json!({ "receiptNumber": RECEIPT });
    let portal = app.persona("portal");
    let way_of_the_report = way(&sent, "acknowledge");
    let (desk, city) = tokio::join!(
        answer(&app, "clerk", &on_its_way, "accept", RECEIPT),
        portal.command_with(&way_of_the_report, &sent, by_the_city)
    );
    // Both say the same: whoever comes second has nothing to add.
    assert_eq!((desk.ok().text("stage"), city.ok().text("stage")), ("ACCEPTED", "ACKNOWLEDGED"));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn the_list_says_what_was_sent_and_is_asked_by_report_and_stage() {
    let app = TestApp::start_at(TODAY).await;
    let october = october(&app).await;
    let sent = sent(&app, &october).await;
    let list = format!("/campaigns/{}/dispatches", october.campaign.id());
    let count = async |query: &str| {
        let page = app.persona("auditor").get(&format!("{list}{query}")).await.ok();
        page.body["items"].as_array().unwrap().len()
    };
    assert_eq!(count("").await, 1);
    assert_eq!(count("?stage=SENT&stage=REFUSED").await, 1);
    assert_eq!(count("?stage=REFUSED").await, 0);
    assert_eq!(count(&format!("?consolidatedReportId={}", sent.id())).await, 1);
    assert_eq!(count(&format!("?consolidatedReportId={}", october.campaign.id())).await, 0);
    let nobody = app.persona("unit-head").get(&list).await.ok();
    assert_eq!(nobody.body["items"], json!([]));
    let wrong = app.persona("clerk").get(&format!("{list}?stage=LOST")).await.refused(400);
    assert_eq!(wrong.faults().len(), 1);
}

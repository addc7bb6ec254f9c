//! What `actions` says of a command is what the command answers, for everybody and in every stage.

use super::*;

const PERSONAS: [&str; 9] = [
    "unit-officer",
    "unit-head",
    "coordinator",
    "second-coordinator",
    "office",
    "vice-chair",
    "chair",
    "auditor",
    "portal",
];
const COMMANDS: [(&str, &str); 4] =
    [("replaceReport", ""), ("submitReport", "submit"), ("acceptReport", "accept"), ("returnReport", "return")];

/// Tries everything that is said to be refused; answers who is said to be able to do what.
async fn tried(app: &TestApp, report: &Reply) -> Vec<(&'static str, &'static str)> {
    let mut allowed = Vec::new();
    for persona in PERSONAS {
        let person = app.persona(persona);
        let seen = person.get(&format!("/reports/{}", report.id())).await;
        if seen.status != 200 {
            continue;
        }
        for (command, verb) in COMMANDS {
            let Some(obstacle) = seen.obstacle(command) else {
                allowed.push((persona, command));
                continue;
            };
            let answer = match verb {
                "" => person.replace(&format!("/reports/{}", report.id()), &seen, json!({})).await,
                "return" => person.command_with(&at(report, verb), &seen, because("Bổ sung")).await,
                _ => person.command(&at(report, verb), &seen).await,
            };
            assert_eq!(answer.code(), obstacle, "{persona} {command} {}", seen.text("stage"));
            assert!(matches!(answer.status.as_u16(), 403 | 409));
        }
    }
    allowed
}

#[tokio::test]
async fn what_is_refused_is_refused_as_foretold_and_what_is_allowed_is_done() {
    let (app, _, period) = in_november().await;
    let with_the_unit =
        [("unit-officer", "replaceReport"), ("unit-head", "replaceReport"), ("unit-head", "submitReport")];
    let judged = [
        ("coordinator", "acceptReport"),
        ("coordinator", "returnReport"),
        ("second-coordinator", "acceptReport"),
        ("second-coordinator", "returnReport"),
        ("office", "returnReport"),
    ];
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    assert_eq!(tried(&app, &draft).await, with_the_unit);
    let submitted = app.persona("unit-head").command(&at(&draft, "submit"), &draft).await.ok();
    assert_eq!(tried(&app, &draft).await, judged);
    let returned = app.persona("office").command_with(&at(&draft, "return"), &submitted, because("Bổ sung")).await.ok();
    assert_eq!(tried(&app, &draft).await, with_the_unit);
    let again = app.persona("unit-head").command(&at(&draft, "submit"), &returned).await.ok();
    let accepted = app.persona("second-coordinator").command(&at(&draft, "accept"), &again).await.ok();
    assert_eq!(tried(&app, &draft).await, []);

    let correction = json!({
        "unitId": draft.body["unitId"], "correctsId": draft.id(), "correctionReason": "Số liệu nhập nhầm",
    });
    let correction =
        app.persona("unit-head").create(&format!("/periods/{}/reports", period.id()), correction).await.created();
    let submitted = app.persona("unit-head").command(&at(&correction, "submit"), &correction).await.ok();
    app.persona("coordinator").command(&at(&correction, "accept"), &submitted).await.ok();
    assert_eq!(tried(&app, &accepted).await, [], "superseded");
}

#[tokio::test]
async fn a_draft_of_a_closed_period_can_be_written_but_not_handed_in() {
    let (app, _, period) = in_november().await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    app.at(DUE);
    app.persona("coordinator").command(&format!("/periods/{}/close", period.id()), &period).await.ok();
    assert_eq!(tried(&app, &draft).await, [("unit-officer", "replaceReport"), ("unit-head", "replaceReport")]);
}

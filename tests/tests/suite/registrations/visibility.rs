//! Who sees which registration: what is invisible looks absent.

use serde_json::json;
use thidua_tests::{Reply, TestApp};

use super::{begun, path};
use crate::stage;

/// Those who read this registration, of all who could.
async fn readers(app: &TestApp, campaign: &Reply, registration: &Reply) -> Vec<&'static str> {
    const PERSONAS: &[&str] = &[
        "unit-officer",
        "unit-head",
        "other-unit-officer",
        "other-unit-head",
        "head-of-TH2",
        "coordinator",
        "office",
        "chair",
        "vice-chair",
        "auditor",
        "portal",
        "clerk",
        "communications",
        "accountant",
        "council-member",
        "council-secretary",
        "admin",
    ];
    let mut readers = Vec::new();
    for name in PERSONAS {
        let person = app.persona(name);
        let read = person.get(&format!("/registrations/{}", registration.id())).await;
        let listed = person.get(&format!("/campaigns/{}/registrations?includeTotal=true", campaign.id())).await.ok();
        let seen = read.status.as_u16() == 200;
        assert_eq!(listed.body["total"], i32::from(seen), "{name}: the list says something else than {}", read.status);
        assert!(seen || read.status.as_u16() == 404, "{name}: {}", read.status);
        if seen {
            readers.push(*name);
        }
    }
    readers
}

#[tokio::test]
async fn a_draft_is_the_units_own_and_what_is_accepted_reaches_the_portal() {
    let (app, campaign) = begun().await;
    let draft = stage::registration(&app, &campaign, "unit-officer", stage::content()).await;
    assert_eq!(readers(&app, &campaign, &draft).await, ["unit-officer", "unit-head", "auditor"]);
    let accept = path(&draft, "accept");
    app.persona("coordinator").command(&accept, &draft).await.refused(404);
    app.persona("other-unit-head").command(&path(&draft, "submit"), &draft).await.refused(404);

    let oversight = ["unit-officer", "unit-head", "coordinator", "office", "chair", "vice-chair", "auditor"];
    let submitted = app.persona("unit-head").command(&path(&draft, "submit"), &draft).await.ok();
    assert_eq!(readers(&app, &campaign, &submitted).await, oversight);

    let reason = json!({"reason": "Đề nghị điều chỉnh."});
    let returned = app.persona("coordinator").command_with(&path(&draft, "return"), &submitted, reason).await.ok();
    assert_eq!(readers(&app, &campaign, &returned).await, oversight);

    let again = app.persona("unit-head").command(&path(&draft, "submit"), &returned).await.ok();
    let accepted = app.persona("coordinator").command(&accept, &again).await.ok();
    let with_portal: Vec<_> = oversight.into_iter().chain(["portal"]).collect();
    assert_eq!(readers(&app, &campaign, &accepted).await, with_portal);
    app.stranger().get(&format!("/registrations/{}", accepted.id())).await.refused(401);
}

#[tokio::test]
async fn a_list_is_filtered_by_unit_and_stage_and_its_cursor_serves_no_other() {
    let (app, campaign) = begun().await;
    let accepted = stage::registered(&app, &campaign, "unit-head").await;
    let submitted = stage::handed_in(&app, &campaign, "other-unit-head", stage::content()).await;
    let third = stage::handed_in(&app, &campaign, "head-of-TH2", stage::content()).await;
    let coordinator = app.persona("coordinator");
    let list = format!("/campaigns/{}/registrations", campaign.id());
    let ids = |reply: &Reply| -> Vec<String> {
        let items = reply.body["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };

    let newest = coordinator.get(&list).await.ok();
    assert_eq!(ids(&newest), [third.id(), submitted.id(), accepted.id()]);
    assert!(newest.body["items"][0]["actions"].is_null());
    let by_stage = coordinator.get(&format!("{list}?stage=ACCEPTED&stage=WITHDRAWN")).await.ok();
    assert_eq!(ids(&by_stage), [accepted.id()]);
    let (one, two) = (submitted.text("unitId"), third.text("unitId"));
    let by_unit = coordinator.get(&format!("{list}?unitId={one}&unitId={two}")).await.ok();
    assert_eq!(ids(&by_unit), [third.id(), submitted.id()]);

    let first = coordinator.get(&format!("{list}?limit=2&includeTotal=true")).await.ok();
    assert_eq!((ids(&first).len(), first.body["total"].as_i64()), (2, Some(3)));
    let cursor = first.text("nextCursor");
    assert!(first.header("Link").contains(cursor));
    let rest = coordinator.get(&format!("{list}?limit=2&cursor={cursor}")).await.ok();
    assert_eq!((ids(&rest), rest.text("nextCursor")), (vec![accepted.id().to_owned()], ""));
    for other in [
        format!("{list}?stage=ACCEPTED&cursor={cursor}"),
        format!("/campaigns/{}/targets?cursor={cursor}", campaign.id()),
    ] {
        assert_eq!(coordinator.get(&other).await.refused(400).faults(), ["cursor parameter.foreignCursor"]);
    }
    for (query, fault) in [
        ("stage=DONE", "stage field.unknownValue"),
        ("unitId=TH1", "unitId id.malformed"),
        ("limit=0", "limit field.outOfBounds"),
        ("unit=TH1", "unit parameter.unknown"),
    ] {
        assert_eq!(coordinator.get(&format!("{list}?{query}")).await.refused(400).faults(), [fault]);
    }
}

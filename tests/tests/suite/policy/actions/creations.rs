//! What is made within a campaign, a period, a rubric, or by itself: it is flagged where it would be made.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use thidua_api::openapi::Contract;
use thidua_tests::TestApp;

use super::{
    super::{
        NOTHING,
        agreement::{Agreement, ME, commands_on},
        operations,
        samples::body,
    },
    because, stages, then,
};
use crate::{
    attachments::registers,
    documents,
    stage::{self, city, office, reporting},
};

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_campaign() {
    let app = TestApp::start_at("2025-09-15").await;
    // What units can be reminded with.
    registers::sent_letter(&app).await;
    let mut agreement = Agreement::on(&app, "campaigns").await;
    let unwritten = |kind| json!({"kind": kind, "periodIds": [NOTHING], "cutOffDate": "2025-09-15"});
    agreement.asks("createConsolidatedReport", unwritten("CITY_FINAL"));
    agreement.asks_office("createConsolidatedReport", unwritten("PERIODIC"));
    let mut other = body(&app, "createCampaign").await.unwrap();
    other["code"] = json!("gia-loc-2025-cu");
    let given_up = app.persona("coordinator").create("/campaigns", other).await.created();
    let given_up = then(&app, "chair", "campaigns", &given_up, "cancel", Some(because())).await;
    agreement.holds_for(&given_up).await;

    let draft = stage::drafted(&app).await;
    agreement.holds_for(&draft).await;
    let submitted = then(&app, "coordinator", "campaigns", &draft, "submit", None).await;
    agreement.holds_for(&submitted).await;
    let signed = then(&app, "chair", "campaigns", &submitted, "sign", None).await;
    agreement.holds_for(&signed).await;
    let issued = then(&app, "clerk", "campaigns", &signed, "issue", body(&app, "issueCampaign").await).await;
    agreement.holds_for(&issued).await;
    let running = then(&app, "chair", "campaigns", &issued, "launch", None).await;
    agreement.holds_for(&running).await;

    // There are reports to compile now.
    let reported = TestApp::start_at("2025-11-03").await;
    let october = city::october(&reported).await;
    registers::sent_letter(&reported).await;
    let mut of_reported = Agreement::on(&reported, "campaigns").await;
    let mut another = reporting::october();
    another["code"] = json!("2025-10-SO-KET");
    of_reported.asks("createPeriod", another);
    of_reported.asks("createConsolidatedReport", city::new(&october));
    of_reported.asks_office("createConsolidatedReport", office::new(&october, "PERIODIC"));
    of_reported.holds_for(&october.campaign).await;
    agreement.joins(of_reported);
    agreement.is_complete(&stages("campaigns"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_on_what_belongs_to_no_other_thing() {
    let app = TestApp::start_at("2025-09-15").await;
    documents::series_of_letters(&app, "OWN").await;
    let mut agreement = Agreement::on(&app, ME).await;
    let mut another = documents::letters(&app, "OWN").await;
    another["documentType"] = json!("NOTICE");
    agreement.asks("createDocumentSeries", another);
    let me = app.persona("auditor").get("/me").await.ok();
    agreement.holds_for(&me).await;
    agreement.is_complete(&stages(ME));
}

#[tokio::test]
async fn the_actions_of_a_resource_are_all_its_commands() {
    let app = TestApp::start_at("2025-11-03").await;
    let october = city::october(&app).await;
    let target = stage::target(&app, &october.campaign, "unit-officer", "CSVC").await;
    let registrations = format!("/campaigns/{}/registrations", october.campaign.id());
    let registrations = app.persona("coordinator").get(&registrations).await.ok();
    let registration = registrations.body["items"][0]["id"].as_str().unwrap().to_owned();
    let draft = reporting::report(&app, &october.period, "TH2", "head-of-TH2").await;
    let evidence = reporting::attached(&app, &draft, "head-of-TH2").await;
    let sent = city::sent(&app, &october).await;
    let measured = reporting::measured_in_october(&app, &october.campaign, "unit-officer", "SANG-KIEN").await;
    let of = BTreeMap::from([
        ("campaigns", october.campaign.id().to_owned()),
        ("registrations", registration),
        ("targets", target.id().to_owned()),
        ("units", stage::unit(&app, "TYTX").await.as_str().unwrap().to_owned()),
        ("periods", october.period.id().to_owned()),
        ("reports", october.school.id().to_owned()),
        ("attachments", evidence.id().to_owned()),
        ("measurements", measured.id().to_owned()),
        (
            "validation-rules",
            reporting::rule(&app, &october.campaign, reporting::not_below("WARN")).await.id().to_owned(),
        ),
        (
            "reminder-rules",
            reporting::reminder_rule(&app, &october.campaign, reporting::two_days_before()).await.id().to_owned(),
        ),
        ("consolidated-reports", sent.id().to_owned()),
        ("dispatches", city::dispatch(&app, &sent).await.id().to_owned()),
        (ME, String::new()),
    ]);
    for (collection, id) in of {
        let read = app.persona("auditor").get(format!("/{collection}/{id}").trim_end_matches('/')).await.ok();
        let flags = read.body["actions"].as_array().unwrap();
        let flagged: BTreeSet<_> = flags.iter().map(|action| action["operation"].as_str().unwrap()).collect();
        let commands: BTreeSet<_> = commands_on(collection).map(|one| one.id.as_str()).collect();
        assert_eq!((flagged, flags.len()), (commands.clone(), commands.len()), "{collection}");
    }
}

/// What can be read alone, by its operation, with the schema of what is answered.
fn single_resources() -> Vec<(&'static str, Value)> {
    let contract = Contract::document();
    let answered = |id: &str| {
        let described =
            contract["paths"].as_object().unwrap().values().find(|item| item["get"]["operationId"] == id)?;
        let named = described["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].as_str()?;
        let schema = contract["components"]["schemas"][named.rsplit('/').next()?].clone();
        (!schema["properties"]["version"].is_null()).then_some(schema)
    };
    let alone = operations().iter().filter(|one| one.method == "GET" && one.path.ends_with('}'));
    alone.filter_map(|one| Some((one.id.as_str(), answered(&one.id)?))).collect()
}

#[test]
fn every_single_resource_says_what_the_caller_could_do_with_it() {
    let resources = single_resources();
    assert!(resources.len() > 20, "{} resources", resources.len());
    for (operation, schema) in resources {
        assert!(schema["properties"]["actions"].is_object(), "{operation}");
    }
}

//! The reports of Văn phòng to the committee.

use thidua_domain::policy::Addressee;
use thidua_tests::TestApp;

use super::Sample;
use crate::stage::{
    city::{frozen, october},
    office,
};

pub(super) async fn sample(app: &TestApp, operation: &str) -> Option<Sample> {
    let addressee = Some(Addressee::Committee);
    let of = |object, body| Some(Sample { object: Some(object), unit: Some("VP"), addressee, body });
    let reported = october(app).await;
    match operation {
        "createConsolidatedReport" => of(reported.campaign.clone(), Some(office::new(&reported, "PERIODIC"))),
        "replaceConsolidatedReport" | "submitConsolidatedReport" => of(office::draft(app, &reported).await, None),
        "freezeConsolidatedReport" => of(office::draft(app, &reported).await, Some(frozen(&reported))),
        "returnConsolidatedReport" | "signConsolidatedReport" => of(office::under_review(app, &reported).await, None),
        "issueConsolidatedReport" => of(office::signed(app, &reported).await, None),
        "presentConsolidatedReport" => of(office::sealed(app, &reported).await, None),
        "receiveConsolidatedReport" | "handBackConsolidatedReport" => of(office::presented(app, &reported).await, None),
        _ => None,
    }
}

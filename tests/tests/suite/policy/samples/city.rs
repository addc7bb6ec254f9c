//! The report to the city.

use thidua_domain::policy::Addressee;
use thidua_tests::TestApp;

use super::Sample;
use crate::stage::city::{self, frozen, new, october, supplement};

pub(super) async fn sample(app: &TestApp, operation: &str) -> Option<Sample> {
    let addressee = Some(Addressee::City);
    let of = |object, body| Some(Sample { object: Some(object), unit: None, addressee, body });
    if operation.ends_with("Dispatch") {
        let sent = city::sent(app, &october(app).await).await;
        return of(city::dispatch(app, &sent).await, None);
    }
    if !operation.contains("ConsolidatedReport") {
        return None;
    }
    let reported = october(app).await;
    match operation {
        "createConsolidatedReport" => of(reported.campaign.clone(), Some(new(&reported))),
        "replaceConsolidatedReport" | "submitConsolidatedReport" => of(city::draft(app, &reported).await, None),
        "freezeConsolidatedReport" => of(city::draft(app, &reported).await, Some(frozen(&reported))),
        "returnConsolidatedReport" | "checkConsolidatedReportFormat" | "signConsolidatedReport" => {
            of(city::under_review(app, &reported).await, None)
        }
        "issueConsolidatedReport" => of(city::signed(app, &reported).await, None),
        "sendConsolidatedReport" => of(city::sealed(app, &reported).await, None),
        "acknowledgeConsolidatedReport" | "refuseConsolidatedReport" => of(city::sent(app, &reported).await, None),
        "supplementConsolidatedReport" => of(city::acknowledged(app, &reported).await, Some(supplement(&reported))),
        _ => None,
    }
}

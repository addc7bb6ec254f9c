//! Registrations, targets, periods and reports.

use thidua_tests::{Reply, TestApp};

use super::{Sample, rules};
use crate::stage::{
    self,
    city::office_report,
    reporting::{self, running_since_september},
};

/// The day on which October is reported on.
const IN_TIME: &str = "2025-11-03";
/// A day on which October can be closed.
const AFTERWARDS: &str = "2025-11-10";

pub(super) async fn sample(app: &TestApp, operation: &str, unit: &'static str) -> Option<Sample> {
    let of = |object, unit| Some(Sample { object: Some(object), unit, addressee: None, body: None });
    app.at(IN_TIME);
    match operation {
        "createRegistration" => of(running_since_september(app).await, Some(unit)),
        "importMeasurements" => of(registered(app).await, None),
        "createPeriod" | "createPeriodSchedule" | "importRegistrations" => of(running_since_september(app).await, None),
        "replaceRegistration" | "submitRegistration" | "withdrawRegistration" => {
            let campaign = running_since_september(app).await;
            of(stage::registration(app, &campaign, "unit-officer", stage::content()).await, Some(unit))
        }
        "acceptRegistration" | "returnRegistration" => {
            let campaign = running_since_september(app).await;
            of(stage::handed_in(app, &campaign, "unit-head", stage::content()).await, Some(unit))
        }
        "appendMeasurement" => {
            let campaign = registered(app).await;
            of(stage::target(app, &campaign, "unit-officer", "SANG-KIEN").await, Some(unit))
        }
        "attachToMeasurement" => {
            let campaign = registered(app).await;
            of(reporting::measured_in_october(app, &campaign, "unit-officer", "SANG-KIEN").await, Some(unit))
        }
        "openPeriod" => {
            let campaign = running_since_september(app).await;
            of(reporting::planned(app, &campaign).await, None)
        }
        "createReport" => of(open(app).await.1, Some(unit)),
        "closePeriod" => {
            let (_, period) = open(app).await;
            app.at(AFTERWARDS);
            of(period, None)
        }
        "reopenPeriod" => {
            let (_, period) = open(app).await;
            app.at(AFTERWARDS);
            let close = format!("/periods/{}/close", period.id());
            of(app.persona("coordinator").command(&close, &period).await.ok(), None)
        }
        "removeAttachment" => {
            let (_, period) = open(app).await;
            let report = reporting::report(app, &period, "TH1", "unit-officer").await;
            of(reporting::attached(app, &report, "unit-officer").await, Some(unit))
        }
        "replaceReport" | "submitReport" | "attachToReport" => {
            let (_, period) = open(app).await;
            of(reporting::report(app, &period, "TH1", "unit-officer").await, Some(unit))
        }
        "acceptReport" | "returnReport" => {
            let (campaign, period) = open(app).await;
            let report = match unit {
                "VHXH" => office_report(app, &campaign, &period).await,
                _ => reporting::handed_in(app, &period).await,
            };
            of(report, Some(unit))
        }
        _ => rules::sample(app, operation).await,
    }
}

/// A running campaign for which TH1 has registered.
async fn registered(app: &TestApp) -> Reply {
    let campaign = running_since_september(app).await;
    stage::registered(app, &campaign, "unit-head").await;
    campaign
}

/// A running campaign and its October, open for reports.
async fn open(app: &TestApp) -> (Reply, Reply) {
    let campaign = running_since_september(app).await;
    let period = reporting::open(app, &campaign).await;
    (campaign, period)
}

//! The contract's examples: real exchanges of the demonstration, so that they validate and name what `thidua dev` holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::client::{Exchange, Player, StoryError};
use crate::openapi::Contract;

/// How many items of a list an example shows.
const MOST_ITEMS: usize = 1;

/// What the contract shows: a sample of each exchange, and a value for each parameter of a path.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Examples {
    /// By operationId.
    pub operations: BTreeMap<String, Sample>,
    /// By name.
    pub parameters: BTreeMap<String, String>,
}

/// A sample of an exchange.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Sample {
    /// The body that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Value>,
    /// The body that came back.
    pub response: Value,
}

impl Sample {
    fn shows_nothing(&self) -> bool {
        self.response["items"].as_array().is_some_and(Vec::is_empty)
    }
}

/// Makes examples of what the player recorded while the story was told, and of a read of everything that there is now.
///
/// # Errors
/// A read that the service refuses.
pub async fn collect(player: &mut Player, contract: &Contract) -> Result<Examples, StoryError> {
    let mut examples = Examples::default();
    examples.add_recorded(player, contract);
    for (path, methods) in contract.paths() {
        let Some(route) = methods.get("GET").filter(|_| path != "/openapi.json") else { continue };
        // Pictures and files are no JSON; their operations show one themselves.
        if !route.produces.iter().any(|made| made == "application/json")
            || examples.operations.contains_key(&*route.operation)
        {
            continue;
        }
        let query =
            QUERIES.iter().find(|(operation, _)| *operation == &*route.operation).map_or("", |(_, query)| query);
        let path = filled(path, &examples.parameters);
        // What the story makes none of cannot be read.
        if path.contains('{') {
            continue;
        }
        player.get("auditor", &format!("{path}{query}")).await?;
        examples.add_recorded(player, contract);
    }
    Ok(examples)
}

impl Examples {
    /// Adds what the player recorded since, of operations that have no example yet, and what their parameters stand for.
    pub fn add_recorded(&mut self, player: &mut Player, contract: &Contract) {
        for exchange in player.take_recorded() {
            self.add(contract, &exchange);
        }
        self.parameters.extend(parameters(&self.operations));
    }

    /// The first exchange of an operation is its example, unless it was a list of nothing.
    fn add(&mut self, contract: &Contract, exchange: &Exchange) {
        let Some(operation) = contract.operation(&exchange.method, &exchange.path) else { return };
        if self.operations.get(operation).is_none_or(Sample::shows_nothing) {
            let request = exchange.request.clone().map(short);
            let sample = Sample { request, response: short(exchange.response.clone()) };
            self.operations.insert(operation.to_owned(), sample);
        }
    }
}

/// What an operation made, or the first of what it listed, is the example of the parameter that names such a thing.
const NAMED: &[(&str, &str)] = &[
    ("unitId", "listUnits"),
    ("campaignId", "createCampaign"),
    ("registrationId", "createRegistration"),
    ("targetId", "listTargets"),
    ("measurementId", "appendMeasurement"),
    ("attachmentId", "attachToReport"),
    ("periodId", "createPeriod"),
    ("reportId", "createReport"),
    ("consolidatedReportId", "createConsolidatedReport"),
    ("dispatchId", "readDispatch"),
    ("documentId", "listDocuments"),
    ("documentSeriesId", "createDocumentSeries"),
    ("incomingDocumentId", "recordIncomingDocument"),
    ("validationRuleId", "createValidationRule"),
    ("scoringRubricId", "createScoringRubric"),
    ("assessmentId", "assessUnit"),
    ("calendarDayId", "readCalendar"),
    ("periodScheduleId", "createPeriodSchedule"),
    ("reminderRuleId", "createReminderRule"),
    ("reminderId", "listReminders"),
    ("notificationId", "listNotifications"),
];

/// What reads ask that cannot be asked without it.
const QUERIES: &[(&str, &str)] = &[
    ("readProgress", "?by=FIELD"),
    ("readProgressTrend", "?by=FIELD&code=3.2"),
    ("readChanges", "?fromDate=2025-11-03&toDate=2025-11-09"),
    ("readCalendar", "?fromDate=2025-12-16&toDate=2026-01-10"),
    (
        "previewPeriodSchedule",
        "?kind=QUARTERLY&startDate=2025-09-15&endDate=2025-12-31&dueWorkingDays=3&opensDaysBefore=6&closesWorkingDays=3",
    ),
];

fn parameters(operations: &BTreeMap<String, Sample>) -> BTreeMap<String, String> {
    let found = NAMED.iter().filter_map(|(parameter, operation)| {
        let response = &operations.get(*operation)?.response;
        let id = response["id"]
            .as_str()
            .or_else(|| response["items"][0]["id"].as_str())
            .or_else(|| response["exceptions"][0]["id"].as_str())?;
        Some(((*parameter).to_owned(), id.to_owned()))
    });
    found.collect()
}

fn filled(path: &str, parameters: &BTreeMap<String, String>) -> String {
    parameters.iter().fold(path.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value))
}

/// A cursor is signed with a secret of its installation, so that only its form can be shown.
fn shown(name: String, value: Value) -> (String, Value) {
    let value = if name == "nextCursor" { "bm90IGEgcmVhbCBjdXJzb3I".into() } else { short(value) };
    (name, value)
}

/// An example shows how things look, not how many there are.
fn short(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().take(MOST_ITEMS).map(short).collect(),
        Value::Object(members) => Value::Object(members.into_iter().map(|(name, value)| shown(name, value)).collect()),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain,
    }
}

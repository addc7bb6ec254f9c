//! Figures: what a report says of each target, frozen on submission with everything that explains it later.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Content, SubmissionFacts, TargetResult};
use crate::{
    attachment::{Enclosure, Proven},
    measure::{Measure, Value},
    refusal::{Code, Fault, Refusal},
    target::{MeasurementId, Target, TargetId, Topic},
    text::{Line, Paragraph, Token},
    time::Date,
};

/// What was found for a target, as measured.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The measurement to which the value can be walked back.
    pub measurement: MeasurementId,
    /// What proved the measurement then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Enclosure>,
    /// The day for which it holds.
    pub as_of: Date,
    /// The value.
    pub value: Value,
    /// How much of the way is gone, in percent; absent where no number says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion: Option<Decimal>,
    /// Whether the target is reached.
    pub reached: bool,
}

/// A target as it stood when the report was handed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// The target.
    pub target: TargetId,
    /// Its code.
    pub code: Token,
    /// What was to be reached.
    pub name: Line,
    /// What it is about.
    pub topic: Topic,
    /// Its task is restricted: it never appears in public figures.
    pub restricted: bool,
    /// What was planned.
    pub measure: Measure,
    /// What was found; absent where the target was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// Why it was not done, or what to know of the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Paragraph>,
}

/// Freezes the figures of a report: every target in force has a value or an explanation (`domain.md` §4.2), and no value
/// is of a day after `ends_on`, the last day that the report is about.
///
/// # Errors
/// By field: a target or measurement that is unknown or of another target, a measurement of a later day, and a target
/// that nothing is said of.
pub(super) fn freeze(content: &Content, facts: &SubmissionFacts, ends_on: Date) -> Result<Vec<Figure>, Refusal> {
    let targets = &facts.targets;
    let mut faults = Vec::new();
    let mut figures = Vec::with_capacity(content.target_results.len());
    for (index, result) in content.target_results.iter().enumerate() {
        match figure(result, facts, ends_on, &format!("/targetResults/{index}")) {
            Ok(figure) => figures.push(figure),
            Err(fault) => faults.push(fault),
        }
    }
    let named = |target: &Target| content.target_results.iter().any(|result| result.target == target.root.id);
    if !targets.iter().all(named) {
        faults.push(Fault::at("/targetResults", Code::TargetUnanswered));
    }
    Refusal::unless_empty(faults)?;
    Ok(figures)
}

fn figure(result: &TargetResult, facts: &SubmissionFacts, ends_on: Date, at: &str) -> Result<Figure, Fault> {
    let Some(target) = facts.targets.iter().find(|target| target.root.id == result.target) else {
        return Err(Fault::at(format!("{at}/targetId"), Code::UnknownReference));
    };
    let finding = match result.measurement {
        Some(id) => {
            let found = finding(id, target, &facts.measurements, ends_on);
            Some(found.map_err(|code| Fault::at(format!("{at}/measurementId"), code))?)
        }
        None if result.explanation.is_some() => None,
        None => return Err(Fault::at(at, Code::TargetUnanswered)),
    };
    Ok(Figure {
        target: target.root.id,
        code: target.code.clone(),
        name: target.name.clone(),
        topic: target.topic.clone(),
        restricted: target.restricted,
        measure: target.measure.clone(),
        finding,
        explanation: result.explanation.clone(),
    })
}

fn finding(id: MeasurementId, target: &Target, measured: &[Proven], ends_on: Date) -> Result<Finding, Code> {
    let found = measured.iter().find(|proven| proven.measurement.root.id == id);
    let Proven { measurement, evidence } = found.ok_or(Code::UnknownReference)?;
    if measurement.target != target.root.id {
        return Err(Code::MeasurementOfOtherTarget);
    }
    if measurement.as_of > ends_on {
        return Err(Code::MeasurementAfterPeriod);
    }
    Ok(Finding {
        measurement: id,
        evidence: evidence.clone(),
        as_of: measurement.as_of,
        value: measurement.value.clone(),
        completion: target.measure.completion(&measurement.value),
        reached: target.measure.reached(&measurement.value),
    })
}

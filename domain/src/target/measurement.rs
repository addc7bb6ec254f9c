//! Measurements: append-only values of a target, each with the day for which it holds.

use serde::{Deserialize, Serialize};

use super::{Target, TargetId};
use crate::{
    campaign::CampaignId,
    change::{Aggregate, Change, Moment, ObjectType, Root},
    id::Id,
    measure::Value,
    policy::{Action, Command, Permitted, Subject, Visibility},
    principal::{Actor, PersonId},
    refusal::{Code, Fault, Refusal},
    text::Paragraph,
    time::Date,
    unit::{Lifetime, UnitId},
};

/// Identifies a measurement.
pub type MeasurementId = Id<Measurement>;

/// What was found for a target on a day; never changed, a later one for the same day takes its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Measurement {
    /// Identity; the version is always 1.
    pub root: Root<Self>,
    /// The target.
    pub target: TargetId,
    /// The campaign of the target.
    pub campaign: CampaignId,
    /// The unit of the target.
    pub unit: UnitId,
    /// The day for which the value holds.
    pub as_of: Date,
    /// What was found.
    pub value: Value,
    /// Whether it reaches what the target asked for when it was recorded; what was recorded before this was kept does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<bool>,
    /// Source or remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Paragraph>,
    /// Who recorded it.
    pub recorded_by: PersonId,
}

/// Where a target stands: its measurement with the latest day, and of that day the one recorded last.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Current {
    /// The measurement.
    pub measurement: MeasurementId,
    /// Its day.
    pub as_of: Date,
    /// Its value.
    pub value: Value,
}

impl Aggregate for Measurement {
    const TYPE: ObjectType = ObjectType::Measurement;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        "RECORDED"
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    fn visibility(actor: &Actor) -> Visibility {
        <Target as Aggregate>::visibility(actor)
    }
}

/// A target with what measuring must know of its campaign and of its unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Measurable {
    /// The target.
    pub target: Target,
    /// The first day of the campaign, while it is running.
    pub started_on: Option<Date>,
    /// When the unit exists, where that was looked up.
    pub unit_lives: Option<Lifetime>,
}

impl Subject for Measurable {
    fn unit(&self) -> Option<UnitId> {
        Some(self.target.unit)
    }
}

/// Records a value of a target.
#[derive(Clone, Debug)]
pub struct AppendMeasurement {
    /// The day for which it holds.
    pub as_of: Date,
    /// What was found.
    pub value: Value,
    /// Source or remark.
    pub note: Option<Paragraph>,
}

impl Command<Measurable> for AppendMeasurement {
    const ACTION: Action = Action::AppendMeasurement;
    type Of = Measurement;

    fn ready(on: &Measurable) -> Result<(), Code> {
        if on.started_on.is_none() {
            Err(Code::CampaignNotRunning)
        } else if on.target.retired_at.is_some() {
            Err(Code::TargetRetired)
        } else {
            Ok(())
        }
    }

    /// A day lies within the campaign so far, and on it the unit exists: not before the start (the baseline stands in the
    /// target), not ahead of today.
    fn apply(self, on: Permitted<Self, Measurable>, at: Moment<'_>) -> Result<Change<Measurement>, Refusal> {
        let mut faults = on.target.measure.check_value(&self.value, "/value");
        if on.started_on.is_some_and(|start| self.as_of < start) {
            faults.push(Fault::at("/asOfDate", Code::MeasuredBeforeStart));
        }
        if on.unit_lives.is_some_and(|lives| !lives.covers(self.as_of)) {
            faults.push(Fault::at("/asOfDate", Code::UnitNotThere));
        }
        if self.as_of > at.now.date() {
            faults.push(Fault::at("/asOfDate", Code::DayInFuture));
        }
        Refusal::unless_empty(faults)?;
        let measurement = Measurement {
            root: at.root(),
            target: on.target.root.id,
            campaign: on.target.campaign,
            unit: on.target.unit,
            as_of: self.as_of,
            reached: Some(on.target.measure.reached(&self.value)),
            value: self.value,
            note: self.note,
            recorded_by: on.by().person,
        };
        Ok(Change::created(measurement, "measurement.recorded"))
    }
}

//! What a rule asks, on the wire: flat, with the members of all kinds, each of which belongs to some.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    refusal::{Code, Fault},
    rule::Condition,
};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    input::{CodeText, Dec, UnitKey, present},
    measures::DirectionCode,
    units::UnitTypeCode,
};

/// What sort of question a rule asks. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum ConditionKind {
    NotBelowLastPeriod,
    Compared,
    Within,
    SumOfUnits,
}

/// What must be so. `NOT_BELOW_LAST_PERIOD` takes `target`, or all that can be counted without one; it compares with the unit's
/// last accepted report of an earlier period: for a month that of a month before, for a quarter that of a quarter before, and
/// otherwise that of the regular period that ended last, never of an `AD_HOC` one. `COMPARED` takes
/// `target`, `operator` and `otherTarget`; `WITHIN` takes `target` and at least one of `atLeast` and `atMost`;
/// `SUM_OF_UNITS` takes `target`, `unitType`, `ownerUnitId` and `otherTarget`; of units that were merged or divided each figure is
/// in the sum once, as in `readProgress` on the last day of the period.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RuleCondition)]
pub(super) struct ConditionBody {
    /// What sort of question it is; it decides which of the other members are there.
    kind: ConditionKind,
    /// The target whose value is asked about or summed, by its code.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "SANG-KIEN")]
    target: Option<CodeText>,
    /// How the value must stand to that of `otherTarget`: at least, at most, exactly.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    operator: Option<DirectionCode>,
    /// The target that is compared with, or that says the whole of a sum, by its code.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "SANG-KIEN")]
    other_target: Option<CodeText>,
    /// The least that the value may be; of a share, in percent.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "0")]
    at_least: Option<Dec>,
    /// The most that the value may be; of a share, in percent.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "100")]
    at_most: Option<Dec>,
    /// The type of the units over which the target is summed.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    unit_type: Option<UnitTypeCode>,
    /// The unit that reports the whole of the sum.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    owner_unit_id: Option<UnitKey>,
}

impl ConditionBody {
    /// The condition, where each member that its kind needs is there, and no other.
    pub(super) fn parsed(&self) -> Result<Condition, Vec<Fault>> {
        let body = self.clone();
        let target = body.target.map(CodeText::into_text);
        let other = body.other_target.map(CodeText::into_text);
        let operator = body.operator.map(Into::into);
        let (at_least, at_most) = (body.at_least.map(|bound| bound.0), body.at_most.map(|bound| bound.0));
        let unit_type = body.unit_type.map(Into::into);
        let made = match (self.kind, target, other) {
            (ConditionKind::NotBelowLastPeriod, target, _) => Some(Condition::NotBelowLastPeriod { target }),
            (ConditionKind::Compared, Some(target), Some(other_target)) => {
                operator.map(|operator| Condition::Compared { target, operator, other_target })
            }
            (ConditionKind::Within, Some(target), _) => Some(Condition::Within { target, at_least, at_most }),
            (ConditionKind::SumOfUnits, Some(target), Some(other_target)) => unit_type
                .zip(self.owner_unit_id.map(UnitKey::id))
                .map(|(unit_type, owner_unit)| Condition::SumOfUnits { target, unit_type, owner_unit, other_target }),
            (ConditionKind::Compared | ConditionKind::Within | ConditionKind::SumOfUnits, _, _) => None,
        };
        let faults = self.faults();
        match made {
            Some(condition) if faults.is_empty() => Ok(condition),
            _ => Err(faults),
        }
    }

    /// Each member that is missing, or of another kind.
    fn faults(&self) -> Vec<Fault> {
        use ConditionKind::{Compared, NotBelowLastPeriod, SumOfUnits, Within};
        let members: [(&str, bool, &[ConditionKind], &[ConditionKind]); 7] = [
            ("target", self.target.is_some(), &[Compared, Within, SumOfUnits], &[NotBelowLastPeriod]),
            ("operator", self.operator.is_some(), &[Compared], &[]),
            ("otherTarget", self.other_target.is_some(), &[Compared, SumOfUnits], &[]),
            ("atLeast", self.at_least.is_some(), &[], &[Within]),
            ("atMost", self.at_most.is_some(), &[], &[Within]),
            ("unitType", self.unit_type.is_some(), &[SumOfUnits], &[]),
            ("ownerUnitId", self.owner_unit_id.is_some(), &[SumOfUnits], &[]),
        ];
        let fault = |(name, there, needed, allowed): &(&str, bool, &[ConditionKind], &[ConditionKind])| {
            let code = match (there, needed.contains(&self.kind)) {
                (false, true) => Code::FieldMissing,
                (true, false) if !allowed.contains(&self.kind) => Code::ConditionMember,
                (true, _) | (false, false) => return None,
            };
            Some(Fault::at(format!("/condition/{name}"), code))
        };
        members.iter().filter_map(fault).collect()
    }
}

impl From<Condition> for ConditionBody {
    fn from(condition: Condition) -> Self {
        let empty = |kind| Self {
            kind,
            target: None,
            operator: None,
            other_target: None,
            at_least: None,
            at_most: None,
            unit_type: None,
            owner_unit_id: None,
        };
        match condition {
            Condition::NotBelowLastPeriod { target } => {
                Self { target: target.map(Into::into), ..empty(ConditionKind::NotBelowLastPeriod) }
            }
            Condition::Compared { target, operator, other_target } => Self {
                target: Some(target.into()),
                operator: Some(operator.into()),
                other_target: Some(other_target.into()),
                ..empty(ConditionKind::Compared)
            },
            Condition::Within { target, at_least, at_most } => Self {
                target: Some(target.into()),
                at_least: at_least.map(Dec),
                at_most: at_most.map(Dec),
                ..empty(ConditionKind::Within)
            },
            Condition::SumOfUnits { target, unit_type, owner_unit, other_target } => Self {
                target: Some(target.into()),
                unit_type: Some(unit_type.into()),
                owner_unit_id: Some(owner_unit.into()),
                other_target: Some(other_target.into()),
                ..empty(ConditionKind::SumOfUnits)
            },
        }
    }
}

//! Of which targets in force a rule has something to say: what tells whether it guards anything at all.

use super::Condition;
use crate::{
    measure::Measure,
    refusal::{Code, Fault},
    text::Token,
    unit::{UnitId, UnitType},
};

/// A target in force, as far as rules ask of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruled {
    /// The unit that answers for it.
    pub unit: UnitId,
    /// Its type.
    pub unit_type: UnitType,
    /// Whether the unit exists today, so that it reports.
    pub there: bool,
    /// The code of the target.
    pub code: Token,
    /// What it asks for.
    pub measure: Measure,
}

/// The targets in force that rules may be about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InForce {
    /// Those under the codes that conditions name.
    pub named: Vec<Ruled>,
    /// How many there are in all, of units that exist today, whose values can be compared.
    pub comparable: usize,
}

impl InForce {
    fn under<'a>(&'a self, code: &'a Token) -> impl Iterator<Item = &'a Ruled> {
        self.named.iter().filter(move |one| one.code == *code)
    }
}

/// What sort of values stand beside each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    Share,
}

/// Of what sort the values of a target are for a condition; of none where it cannot be about them.
type Sorting = fn(&Measure) -> Option<Sort>;

/// As `beside` compares them: amounts and numbers of steps, and shares; nothing that is said in words.
const fn compared(measure: &Measure) -> Option<Sort> {
    match measure {
        Measure::Quantitative { .. } | Measure::Milestone { .. } => Some(Sort::Number),
        Measure::Share { .. } => Some(Sort::Share),
        Measure::Qualitative { .. } => None,
    }
}

/// As a sum is compared with a whole: steps are united, and not added up.
const fn summed(measure: &Measure) -> Option<Sort> {
    match measure {
        Measure::Quantitative { .. } => Some(Sort::Number),
        Measure::Share { .. } => Some(Sort::Share),
        Measure::Milestone { .. } | Measure::Qualitative { .. } => None,
    }
}

impl Condition {
    /// The codes of the targets that it names.
    #[must_use]
    pub fn codes(&self) -> Vec<&Token> {
        match self {
            Self::NotBelowLastPeriod { target } => target.iter().collect(),
            Self::Within { target, .. } => vec![target],
            Self::Compared { target, other_target, .. } | Self::SumOfUnits { target, other_target, .. } => {
                vec![target, other_target]
            }
        }
    }

    /// The unit that reports the whole, where it sums.
    #[must_use]
    pub const fn owner(&self) -> Option<UnitId> {
        match self {
            Self::SumOfUnits { owner_unit, .. } => Some(*owner_unit),
            Self::NotBelowLastPeriod { .. } | Self::Compared { .. } | Self::Within { .. } => None,
        }
    }

    /// Whether it asks of every target that can be compared, and names none.
    #[must_use]
    pub const fn names_none(&self) -> bool {
        matches!(self, Self::NotBelowLastPeriod { target: None })
    }

    /// How many targets in force it has something to say of, of units that exist today: for a sum it is the one that says the
    /// whole, where there is a part. With none it guards nothing, be it that nobody has registered such a target yet or that a code
    /// is mistyped.
    #[must_use]
    pub fn covered(&self, in_force: &InForce) -> usize {
        let there = |code| in_force.under(code).filter(|one| one.there);
        match self {
            Self::NotBelowLastPeriod { target: None } => in_force.comparable,
            Self::NotBelowLastPeriod { target: Some(target) } | Self::Within { target, .. } => {
                there(target).filter(|one| compared(&one.measure).is_some()).count()
            }
            Self::Compared { target, other_target, .. } => {
                let beside = |one: &&Ruled| {
                    let of_unit = in_force.under(other_target).filter(|other| other.unit == one.unit);
                    fit(compared, one, of_unit)
                };
                there(target).filter(beside).count()
            }
            Self::SumOfUnits { target, unit_type, owner_unit, other_target } => {
                let whole = there(other_target).filter(|one| one.unit == *owner_unit);
                whole.filter(|one| fit(summed, one, parts(in_force, target, *unit_type))).count()
            }
        }
    }

    /// The targets that it names and that can never be as it asks, since all that there are under the code are of another kind;
    /// pointers begin at `at`. A code under which there is none is no fault: a unit may register it later.
    #[must_use]
    pub(super) fn misfits(&self, at: &str, in_force: &InForce) -> Vec<Fault> {
        let fault = |member: &str| Fault::at(format!("{at}/{member}"), Code::TargetNotComparable);
        let (left, right, sort): (Vec<_>, Vec<_>, Sorting) = match self {
            Self::NotBelowLastPeriod { target: None } => return Vec::new(),
            Self::NotBelowLastPeriod { target: Some(target) } | Self::Within { target, .. } => {
                (in_force.under(target).collect(), Vec::new(), compared)
            }
            Self::Compared { target, other_target, .. } => {
                (in_force.under(target).collect(), in_force.under(other_target).collect(), compared)
            }
            Self::SumOfUnits { target, unit_type, owner_unit, other_target } => {
                let whole = in_force.under(other_target).filter(|one| one.unit == *owner_unit);
                (parts(in_force, target, *unit_type).collect(), whole.collect(), summed)
            }
        };
        let misfit = |targets: &[&Ruled]| !targets.is_empty() && targets.iter().all(|one| sort(&one.measure).is_none());
        let mut faults: Vec<_> = [("target", &left), ("otherTarget", &right)]
            .into_iter()
            .filter(|(_, targets)| misfit(targets))
            .map(|(member, _)| fault(member))
            .collect();
        let both = faults.is_empty() && !left.is_empty() && !right.is_empty();
        if both && !left.iter().any(|one| fit(sort, one, right.iter().copied())) {
            faults.push(fault("otherTarget"));
        }
        faults
    }
}

fn parts<'a>(in_force: &'a InForce, target: &'a Token, unit_type: UnitType) -> impl Iterator<Item = &'a Ruled> {
    in_force.under(target).filter(move |one| one.unit_type == unit_type)
}

/// Whether one of the others is of the same sort.
fn fit<'a>(sort: impl Fn(&Measure) -> Option<Sort>, one: &Ruled, mut others: impl Iterator<Item = &'a Ruled>) -> bool {
    sort(&one.measure).is_some_and(|own| others.any(|other| sort(&other.measure) == Some(own)))
}

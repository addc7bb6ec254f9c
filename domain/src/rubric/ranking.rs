//! Who stands where by a rubric: a pure function of what units have done by now, so that everybody can reckon it again.
//!
//! Points are rounded down to two decimals, criterion by criterion, and it is the rounded points that are summed and
//! compared: what is shown is what decides.

use std::{cmp::Ordering, collections::BTreeMap};

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Basis, Criterion, NothingCounted, RankedWithin, Terms};
use crate::{
    assessment::{Assessment, AssessmentId},
    progress::{Live, counting},
    report::compliance::{Compliance, Standing, Status},
    text::Token,
    time::Date,
    unit::{Hierarchy, Unit, UnitId, UnitType},
};

/// What is counted for a criterion: so many of so many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted {
    /// What is done.
    pub done: Decimal,
    /// Out of what there is to do; more than zero.
    pub of: Decimal,
}

/// What a unit has by one criterion.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scored {
    /// The criterion.
    pub criterion: Token,
    /// What was counted, or how many points were given out of those of the criterion; absent where the unit has nothing to be
    /// counted.
    pub counted: Option<Counted>,
    /// The assessment that gave the points, where people judge.
    pub assessment: Option<AssessmentId>,
    /// Its points; absent where the criterion is left out for this unit.
    pub points: Option<Decimal>,
}

/// What a unit has by all criteria.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitScore {
    /// The unit.
    pub unit: UnitId,
    /// Its place, from 1; units that nothing tells apart share one. Absent where nothing at all can be counted.
    pub rank: Option<u32>,
    /// Criterion by criterion, in the order of the rubric.
    pub scored: Vec<Scored>,
    /// The sum of its points.
    pub points: Decimal,
    /// The points that it could have, by the criteria that are not left out.
    pub of: Decimal,
}

impl UnitScore {
    /// The part of its points that it has, in percent with two decimals, rounded down; for showing.
    #[must_use]
    pub fn percent(&self) -> Option<Decimal> {
        let quotient = (self.points * Decimal::ONE_HUNDRED).checked_div(self.of)?;
        Some(quotient.round_dp_with_strategy(2, RoundingStrategy::ToZero).normalize())
    }

    fn beside(&self, other: &Self) -> Ordering {
        // Multiplied out, so that nothing is rounded once more.
        (other.points * self.of).cmp(&(self.points * other.of))
    }

    fn by(&self, criterion: &Token) -> Option<Decimal> {
        self.scored.iter().find(|scored| scored.criterion == *criterion)?.points
    }
}

/// Units of the same score, and what became of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tie {
    /// The units, in the order of their places.
    pub units: Vec<UnitId>,
    /// The criteria that told some of them apart, in the order in which they were asked; empty where all share one place.
    pub told_apart_by: Vec<Token>,
}

/// Units that are ranked against each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Their type, where only units of one type are.
    pub unit_type: Option<UnitType>,
    /// The units by place, those of one place by code; behind them those without a place.
    pub scores: Vec<UnitScore>,
    /// Which of them have the same score.
    pub ties: Vec<Tie>,
}

/// Who stands where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ranking {
    /// One block, or one for each type of unit that takes part.
    pub blocks: Vec<Block>,
}

/// What storage knows of the units of a campaign, all of it from one snapshot.
#[derive(Clone, Debug, Default)]
pub struct Scoring {
    /// The directory, by code.
    pub units: Vec<Unit>,
    /// The targets in force with their current values.
    pub live: Vec<Live>,
    /// How the units stand for each period whose reports fell due.
    pub due: Vec<Compliance>,
    /// What people judged by this rubric.
    pub assessments: Vec<Assessment>,
}

impl Scoring {
    /// Ranks every unit that exists on the day and answers for a target in force, owed a report which fell due, or was judged.
    ///
    /// Targets follow the succession of units, as progress does: a unit has its own, and what those left in whose place it
    /// alone stands, until it measures a target of the same code. What a unit left that was divided is nobody's alone, so that
    /// it raises none of the parts. Reports and judgements do not follow: what fell due was owed by the unit of that time and
    /// stays with it, and the points that people gave were given to that unit. A unit that has ended has no place any more.
    #[must_use]
    pub fn ranking(&self, terms: &Terms, day: Date) -> Ranking {
        let lives: Vec<_> = self.units.iter().map(Unit::life).collect();
        let hierarchy = Hierarchy::on(day, &lives);
        let mut targets: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in counting(&hierarchy, self.live.iter()) {
            targets.entry(hierarchy.answering(one.target.unit)).or_default().push(one);
        }
        let field = Field { scoring: self, terms, targets };
        let there = self.units.iter().filter(|unit| unit.exists_on(day) && field.takes_part(unit.root.id));
        let there: Vec<_> = there.collect();
        let block = |unit_type: Option<UnitType>| {
            let of_block = |unit: &&&Unit| unit_type.is_none_or(|own| unit.unit_type == own);
            field.block(unit_type, there.iter().filter(of_block).map(|unit| unit.root.id))
        };
        let blocks = match terms.within {
            RankedWithin::Campaign => vec![block(None)],
            RankedWithin::UnitType => UnitType::ALL
                .iter()
                .filter(|own| there.iter().any(|unit| unit.unit_type == **own))
                .map(|own| block(Some(*own)))
                .collect(),
        };
        Ranking { blocks }
    }
}

/// What is known of the units on a day, and what they are ranked by.
struct Field<'a> {
    scoring: &'a Scoring,
    terms: &'a Terms,
    /// The targets that count, by the unit that answers for them.
    targets: BTreeMap<UnitId, Vec<&'a Live>>,
}

impl Field<'_> {
    fn takes_part(&self, unit: UnitId) -> bool {
        self.targets.contains_key(&unit)
            || self.owed(unit).next().is_some()
            || self.scoring.assessments.iter().any(|one| one.unit == unit)
    }

    fn block(&self, unit_type: Option<UnitType>, units: impl Iterator<Item = UnitId>) -> Block {
        let terms = self.terms;
        let (mut scores, unranked): (Vec<_>, Vec<_>) =
            units.map(|unit| self.score(unit)).partition(|score| score.of > Decimal::ZERO);
        let order =
            |one: &UnitScore, other: &UnitScore| one.beside(other).then_with(|| told_apart(terms, one, other).0);
        // Stable, so that those of one place stay in the order of the directory.
        scores.sort_by(order);
        let mut rank = 0;
        for index in 0..scores.len() {
            let shares = index > 0 && order(&scores[index - 1], &scores[index]).is_eq();
            if !shares {
                rank = u32::try_from(index + 1).unwrap_or(u32::MAX);
            }
            scores[index].rank = Some(rank);
        }
        let same = scores.chunk_by(|one, other| one.beside(other).is_eq()).filter(|tied| tied.len() > 1);
        let ties = same.map(|tied| Tie::of(terms, tied)).collect();
        scores.extend(unranked);
        Block { unit_type, scores, ties }
    }

    fn score(&self, unit: UnitId) -> UnitScore {
        let criteria = &self.terms.criteria;
        let scored: Vec<_> = criteria.iter().map(|criterion| self.scored(criterion, unit)).collect();
        let counts = criteria.iter().zip(&scored).filter(|(_, scored)| scored.points.is_some());
        UnitScore {
            unit,
            rank: None,
            of: counts.map(|(criterion, _)| criterion.points).sum(),
            points: scored.iter().filter_map(|scored| scored.points).sum(),
            scored,
        }
    }

    fn scored(&self, criterion: &Criterion, unit: UnitId) -> Scored {
        let judged = self.judged(criterion, unit);
        let counted = match judged {
            Some(assessment) => Some(Counted { done: assessment.points, of: criterion.points }),
            None => self.counted(&criterion.basis, unit),
        };
        let points = match (counted, self.terms.nothing_counted) {
            (Some(Counted { done, of }), _) => {
                let exact = (criterion.points * done).checked_div(of).unwrap_or_default();
                Some(exact.round_dp_with_strategy(2, RoundingStrategy::ToZero).normalize())
            }
            (None, NothingCounted::Zero) => Some(Decimal::ZERO),
            (None, NothingCounted::LeftOut) => None,
        };
        let assessment = judged.map(|assessment| assessment.root.id);
        Scored { criterion: criterion.code.clone(), counted, assessment, points }
    }

    fn judged(&self, criterion: &Criterion, unit: UnitId) -> Option<&Assessment> {
        self.scoring.assessments.iter().find(|one| one.unit == unit && one.criterion.code == criterion.code)
    }

    fn counted(&self, basis: &Basis, unit: UnitId) -> Option<Counted> {
        let targets = || self.targets.get(&unit).into_iter().flatten().copied();
        let part = |done: usize, of: usize| (of > 0).then(|| Counted { done: done.into(), of: of.into() });
        match basis {
            Basis::TargetsReached => part(targets().filter(|one| reached(one)).count(), targets().count()),
            Basis::TargetCompletion { target } => {
                // There are several where others left theirs. Each may ask for something else, so that their values have no
                // sum: it is the ways that are set beside each other, each out of all of it.
                let ways: Vec<_> = targets().filter(|one| one.target.code == *target).map(completion).collect();
                let of = Decimal::ONE_HUNDRED * Decimal::from(ways.len());
                (!ways.is_empty()).then(|| Counted { done: ways.iter().sum(), of })
            }
            // What nobody has judged yet is nothing that counts.
            Basis::Judged { .. } => None,
            Basis::ReportsAccepted => {
                let accepted = self.owed(unit).filter(|standing| standing.status == Status::Accepted);
                part(accepted.count(), self.owed(unit).count())
            }
            Basis::ReportsOnTime => {
                let on_time = |standing: &&Standing| standing.first_submitted_at.is_some() && !standing.late;
                part(self.owed(unit).filter(on_time).count(), self.owed(unit).count())
            }
        }
    }

    fn owed(&self, unit: UnitId) -> impl Iterator<Item = &Standing> {
        self.scoring.due.iter().flat_map(|period| &period.owing).filter(move |standing| standing.unit == unit)
    }
}

fn reached(one: &Live) -> bool {
    one.current.as_ref().is_some_and(|current| one.target.measure.reached(&current.value))
}

/// In percent from 0 to 100. What no number says is all or nothing.
fn completion(one: &Live) -> Decimal {
    let Some(current) = &one.current else { return Decimal::ZERO };
    let whole = if reached(one) { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
    one.target.measure.completion(&current.value).unwrap_or(whole).clamp(Decimal::ZERO, Decimal::ONE_HUNDRED)
}

/// Which of two units of the same score comes first, and by which criterion.
fn told_apart<'a>(terms: &'a Terms, one: &UnitScore, other: &UnitScore) -> (Ordering, Option<&'a Token>) {
    let differs = |criterion: &&Token| one.by(criterion) != other.by(criterion);
    match terms.tie_breakers.iter().find(differs) {
        // A criterion that is left out comes behind every number of points.
        Some(criterion) => (other.by(criterion).cmp(&one.by(criterion)), Some(criterion)),
        None => (Ordering::Equal, None),
    }
}

impl Tie {
    fn of(terms: &Terms, tied: &[UnitScore]) -> Self {
        // Neighbours suffice: whatever tells two units apart tells two neighbours between them apart.
        let used: Vec<_> = tied.windows(2).filter_map(|pair| told_apart(terms, &pair[0], &pair[1]).1).collect();
        Self {
            units: tied.iter().map(|score| score.unit).collect(),
            told_apart_by: terms.tie_breakers.iter().filter(|code| used.contains(code)).cloned().collect(),
        }
    }
}

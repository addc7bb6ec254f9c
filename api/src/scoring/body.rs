//! Bodies of scoring rubrics that come in, and which of them are asked for.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    refusal::Fault,
    rubric::{CreateScoringRubric, Instrument, NothingCounted, RankedWithin, Terms},
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{
    criterion::CriterionBody,
    view::{ScoringRubricStage, ScoringRubricView},
};
use crate::{
    input::{CodeText, CursorText, DateOnly, Limit, Str, present},
    list::paged,
};

/// Which units are ranked against each other: all of a campaign, or those of one type. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = RankedWithin)]
pub(super) enum WithinCode {
    Campaign,
    UnitType,
}

/// What becomes of a criterion where a unit has nothing to be counted: no point of its points, or it is left out with them.
/// Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = NothingCounted)]
pub(super) enum NothingCountedCode {
    Zero,
    LeftOut,
}

impl From<RankedWithin> for WithinCode {
    fn from(within: RankedWithin) -> Self {
        match within {
            RankedWithin::Campaign => Self::Campaign,
            RankedWithin::UnitType => Self::UnitType,
        }
    }
}

impl From<NothingCounted> for NothingCountedCode {
    fn from(nothing: NothingCounted) -> Self {
        match nothing {
            NothingCounted::Zero => Self::Zero,
            NothingCounted::LeftOut => Self::LeftOut,
        }
    }
}

/// The document that sets the criteria.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ScoringInstrument)]
pub(super) struct InstrumentBody {
    /// Its number and symbol, as printed.
    #[schema(example = "12/HD-HĐTĐKT")]
    symbol: Str<60>,
    /// What it is about (trích yếu).
    #[schema(example = "Hướng dẫn chấm điểm thi đua đợt thi đua năm 2025")]
    title: Str<300>,
    /// Its day of issue; not in the future.
    #[schema(example = "2025-09-20")]
    issue_date: DateOnly,
}

impl From<&Instrument> for InstrumentBody {
    fn from(instrument: &Instrument) -> Self {
        Self {
            symbol: instrument.symbol.clone().into(),
            title: instrument.title.clone().into(),
            issue_date: DateOnly(instrument.issued_on),
        }
    }
}

/// A scoring rubric to be recorded.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ScoringRubricNew {
    /// The document that sets it.
    #[validate(nested)]
    instrument: InstrumentBody,
    /// The criteria, in the order of the document.
    #[validate(length(min = 1, max = 50), nested)]
    #[schema(min_items = 1, max_items = 50)]
    criteria: Vec<CriterionBody>,
    /// By which criteria units of the same score are told apart, the first one first; units that none tells apart share a
    /// place.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    tie_breakers: Vec<CodeText>,
    /// Which units are ranked against each other.
    within: WithinCode,
    /// What becomes of a criterion where a unit has nothing to be counted.
    nothing_counted: NothingCountedCode,
}

impl ScoringRubricNew {
    pub(super) fn command(&self) -> CreateScoringRubric {
        let body = self.clone();
        let (mut criteria, mut faults): (Vec<_>, Vec<Fault>) = (Vec::new(), Vec::new());
        for (index, criterion) in body.criteria.iter().enumerate() {
            match criterion.parsed(index) {
                Ok(criterion) => criteria.push(criterion),
                Err(fault) => faults.push(fault),
            }
        }
        let terms = Terms {
            instrument: Instrument {
                symbol: body.instrument.symbol.into_text(),
                title: body.instrument.title.into_text(),
                issued_on: body.instrument.issue_date.0,
            },
            criteria,
            tie_breakers: body.tie_breakers.into_iter().map(CodeText::into_text).collect(),
            within: match body.within {
                WithinCode::Campaign => RankedWithin::Campaign,
                WithinCode::UnitType => RankedWithin::UnitType,
            },
            nothing_counted: match body.nothing_counted {
                NothingCountedCode::Zero => NothingCounted::Zero,
                NothingCountedCode::LeftOut => NothingCounted::LeftOut,
            },
        };
        CreateScoringRubric { terms: if faults.is_empty() { Ok(terms) } else { Err(faults) } }
    }
}

/// A page of scoring rubrics.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScoringRubricPage {
    /// The rubrics of this page.
    #[schema(max_items = 100)]
    items: Vec<ScoringRubricView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which scoring rubrics, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ScoringRubricQuery {
    /// Only rubrics in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<ScoringRubricStage>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    pub(super) limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub(super) include_total: bool,
}

paged!(ScoringRubricQuery, ScoringRubricPage of ScoringRubricView);

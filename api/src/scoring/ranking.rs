//! The units of a campaign, ranked by its rubric.

use std::collections::BTreeMap;

use actix_web::{get, web::Data};
use serde::Serialize;
use thidua_domain::{
    principal::Role,
    rubric::{Block, Ranking, Scored, ScoringRubric, ScoringRubricId, Terms, Tie, UnitScore},
    text::{Line, Token},
    time::Timestamp,
    unit::{Unit, UnitId},
};
use thidua_persistence::{Reader, StoreError, facts};
use utoipa::ToSchema;

use super::{ScoringRubricPath, body::InstrumentBody};
use crate::{
    app::Entries,
    input::{AssessmentKey, Caller, CampaignKey, CodeText, Dec, Instant, PathOf, ScoringRubricKey, Str, UnitKey},
    language::Language,
    list::Listed,
    problem::Problem,
    state::State,
    units::UnitTypeCode,
};

/// The operations on rankings.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(read_ranking);
}

/// What was counted for a criterion: so many of so many.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CountedForCriterion)]
struct CountedView {
    /// How many there are that count: targets that are reached, reports that came in on time.
    #[schema(example = "3")]
    done: Dec,
    /// Out of what there is to do; of the completion of a target 100, since that is in percent, for each target of the code that
    /// the unit answers for.
    #[schema(example = "4")]
    out_of: Dec,
}

/// What a unit has by one criterion.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CriterionScore)]
struct CriterionScoreView {
    /// The criterion, by its code in the rubric.
    #[schema(example = "DUNG-HAN")]
    code: CodeText,
    /// What was counted, or how many of the points of the criterion were given; absent where the unit has nothing to be
    /// counted, or nobody has judged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<CountedView>,
    /// The assessment that gives the points, with its reason, where people judge.
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment_id: Option<AssessmentKey>,
    /// The points of the criterion times what is done, divided by what there is, rounded down to two decimals; absent where
    /// the criterion is left out for this unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "15")]
    points: Option<Dec>,
}

/// A unit with its place and its points.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RankedUnit)]
pub(super) struct RankedUnitView {
    /// Its place, from 1. Units that nothing tells apart share one, and the places behind it stay empty. Absent where
    /// nothing at all can be counted for the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100_000)]
    rank: Option<u32>,
    /// The unit that has this place.
    unit_id: UnitKey,
    /// Its short code, as plans use it.
    #[schema(example = "TH1")]
    unit_code: CodeText,
    /// Its full name, as printed.
    #[schema(example = "Trường Tiểu học")]
    unit_name: Str<300>,
    /// Its type; where the rubric says so, only units of one type are ranked against each other.
    unit_type: UnitTypeCode,
    /// Its type in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Trường học")]
    unit_type_label: String,
    /// The sum of its points.
    #[schema(example = "82.5")]
    points: Dec,
    /// The points that it could have, by the criteria that are not left out.
    #[schema(example = "100")]
    out_of: Dec,
    /// `points` of `outOf` in percent, rounded down to two decimals, for showing; units are compared by the exact ratio.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "82.5")]
    percent: Option<Dec>,
    /// Criterion by criterion, in the order of the rubric.
    #[schema(max_items = 50)]
    criteria: Vec<CriterionScoreView>,
}

/// Units of the same score, and what told them apart.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RankingTie)]
struct TieView {
    /// The units, in the order of their places.
    #[schema(max_items = 1000)]
    unit_ids: Vec<UnitKey>,
    /// The criteria that told some of them apart, in the order in which they were asked; empty where all share one place.
    #[schema(max_items = 50)]
    told_apart_by: Vec<CodeText>,
    /// The same as a sentence in the caller's language.
    #[schema(
        max_length = 20000,
        pattern = "^.+$",
        example = "2 đơn vị bằng điểm nhau, xếp theo tiêu chí phụ: Nộp báo cáo đúng hạn."
    )]
    explanation: String,
}

/// Units that are ranked against each other.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RankingBlock)]
struct BlockView {
    /// The type of the units, where only units of one type are ranked against each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_type: Option<UnitTypeCode>,
    /// The type in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, pattern = "^.+$", example = "Trường học")]
    unit_type_label: Option<String>,
    /// The units by place, those of one place by code; behind them those without a place.
    #[schema(max_items = 1000)]
    units: Vec<RankedUnitView>,
    /// Which of them have the same score.
    #[schema(max_items = 1000)]
    ties: Vec<TieView>,
}

/// The units of a campaign, ranked.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Ranking)]
struct RankingView {
    /// The campaign whose units are ranked.
    campaign_id: CampaignKey,
    /// The rubric that the units are ranked by.
    scoring_rubric_id: ScoringRubricKey,
    /// The document that sets it.
    instrument: InstrumentBody,
    /// The moment at which all of this holds, by the business clock.
    as_of_at: Instant,
    /// One block, or one for each type of unit that takes part.
    #[schema(max_items = 20)]
    blocks: Vec<BlockView>,
}

impl RankingView {
    /// The units, block by block, each with its type.
    fn into_units(self) -> Vec<RankedUnitView> {
        self.blocks.into_iter().flat_map(|block| block.units).collect()
    }
}

/// Read the ranking
///
/// The units that take part, with their points and places by the rubric, at this very moment and from one snapshot: every
/// unit that exists today and answers for a target in force, that owed a report which fell due, or that was judged. Targets
/// follow the succession of units as in `readProgress`: a unit has its own and, until it measures a target of the same code,
/// what units left in whose place it alone stands. Reports that fell due and judgements stay with the unit of that time, and
/// a unit that has ended has no place. What is counted for a criterion can be counted again in `listTargetProgress` and
/// `readCompliance`, and what people judged is read in `listAssessments`. Those who follow the campaign see it; to others it
/// is absent, as it is for a rubric that is retired. Nothing here is an award: it shows where the units stand. As a file it is
/// the units, block by block.
#[utoipa::path(tag = "Scoring", operation_id = "readRanking", params(ScoringRubricPath),
    responses((status = 200, description = "The units with their places.", body = RankingView)))]
#[get("/scoring-rubrics/{scoringRubricId}/ranking")]
async fn read_ranking(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ScoringRubricPath>,
) -> Result<Listed<RankingView>, Problem> {
    let id = path.0.scoring_rubric_id.id();
    let answer = state.store.read_snapshot(&caller.call, async |reader| {
        let ranked = Ranked::read(reader, id).await?;
        let ranking = Board::of(&ranked, caller.language).view(ranked.ranking.clone());
        Listed::reckoned(reader, &caller, ranking, RankingView::into_units).await
    });
    Ok(answer.await?)
}

/// The units of a campaign by their places, with what they were ranked by.
pub(super) struct Ranked {
    pub(super) rubric: ScoringRubric,
    pub(super) units: Vec<Unit>,
    pub(super) ranking: Ranking,
    pub(super) now: Timestamp,
}

impl Ranked {
    /// Of units that are not seen nothing is counted, so that whoever sees only some of them would see another ranking.
    pub(super) async fn read(reader: &Reader, id: ScoringRubricId) -> Result<Self, StoreError> {
        let rubric: ScoringRubric = reader.object(id).await?;
        if rubric.retired_at.is_some() || !reader.actor.has_any(Role::OVERSIGHT) {
            return Err(StoreError::Absent);
        }
        let scoring = facts::scoring::by_rubric(reader, &rubric).await?;
        let ranking = scoring.ranking(&rubric.terms, reader.now.date());
        Ok(Self { rubric, units: scoring.units, ranking, now: reader.now })
    }
}

/// What turns a ranking into rows that people can read.
struct Board<'a> {
    rubric: &'a ScoringRubric,
    units: BTreeMap<UnitId, &'a Unit>,
    now: Timestamp,
    language: Language,
}

impl<'a> Board<'a> {
    fn of(ranked: &'a Ranked, language: Language) -> Self {
        let units = ranked.units.iter().map(|unit| (unit.root.id, unit)).collect();
        Self { rubric: &ranked.rubric, units, now: ranked.now, language }
    }

    fn view(&self, ranking: Ranking) -> RankingView {
        RankingView {
            campaign_id: self.rubric.campaign.into(),
            scoring_rubric_id: self.rubric.root.id.into(),
            instrument: (&self.rubric.terms.instrument).into(),
            as_of_at: Instant(self.now),
            blocks: ranking.blocks.into_iter().map(|block| self.block(block)).collect(),
        }
    }

    fn block(&self, block: Block) -> BlockView {
        BlockView {
            unit_type: block.unit_type.map(Into::into),
            unit_type_label: block.unit_type.map(|own| self.language.label("unitType", own.as_str())),
            units: block.scores.into_iter().filter_map(|score| self.row(score)).collect(),
            ties: block.ties.into_iter().map(|tie| self.tie(tie)).collect(),
        }
    }

    fn row(&self, score: UnitScore) -> Option<RankedUnitView> {
        let unit = self.units.get(&score.unit)?;
        Some(RankedUnitView {
            rank: score.rank,
            unit_id: score.unit.into(),
            unit_code: unit.code.clone().into(),
            unit_name: unit.name_on(self.now.date()).clone().into(),
            unit_type: unit.unit_type.into(),
            unit_type_label: self.language.label("unitType", unit.unit_type.as_str()),
            points: Dec(score.points),
            out_of: Dec(score.of),
            percent: score.percent().map(Dec),
            criteria: score.scored.into_iter().map(Into::into).collect(),
        })
    }

    fn tie(&self, tie: Tie) -> TieView {
        TieView {
            explanation: explanation(&tie, &self.rubric.terms, self.language),
            unit_ids: tie.units.into_iter().map(Into::into).collect(),
            told_apart_by: tie.told_apart_by.into_iter().map(Into::into).collect(),
        }
    }
}

/// What became of units of the same score, as a sentence.
pub(super) fn explanation(tie: &Tie, terms: &Terms, language: Language) -> String {
    let key = if tie.told_apart_by.is_empty() { "ranking.shared" } else { "ranking.toldApart" };
    let criteria: Vec<_> = tie.told_apart_by.iter().filter_map(|code| name_of(terms, code)).collect();
    let criteria = criteria.iter().map(|name| name.as_str()).collect::<Vec<_>>().join("; ");
    language.text(key).replace("{count}", &tie.units.len().to_string()).replace("{criteria}", &criteria)
}

fn name_of<'a>(terms: &'a Terms, code: &Token) -> Option<&'a Line> {
    terms.criteria.iter().find(|criterion| criterion.code == *code).map(|criterion| &criterion.name)
}

impl From<Scored> for CriterionScoreView {
    fn from(scored: Scored) -> Self {
        let counted = scored.counted.map(|counted| CountedView { done: Dec(counted.done), out_of: Dec(counted.of) });
        let assessment_id = scored.assessment.map(Into::into);
        Self { code: scored.criterion.into(), counted, assessment_id, points: scored.points.map(Dec) }
    }
}

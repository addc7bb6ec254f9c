//! The ranking as a picture.

use std::collections::BTreeMap;

use actix_web::{get, web::Data};
use rust_decimal::Decimal;
use thidua_domain::{
    rubric::{Block, UnitScore},
    unit::{Unit, UnitId},
};

use super::{
    ScoringRubricPath,
    ranking::{Ranked, explanation},
};
use crate::{
    app::Entries,
    chart::{Place, Places, Podium, amount},
    input::{Caller, PathOf},
    language::Language,
    problem::Problem,
    reply::{Picture, SvgPicture},
    state::State,
    written::day,
};

/// The operations on pictures of rankings.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(read_ranking_chart);
}

/// Read a chart of the ranking
///
/// The ranking as a picture in the caller's language, made for a phone: a bar for each unit by its place, those that share one
/// marked, and what told units of the same score apart. What it shows stands in it in words too, for those who do not see it.
#[utoipa::path(tag = "Scoring", operation_id = "readRankingChart", params(ScoringRubricPath),
    responses((status = 200, description = "The picture, 360 pixels wide.", body = SvgPicture, content_type = "image/svg+xml",
        example = json!(crate::reply::SVG_EXAMPLE))))]
#[get("/scoring-rubrics/{scoringRubricId}/ranking/chart")]
async fn read_ranking_chart(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ScoringRubricPath>,
) -> Result<Picture, Problem> {
    let (id, language) = (path.0.scoring_rubric_id.id(), caller.language);
    let ranked = state.store.read_snapshot(&caller.call, async |reader| Ranked::read(reader, id).await);
    Ok(Picture { svg: places(&ranked.await?, language).svg(language), language })
}

fn places(ranked: &Ranked, language: Language) -> Places {
    let units: BTreeMap<_, _> = ranked.units.iter().map(|unit| (unit.root.id, unit)).collect();
    let drawing = Drawing { ranked, units, language };
    let instrument = &ranked.rubric.terms.instrument;
    let summary = language
        .text("ranking.summary")
        .replace("{day}", &day(ranked.now.date()))
        .replace("{symbol}", instrument.symbol.as_str())
        .replace("{issued}", &day(instrument.issued_on));
    let podiums = ranked.ranking.blocks.iter().map(|block| drawing.podium(block)).collect();
    Places { title: language.text("ranking.title"), summary, podiums }
}

struct Drawing<'a> {
    ranked: &'a Ranked,
    units: BTreeMap<UnitId, &'a Unit>,
    language: Language,
}

impl Drawing<'_> {
    fn podium(&self, block: &Block) -> Podium {
        let shared = |score: &UnitScore| {
            score.rank.is_some() && block.scores.iter().filter(|other| other.rank == score.rank).count() > 1
        };
        let ties = block.ties.iter().map(|tie| {
            let codes: Vec<_> = tie.units.iter().map(|unit| self.code(*unit)).collect();
            format!("{}: {}", codes.join(", "), explanation(tie, &self.ranked.rubric.terms, self.language))
        });
        Podium {
            heading: block.unit_type.map(|own| self.language.label("unitType", own.as_str())),
            places: block.scores.iter().map(|score| self.place(score, shared(score))).collect(),
            notes: ties.collect(),
        }
    }

    fn place(&self, score: &UnitScore, shared: bool) -> Place {
        let text = |key: &str| self.language.text(key);
        let place = match score.rank {
            Some(rank) if shared => text("ranking.sharedPlace").replace("{rank}", &rank.to_string()),
            Some(rank) => text("ranking.place").replace("{rank}", &rank.to_string()),
            None => text("ranking.noPlace"),
        };
        let name = self.units.get(&score.unit).map(|unit| unit.name_on(self.ranked.now.date()).as_str());
        let figures = match score.percent() {
            Some(percent) => text("ranking.points")
                .replace("{points}", &self.figure(score.points))
                .replace("{outOf}", &self.figure(score.of))
                .replace("{percent}", &self.figure(percent)),
            None => text("ranking.nothingCounted"),
        };
        Place {
            label: format!("{place}: {} {}", self.code(score.unit), name.unwrap_or_default()),
            points: score.points,
            of: score.of,
            figures,
        }
    }

    fn code(&self, unit: UnitId) -> &str {
        self.units.get(&unit).map(|unit| unit.code.as_str()).unwrap_or_default()
    }

    fn figure(&self, figure: Decimal) -> String {
        amount(figure, "", self.language).trim_end().to_owned()
    }
}

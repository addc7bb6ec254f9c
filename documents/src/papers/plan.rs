//! The plan (*kế hoạch*), as it is signed and sent out: what was meant, where the print was wrong.

use thidua_domain::{
    campaign::{
        Campaign,
        plan::{Field, Plan, Section},
    },
    document::Capacity,
    text::Token,
    unit::UnitEntry,
};

use super::frame::{BLANK, Directory, dateline, name_lines, symbol};
use crate::{
    file::FileName,
    paper::{Block, Head, Paper, Signature},
    signing,
    words::Words,
    written::month,
};

/// What the paper is made of.
#[derive(Clone, Copy, Debug)]
pub struct PlanSources<'a> {
    /// The campaign with its plan.
    pub campaign: &'a Campaign,
    /// Who issues it, and who drafts it.
    pub units: &'a [UnitEntry],
}

/// The plan as a paper.
///
/// The plan itself says which number each piece has: `I`, `I.1`, `I.1a` are a part, a section and a point, `IV.1` without a
/// heading one of several things, and what has no such number is a paragraph. Tasks stand by field in the first section of their
/// number (`3.1` in `II.3`), solutions and duties in the one of theirs.
#[must_use]
pub fn plan(of: PlanSources<'_>) -> Paper {
    let PlanSources { campaign, units } = of;
    let issue = campaign.stage.issue();
    let plan = &campaign.plan;
    let day = issue.map_or(campaign.root.updated_at.date(), |issue| issue.issued_on);
    let names = Directory { units, day };
    let number = symbol(issue, "KH", campaign.issuer_symbol.as_str());
    let header = plan.header.as_ref();
    let signer = plan.signer.as_ref();
    let signed = campaign.stage.signature();
    let by_a_deputy = signer.is_some_and(|signer| signer.capacity == Capacity::ForTheChair);
    let lines = signed.map_or_else(|| signing::of_the_committee(by_a_deputy), signing::of_signature);
    let name = signed.map(|signature| signature.name.as_str()).or_else(|| signer.map(|signer| signer.name.as_str()));
    Paper {
        file: FileName::of(&match issue {
            Some(issue) => format!("Kế hoạch {}", issue.symbol),
            None => format!("Dự thảo kế hoạch {}", campaign.code),
        }),
        landscape: false,
        head: Head {
            superior: Vec::new(),
            issuer: header.map_or_else(
                || name_lines(names.name(campaign.issuer)),
                |header| name_lines(header.issuer.text().as_str()),
            ),
            symbol: Some(Words::of(format!("Số: {number}"))),
            dateline: match issue {
                Some(issue) => dateline(campaign, Some(issue.issued_on)),
                None => expected_dateline(campaign),
            },
            dated: issue.map(|issue| issue.issued_on),
            kind: header.map_or_else(|| Words::of("KẾ HOẠCH"), |header| Words::of(header.document_type.as_str())),
            subject: header
                .map_or_else(|| Words::of(plan.title.as_str()), |header| Words::of(header.title.text().as_str())),
            remark: None,
            receivers: Vec::new(),
        },
        body: body(plan),
        signature: Some(Signature { capacity: lines, name: name.map(Words::of) }),
        recipients: recipients(plan),
        annexes: Vec::new(),
    }
}

/// Of a draft, the month that the paper prints.
fn expected_dateline(campaign: &Campaign) -> Words {
    let header = campaign.plan.header.as_ref();
    let printed = header.and_then(|header| Some((header.place.as_str(), header.issued_month?.first_day())));
    printed.map_or_else(
        || dateline(campaign, None),
        |(place, first)| {
            let year = chrono::Datelike::year(&first);
            Words::of(format!("{place}, ngày {BLANK} tháng {} năm {year}", month(first)))
        },
    )
}

/// The copy that stays in the house is named last (NĐ 30/2020, appendix I).
fn recipients(plan: &Plan) -> Vec<Words> {
    let (filed, sent): (Vec<_>, Vec<_>) = plan.recipients.iter().partition(|recipient| recipient.filed);
    sent.into_iter().chain(filed).map(|recipient| Words::of(recipient.text.text().as_str())).collect()
}

fn body(plan: &Plan) -> Vec<Block> {
    let mut text = Vec::new();
    let tasks_in = plan.fields.first().and_then(|field| home_of_fields(plan, field));
    let solutions_in = plan.solutions.first().and_then(|solution| home_of(plan, &solution.code));
    for section in &plan.sections {
        piece(&mut text, section);
        if tasks_in == Some(&section.code) {
            tasks(&mut text, plan);
        }
        if solutions_in == Some(&section.code) {
            plan.solutions.iter().for_each(|solution| piece(&mut text, solution));
        }
        for duty in plan.duties.iter().filter(|duty| parent(duty.code.as_str()) == Some(section.code.as_str())) {
            dashes(&mut text, duty.text.text().as_str());
        }
    }
    if tasks_in.is_none() {
        tasks(&mut text, plan);
    }
    if solutions_in.is_none() {
        plan.solutions.iter().for_each(|solution| piece(&mut text, solution));
    }
    text
}

/// The section in which a code lies: `V.1` of `V.1.1`, `II.4` of `II.4a`.
fn home_of<'a>(plan: &'a Plan, code: &Token) -> Option<&'a Token> {
    let home = parent(code.as_str())?;
    plan.sections.iter().map(|section| &section.code).find(|own| own.as_str() == home)
}

/// The first section that has the number of the fields: `II.3` of `3.1`.
fn home_of_fields<'a>(plan: &'a Plan, field: &Field) -> Option<&'a Token> {
    let number = parent(field.code.as_str())?;
    let numbered = |code: &&Token| code.as_str().rsplit_once('.').is_some_and(|(_, last)| last == number);
    plan.sections.iter().map(|section| &section.code).find(numbered)
}

/// What a code lies in: without its last number, or without its letter.
fn parent(code: &str) -> Option<&str> {
    match code.strip_suffix(|c: char| c.is_lowercase()) {
        Some(home) => Some(home),
        None => code.rsplit_once('.').map(|(home, _)| home),
    }
}

fn tasks(text: &mut Vec<Block>, plan: &Plan) {
    for field in &plan.fields {
        text.push(Block::Section(Words::of(format!("{}. {}", field.code, field.name))));
        for task in plan.tasks.iter().filter(|task| task.field == field.code) {
            dashes(text, task.text.text().as_str());
        }
    }
}

/// One of several things; what has paragraphs of its own goes on in them.
fn dashes(text: &mut Vec<Block>, said: &str) {
    for (index, paragraph) in Words::paragraphs(said).into_iter().enumerate() {
        text.push(Block::Text(if index == 0 { Words::of(format!("- {paragraph}")) } else { paragraph }));
    }
}

fn piece(text: &mut Vec<Block>, section: &Section) {
    let code = section.code.as_str();
    let roman = |part: &str| !part.is_empty() && part.bytes().all(|letter| b"IVXLC".contains(&letter));
    let numbered = code.split('.').next().is_some_and(roman);
    let last = code.rsplit('.').next().unwrap_or(code);
    let heading = section.heading.as_ref().map(|heading| heading.text().as_str());
    let said = section.text.as_ref().map(|text| text.text().as_str());
    match heading {
        Some(heading) if !numbered => text.push(Block::Part(Words::of(heading))),
        Some(heading) if last == code => text.push(Block::Part(Words::of(format!("{code}. {heading}")))),
        Some(heading) => text.push(Block::Section(Words::of(format!("{last}. {heading}")))),
        None => {}
    }
    let Some(said) = said else { return };
    // `I.1a` is point a), `IV.1` without a heading one of several things.
    let letter = last.chars().last().filter(|last| last.is_lowercase());
    match (heading, numbered && last != code, letter) {
        (None, true, Some(letter)) => {
            for (index, paragraph) in Words::paragraphs(said).into_iter().enumerate() {
                let marked = if index == 0 { Words::of(format!("{letter}) {paragraph}")) } else { paragraph };
                text.push(Block::Text(marked));
            }
        }
        (None, true, None) => dashes(text, said),
        _ => text.extend(Words::paragraphs(said).into_iter().map(Block::Text)),
    }
}

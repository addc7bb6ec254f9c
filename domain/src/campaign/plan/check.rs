//! Whether a plan contradicts itself.

use std::collections::HashSet;

use super::{DutyRole, PartyKind, Plan, item, references};
use crate::{
    refusal::{Code, Fault},
    text::Token,
};

/// How many items each list of a plan may have.
pub const MAX_ITEMS: usize = 200;
/// How many entries a list within an item may have.
pub const MAX_ENTRIES: usize = 50;

pub(super) fn faults(plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    // A list beyond its bound is not looked into: what is wrong with it is that it is too long.
    lengths(plan, &mut faults);
    if faults.is_empty() {
        codes(plan, &mut faults);
        faults.extend(references::faults(plan));
        dates(plan, &mut faults);
        bases(plan, &mut faults);
        parties(plan, &mut faults);
        sections(plan, &mut faults);
        leads(plan, &mut faults);
        targets(plan, &mut faults);
        projects(plan, &mut faults);
        deadlines(plan, &mut faults);
    }
    faults
}

fn lengths(plan: &Plan, faults: &mut Vec<Fault>) {
    let lists = [
        ("events", plan.events.len()),
        ("legalBases", plan.legal_bases.len()),
        ("parties", plan.parties.len()),
        ("sections", plan.sections.len()),
        ("fields", plan.fields.len()),
        ("tasks", plan.tasks.len()),
        ("planTargets", plan.plan_targets.len()),
        ("projects", plan.projects.len()),
        ("solutions", plan.solutions.len()),
        ("movements", plan.movements.len()),
        ("deadlines", plan.deadlines.len()),
        ("duties", plan.duties.len()),
        ("obligations", plan.obligations.len()),
        ("awardRules", plan.award_rules.len()),
        ("recipients", plan.recipients.len()),
        ("corrections", plan.corrections.len()),
    ];
    let mut too_long = |pointer: String| faults.push(Fault::at(pointer, Code::ListTooLong));
    for (list, _) in lists.into_iter().filter(|(_, length)| *length > MAX_ITEMS) {
        too_long(format!("/{list}"));
    }
    // One line a list within items: the list, its name on the wire, the inner field and its name.
    macro_rules! inner {
        ($field:ident, $list:literal, $inner:ident, $name:literal) => {
            for (index, _) in plan.$field.iter().enumerate().filter(|(_, item)| item.$inner.len() > MAX_ENTRIES) {
                too_long(format!("/{}/{index}/{}", $list, $name));
            }
        };
    }
    inner!(legal_bases, "legalBases", citations, "citations");
    inner!(parties, "parties", unit_types, "unitTypes");
    inner!(tasks, "tasks", assignments, "assignments");
    inner!(deadlines, "deadlines", parties, "parties");
    inner!(duties, "duties", roles, "roles");
    inner!(duties, "duties", with, "with");
    inner!(award_rules, "awardRules", sources, "sources");
    inner!(corrections, "corrections", places, "places");
    if plan.open_list.as_ref().is_some_and(|list| list.sources.len() > MAX_ENTRIES) {
        too_long("/openList/sources".to_owned());
    }
}

/// A code stands for one thing in the whole plan; parties and corrections are name spaces of their own.
fn codes(plan: &Plan, faults: &mut Vec<Fault>) {
    let mut seen = HashSet::new();
    for item in item::items(plan) {
        if !seen.insert(item.code) {
            faults.push(Fault::at(format!("/{}/{}/code", item.list, item.index), Code::Duplicate));
        }
    }
    distinct(plan.parties.iter().map(|party| &party.code), "/parties", "/code", faults);
    distinct(plan.corrections.iter().map(|correction| &correction.code), "/corrections", "/code", faults);
    for (index, duty) in plan.duties.iter().enumerate() {
        distinct(&duty.roles, &format!("/duties/{index}/roles"), "", faults);
        distinct(&duty.with, &format!("/duties/{index}/with"), "", faults);
    }
}

fn distinct<T: std::hash::Hash + Eq>(
    values: impl IntoIterator<Item = T>,
    list: &str,
    field: &str,
    faults: &mut Vec<Fault>,
) {
    let mut seen = HashSet::new();
    for (index, value) in values.into_iter().enumerate() {
        if !seen.insert(value) {
            faults.push(Fault::at(format!("{list}/{index}{field}"), Code::Duplicate));
        }
    }
}

fn dates(plan: &Plan, faults: &mut Vec<Fault>) {
    let earliest = plan.earliest_start();
    if plan.start_date.zip(earliest).is_some_and(|(start, earliest)| start < earliest) {
        faults.push(Fault::at("/startDate", Code::StartBeforeBasis));
    }
    if plan.end_date.zip(plan.start_date.or(earliest)).is_some_and(|(end, start)| end < start) {
        faults.push(Fault::at("/endDate", Code::EndBeforeStart));
    }
}

/// Symbols follow the grammar of their issuer (invariant 7).
fn bases(plan: &Plan, faults: &mut Vec<Fault>) {
    for (index, basis) in plan.legal_bases.iter().enumerate() {
        let field = if basis.symbol.is_some() && basis.grammar.is_none() { "grammar" } else { "symbol" };
        if basis.read_symbol().is_err() {
            faults.push(Fault::at(format!("/legalBases/{index}/{field}"), Code::SymbolMalformed));
        }
    }
}

/// Groups have members by type, and only groups have them.
fn parties(plan: &Plan, faults: &mut Vec<Fault>) {
    for (index, party) in plan.parties.iter().enumerate() {
        if (party.kind == PartyKind::Group) == party.unit_types.is_empty() {
            faults.push(Fault::at(format!("/parties/{index}/unitTypes"), Code::GroupWithoutTypes));
        }
    }
}

fn sections(plan: &Plan, faults: &mut Vec<Fault>) {
    for (list, sections) in [("sections", &plan.sections), ("solutions", &plan.solutions)] {
        for (index, section) in sections.iter().enumerate() {
            if section.heading.is_none() && section.text.is_none() {
                faults.push(Fault::at(format!("/{list}/{index}/text"), Code::PlanIncomplete));
            }
        }
    }
}

/// Where somebody leads, exactly one unit does (invariant 4): no two in a task, and no group in a line of duties.
fn leads(plan: &Plan, faults: &mut Vec<Fault>) {
    for (index, task) in plan.tasks.iter().enumerate() {
        let leads = task.assignments.iter().enumerate().filter(|(_, assignment)| assignment.role == DutyRole::Lead);
        for (nth, _) in leads.skip(1) {
            faults.push(Fault::at(format!("/tasks/{index}/assignments/{nth}/role"), Code::LeadNotOne));
        }
    }
    for (index, duty) in plan.duties.iter().enumerate() {
        if duty.roles.contains(&DutyRole::Lead) && !one_unit(plan, &duty.party) {
            faults.push(Fault::at(format!("/duties/{index}/party"), Code::LeadNotOne));
        }
    }
}

/// Whether a code is a single unit; what no party has is the affair of `references`.
fn one_unit(plan: &Plan, code: &Token) -> bool {
    plan.party(code).is_none_or(super::Party::is_one_unit)
}

/// Measures are whole (invariant 8), and one unit answers for each target.
fn targets(plan: &Plan, faults: &mut Vec<Fault>) {
    for (index, target) in plan.plan_targets.iter().enumerate() {
        faults.extend(target.measure.check(&format!("/planTargets/{index}/measure")));
        if target.owner.as_ref().is_some_and(|owner| !one_unit(plan, owner)) {
            faults.push(Fault::at(format!("/planTargets/{index}/owner"), Code::LeadNotOne));
        }
    }
}

/// A project is the same as one that stands for itself, so that both have one identity (invariant 13).
fn projects(plan: &Plan, faults: &mut Vec<Fault>) {
    let stands_for_itself =
        |code: &Token| plan.projects.iter().filter(|other| other.code == *code).all(|other| other.same_as.is_none());
    for (index, project) in plan.projects.iter().enumerate() {
        if project.same_as.as_ref().is_some_and(|same| !stands_for_itself(&same.project)) {
            faults.push(Fault::at(format!("/projects/{index}/sameAs/project"), Code::SameAsChain));
        }
    }
}

/// A time limit means one thing to a machine.
fn deadlines(plan: &Plan, faults: &mut Vec<Fault>) {
    for (index, limit) in plan.deadlines.iter().enumerate() {
        let values = [limit.month.is_some(), limit.last_date.is_some(), limit.due_before.is_some()];
        if values.into_iter().filter(|present| *present).count() > 1 {
            faults.push(Fault::at(format!("/deadlines/{index}"), Code::DeadlineAmbiguous));
        }
    }
}

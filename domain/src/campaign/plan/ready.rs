//! What a plan must hold before it can be handed in for signature (`domain.md` §4.2).

use super::{PartyKind, Plan};
use crate::{
    refusal::{Code, Fault},
    text::Token,
};

pub(super) fn faults(plan: &Plan) -> Vec<Fault> {
    let wanted = [
        ("/fields", plan.fields.is_empty()),
        ("/tasks", plan.tasks.is_empty()),
        ("/planTargets", plan.plan_targets.is_empty()),
        ("/endDate", plan.end_date.is_none()),
        ("/legalBases", plan.legal_bases.is_empty()),
        ("/recipients", plan.recipients.is_empty()),
        ("/duties", plan.duties.is_empty()),
    ];
    let missing = wanted.into_iter().filter(|(_, missing)| *missing).map(|(pointer, _)| pointer.to_owned());
    missing.chain(units_without_duty(plan)).map(|pointer| Fault::at(pointer, Code::PlanIncomplete)).collect()
}

/// A unit that the plan names must have something to do; groups and the merely mentioned need not.
fn units_without_duty(plan: &Plan) -> impl Iterator<Item = String> {
    let has_duty = |code: &Token| plan.duties.iter().any(|duty| duty.party == *code);
    plan.parties
        .iter()
        .enumerate()
        .filter(move |(_, party)| party.kind == PartyKind::Unit && !plan.duties.is_empty() && !has_duty(&party.code))
        .map(|(index, _)| format!("/parties/{index}"))
}

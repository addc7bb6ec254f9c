//! Whether everything that a plan refers to within itself exists.

use std::collections::HashSet;

use super::{Correction, Plan, Source};
use crate::{
    refusal::{Code, Fault},
    text::Token,
};

/// Places of the paper that have no code of their own.
pub const PLACES: [&str; 4] = ["HEADER", "TITLE", "RECIPIENTS", "SIGNATURE"];

/// The codes that references may lead to.
struct Known<'a> {
    parties: HashSet<&'a Token>,
    fields: HashSet<&'a Token>,
    tasks: HashSet<&'a Token>,
    projects: HashSet<&'a Token>,
    deadlines: HashSet<&'a Token>,
    bases: HashSet<&'a Token>,
    places: HashSet<&'a Token>,
}

impl<'a> Known<'a> {
    fn of(plan: &'a Plan) -> Self {
        let sections = plan.sections.iter().chain(&plan.solutions).map(|section| &section.code);
        let fields = plan.fields.iter().map(|field| &field.code);
        let tasks = plan.tasks.iter().map(|task| &task.code);
        let duties = plan.duties.iter().map(|duty| &duty.code);
        Self {
            parties: plan.parties.iter().map(|party| &party.code).collect(),
            fields: fields.clone().collect(),
            tasks: tasks.clone().collect(),
            projects: plan.projects.iter().map(|project| &project.code).collect(),
            deadlines: plan.deadlines.iter().map(|limit| &limit.code).collect(),
            bases: plan.legal_bases.iter().map(|basis| &basis.code).collect(),
            places: sections.chain(fields).chain(tasks).chain(duties).collect(),
        }
    }
}

/// Collects what leads nowhere.
struct Seeker(Vec<Fault>);

impl Seeker {
    fn one(&mut self, known: &HashSet<&Token>, code: &Token, pointer: String) {
        if !known.contains(code) {
            self.0.push(Fault::at(pointer, Code::UnknownReference));
        }
    }

    fn maybe(&mut self, known: &HashSet<&Token>, code: Option<&Token>, pointer: String) {
        if let Some(code) = code {
            self.one(known, code, pointer);
        }
    }

    fn many(&mut self, known: &HashSet<&Token>, codes: &[Token], pointer: &str) {
        for (index, code) in codes.iter().enumerate() {
            self.one(known, code, format!("{pointer}/{index}"));
        }
    }

    fn place(&mut self, known: &Known<'_>, place: &Token, pointer: String) {
        if !PLACES.contains(&place.as_str()) {
            self.one(&known.places, place, pointer);
        }
    }

    fn source(&mut self, known: &Known<'_>, source: &Source, pointer: &str) {
        self.place(known, &source.place, format!("{pointer}/place"));
    }

    fn sources(&mut self, known: &Known<'_>, sources: &[Source], pointer: &str) {
        for (index, source) in sources.iter().enumerate() {
            self.source(known, source, &format!("{pointer}/{index}"));
        }
    }
}

pub(super) fn faults(plan: &Plan) -> Vec<Fault> {
    let known = Known::of(plan);
    let mut seek = Seeker(Vec::new());
    seek.maybe(&known.bases, plan.implements.as_ref(), "/implements".to_owned());
    paper(plan, &known, &mut seek);
    work(plan, &known, &mut seek);
    duties(plan, &known, &mut seek);
    seek.0
}

/// Bases, awards, recipients, corrections.
fn paper(plan: &Plan, known: &Known<'_>, seek: &mut Seeker) {
    for (index, basis) in plan.legal_bases.iter().enumerate() {
        for (nth, citation) in basis.citations.iter().enumerate() {
            seek.place(known, &citation.place, format!("/legalBases/{index}/citations/{nth}/place"));
        }
    }
    for (index, rule) in plan.award_rules.iter().enumerate() {
        seek.sources(known, &rule.sources, &format!("/awardRules/{index}/sources"));
    }
    for (index, recipient) in plan.recipients.iter().enumerate() {
        seek.maybe(&known.parties, recipient.party.as_ref(), format!("/recipients/{index}/party"));
    }
    for (index, Correction { places, .. }) in plan.corrections.iter().enumerate() {
        for (nth, place) in places.iter().enumerate() {
            seek.place(known, place, format!("/corrections/{index}/places/{nth}"));
        }
    }
}

/// Tasks, targets, projects, movements.
fn work(plan: &Plan, known: &Known<'_>, seek: &mut Seeker) {
    for (index, task) in plan.tasks.iter().enumerate() {
        seek.one(&known.fields, &task.field, format!("/tasks/{index}/field"));
        for (nth, assignment) in task.assignments.iter().enumerate() {
            seek.one(&known.parties, &assignment.party, format!("/tasks/{index}/assignments/{nth}/party"));
        }
    }
    for (index, target) in plan.plan_targets.iter().enumerate() {
        seek.maybe(&known.tasks, target.task.as_ref(), format!("/planTargets/{index}/task"));
        seek.maybe(&known.parties, target.owner.as_ref(), format!("/planTargets/{index}/owner"));
        seek.source(known, &target.source, &format!("/planTargets/{index}/source"));
    }
    for (index, project) in plan.projects.iter().enumerate() {
        seek.one(&known.tasks, &project.task, format!("/projects/{index}/task"));
        let same = project.same_as.as_ref().map(|same| &same.project);
        seek.maybe(&known.projects, same, format!("/projects/{index}/sameAs/project"));
    }
    for (index, movement) in plan.movements.iter().enumerate() {
        seek.maybe(&known.tasks, movement.task.as_ref(), format!("/movements/{index}/task"));
        seek.maybe(&known.parties, movement.party.as_ref(), format!("/movements/{index}/party"));
        seek.source(known, &movement.source, &format!("/movements/{index}/source"));
    }
    if let Some(list) = &plan.open_list {
        seek.sources(known, &list.sources, "/openList/sources");
    }
}

/// Time limits, duties, obligations.
fn duties(plan: &Plan, known: &Known<'_>, seek: &mut Seeker) {
    for (index, limit) in plan.deadlines.iter().enumerate() {
        seek.source(known, &limit.source, &format!("/deadlines/{index}/source"));
        seek.many(&known.parties, &limit.parties, &format!("/deadlines/{index}/parties"));
    }
    for (index, duty) in plan.duties.iter().enumerate() {
        seek.one(&known.parties, &duty.party, format!("/duties/{index}/party"));
        seek.many(&known.parties, &duty.with, &format!("/duties/{index}/with"));
    }
    for (index, obligation) in plan.obligations.iter().enumerate() {
        let at = format!("/obligations/{index}");
        seek.one(&known.parties, &obligation.party, format!("{at}/party"));
        seek.maybe(&known.parties, obligation.to.as_ref(), format!("{at}/to"));
        seek.maybe(&known.parties, obligation.through.as_ref(), format!("{at}/through"));
        seek.maybe(&known.deadlines, obligation.deadline.as_ref(), format!("{at}/deadline"));
        seek.source(known, &obligation.source, &format!("{at}/source"));
    }
}

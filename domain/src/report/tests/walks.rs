use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Create,
    Correct,
    Replace(usize),
    Submit(usize),
    Accept(usize),
    Return(usize),
    Lock(usize),
    Close,
    Reopen,
    Wait(u32),
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..4_usize;
    prop_oneof![
        3 => Just(Step::Create),
        4 => Just(Step::Correct),
        1 => which.clone().prop_map(Step::Replace),
        5 => which.clone().prop_map(Step::Submit),
        5 => which.clone().prop_map(Step::Accept),
        2 => which.clone().prop_map(Step::Return),
        1 => which.prop_map(Step::Lock),
        1 => Just(Step::Close),
        1 => Just(Step::Reopen),
        2 => (1..5_u32).prop_map(Step::Wait),
    ]
}

struct World {
    period: Period,
    reports: Vec<Report>,
    days: u32,
}

impl World {
    fn now(&self) -> Timestamp {
        Timestamp::start_of(day("2025-11-02") + chrono::Days::new(self.days.into()))
    }

    fn current(&self) -> Option<Report> {
        let counts = |report: &&Report| {
            report.stage_code() != "SUPERSEDED" && (report.corrects.is_none() || report.stage.counts())
        };
        self.reports.iter().find(counts).cloned()
    }

    fn nth(&self, which: usize) -> Result<Report, Code> {
        let len = self.reports.len();
        self.reports.iter().rev().nth(which.min(len.saturating_sub(1))).cloned().ok_or(Code::UnknownReference)
    }

    fn save(&mut self, change: Change<Report>) {
        let (next, _, consequences) = change.into_parts();
        self.put(next);
        for consequence in consequences {
            if let Consequence::Reports(changes) = consequence {
                changes.into_iter().for_each(|change| self.put(change.next().clone()));
            }
        }
    }

    fn put(&mut self, next: Report) {
        match self.reports.iter_mut().find(|report| report.root.id == next.root.id) {
            Some(before) => {
                assert_eq!(before.root.version + 1, next.root.version);
                assert!(before.late.is_none() || before.late == next.late, "late is never cleared");
                assert!(before.first_submitted_at.is_none() || before.first_submitted_at == next.first_submitted_at);
                let settled = before.stage.acceptance().is_some();
                assert!(!settled || (before.content == next.content && before.figures == next.figures));
                *before = next;
            }
            None => self.reports.push(next),
        }
    }

    fn create(&self, corrects: Option<ReportId>) -> Result<Change<Report>, Refusal> {
        let open = |report: &Report| report.corrects.is_some() && Stage::OPEN.contains(&report.stage_code());
        let facts = CreationFacts {
            unit_existed: true,
            current: self.current(),
            correction_open: self.reports.iter().any(open),
            evidence: Vec::new(),
        };
        let correction_reason = corrects.map(|_| text("Số liệu nhầm"));
        let command = CreateReport { content: written(), corrects, correction_reason, facts };
        act(&officer(), within(self.period.clone()), command, self.now())
    }

    fn play(&mut self, step: Step) -> Result<Change<Report>, Refusal> {
        match step {
            Step::Create => self.create(None),
            Step::Correct => self.create(Some(self.current().ok_or(Code::UnknownReference)?.root.id)),
            Step::Replace(which) => {
                let command =
                    ReplaceReport { content: written(), facts: ReportFacts { plan: plan(), unit_existed: true } };
                act(&officer(), self.nth(which)?, command, self.now())
            }
            Step::Submit(which) => hand_in(self.nth(which)?, self.period.clone(), self.now()),
            Step::Accept(which) => {
                let report = self.nth(which)?;
                let corrected = self.reports.iter().find(|it| Some(it.root.id) == report.corrects).cloned();
                accept(report, corrected)
            }
            Step::Return(which) => return_it(self.nth(which)?),
            Step::Lock(which) => {
                lock(&self.nth(which)?, fresh_id(), self.now()).ok_or_else(|| Code::ReportNotSubmitted.into())
            }
            Step::Close => {
                self.period.stage = closed_period().stage;
                Err(Code::PeriodNotOpen.into())
            }
            Step::Reopen => {
                self.period.stage = open_period().stage;
                Err(Code::PeriodNotClosed.into())
            }
            Step::Wait(days) => {
                self.days += days;
                Err(Code::DayInFuture.into())
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_tried_one_report_counts_and_late_stays_what_it_was(
        steps in proptest::collection::vec(step(), 1..80)
    ) {
        let mut world = World { period: open_period(), reports: Vec::new(), days: 0 };
        for step in steps {
            if let Ok(change) = world.play(step) {
                world.save(change);
            }
            let count = |wanted: &dyn Fn(&Report) -> bool| world.reports.iter().filter(|report| wanted(report)).count();
            prop_assert!(count(&|report| report.stage.counts()) <= 1);
            prop_assert!(count(&|report| report.corrects.is_none()) <= 1);
            prop_assert!(count(&|report| report.corrects.is_some() && Stage::OPEN.contains(&report.stage_code())) <= 1);
            // Of all corrections of a report, the unit was as late as it was with the first word.
            let mut said: Vec<_> = world.reports.iter().filter_map(|report| report.late).collect();
            said.dedup();
            prop_assert!(said.len() <= 1);
        }
    }
}

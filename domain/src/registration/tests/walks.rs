use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Create { correct: bool, codes: u8 },
    Replace(usize, u8),
    Submit(usize),
    Accept(usize),
    Return(usize),
    Withdraw(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..6_usize;
    prop_oneof![
        3 => (any::<bool>(), any::<u8>()).prop_map(|(correct, codes)| Step::Create { correct, codes }),
        1 => (which.clone(), any::<u8>()).prop_map(|(which, codes)| Step::Replace(which, codes)),
        4 => which.clone().prop_map(Step::Submit),
        4 => which.clone().prop_map(Step::Accept),
        1 => which.clone().prop_map(Step::Return),
        1 => which.prop_map(Step::Withdraw),
    ]
}

#[derive(Default)]
struct World {
    registrations: Vec<Registration>,
    targets: Vec<Target>,
}

fn some_of(mask: u8) -> Content {
    let codes: Vec<_> =
        ["T1", "T2", "T3", "T4"].into_iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).collect();
    content(&codes.into_iter().map(|(_, code)| code).collect::<Vec<_>>())
}

impl World {
    fn accepted(&self) -> Option<Registration> {
        self.registrations.iter().find(|it| it.stage_code() == "ACCEPTED").cloned()
    }

    fn save(&mut self, change: Change<Registration>) {
        let (next, superseded, targets) = parts(change);
        self.put(next);
        superseded.into_iter().for_each(|it| self.put(it));
        for change in targets {
            let next = change.next().clone();
            match self.targets.iter_mut().find(|it| it.root.id == next.root.id) {
                Some(target) => *target = next,
                None => self.targets.push(next),
            }
        }
    }

    fn put(&mut self, next: Registration) {
        match self.registrations.iter_mut().find(|it| it.root.id == next.root.id) {
            Some(before) => {
                assert_eq!(before.root.version + 1, next.root.version);
                assert!(before.round <= next.round);
                *before = next;
            }
            None => self.registrations.push(next),
        }
    }

    fn play(&mut self, step: Step) -> Result<Change<Registration>, Refusal> {
        let facts = || RegistrationFacts { plan: plan(), targets: self.targets.clone(), unit_exists_today: true };
        let nth = |which: usize| {
            let len = self.registrations.len();
            // The newest first: they are the ones that still move.
            self.registrations.iter().rev().nth(which.min(len.saturating_sub(1))).cloned().ok_or(Code::UnknownReference)
        };
        match step {
            Step::Create { correct, codes } => {
                let accepted = self.accepted().map(|it| it.root.id);
                let open = self.registrations.iter().any(|it| Stage::OPEN.contains(&it.stage_code()));
                let corrects = accepted.filter(|_| correct);
                let facts = CreationFacts { unit_exists_today: true, accepted, open, targets: self.targets.clone() };
                let correction_reason = corrects.map(|_| text("Điều chỉnh"));
                let command = CreateRegistration { content: some_of(codes), corrects, correction_reason, facts };
                act(&officer(), within(), command, now())
            }
            Step::Replace(which, codes) => {
                act(&officer(), nth(which)?, ReplaceRegistration { content: some_of(codes), facts: facts() }, now())
            }
            Step::Submit(which) => act(&head(), nth(which)?, SubmitRegistration { facts: facts() }, now()),
            Step::Accept(which) => accept(nth(which)?, self.accepted(), self.targets.clone()),
            Step::Return(which) => return_it(nth(which)?),
            Step::Withdraw(which) => act(&head(), nth(which)?, WithdrawRegistration, now()),
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_tried_one_registration_counts_and_its_targets_are_the_ones_in_force(
        steps in proptest::collection::vec(step(), 1..60)
    ) {
        let mut world = World::default();
        for step in steps {
            if let Ok(change) = world.play(step) {
                world.save(change);
            }
            let count = |stages: &[&str]| world.registrations.iter().filter(|it| stages.contains(&it.stage_code())).count();
            prop_assert!(count(&["ACCEPTED"]) <= 1);
            prop_assert!(count(Stage::OPEN) <= 1);
            let mut active: Vec<_> = world.targets.iter().filter(|it| it.retired_at.is_none()).map(|it| &it.code).collect();
            let accepted = world.accepted();
            let mut wanted: Vec<_> = accepted.iter().flat_map(|it| &it.content.targets).map(|it| &it.code).collect();
            active.sort_unstable();
            wanted.sort_unstable();
            prop_assert_eq!(active, wanted);
            let mut codes: Vec<_> = world.targets.iter().map(|it| &it.code).collect();
            codes.sort_unstable();
            codes.dedup();
            prop_assert_eq!(codes.len(), world.targets.len());
        }
    }
}

//! Random sequences of reorganisations: whatever is recorded, each day has one tree, nobody is counted twice, and roll-ups
//! add up.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Rename(usize),
    Transfer(usize, usize),
    Dissolve(usize, usize),
    MergeNew(usize, usize),
    MergeInto(usize, usize),
    Split { unit: usize, goes_on: bool, below: usize },
}

fn step() -> impl Strategy<Value = (Step, u64)> {
    let (one, other) = (0..8_usize, 0..8_usize);
    let pair = || (one.clone(), other.clone());
    let step = prop_oneof![
        1 => one.clone().prop_map(Step::Rename),
        3 => pair().prop_map(|(unit, parent)| Step::Transfer(unit, parent)),
        1 => pair().prop_map(|(unit, parent)| Step::Dissolve(unit, parent)),
        2 => pair().prop_map(|(one, other)| Step::MergeNew(one, other)),
        3 => pair().prop_map(|(one, other)| Step::MergeInto(one, other)),
        2 => (pair(), any::<bool>()).prop_map(|((unit, below), goes_on)| Step::Split { unit, goes_on, below }),
    ];
    (step, 1..40_u64)
}

struct World {
    directory: Vec<Unit>,
    founded: u32,
}

impl World {
    fn facts(&self) -> ReorganisationFacts {
        ReorganisationFacts { directory: self.directory.clone(), ..ReorganisationFacts::default() }
    }

    fn some(&self, index: usize) -> Unit {
        self.directory[index % self.directory.len()].clone()
    }

    fn new_unit(&mut self) -> NewUnit {
        self.founded += 1;
        new_unit(&format!("MOI{}", self.founded))
    }

    fn take(&mut self, (step, day): (Step, u64)) {
        let grounds =
            Grounds { effective_on: self::day("2025-07-02") + chrono::Days::new(day), ..grounds("2025-07-02") };
        let admin = admin();
        let result = match step {
            Step::Rename(unit) => {
                let rename = RenameUnit { name: text(&format!("Tên {day}")), grounds };
                act(&admin, self.some(unit), rename, now())
            }
            Step::Transfer(unit, parent) => {
                let parent = Some(self.some(parent).root.id);
                let facts = UnitFacts { directory: self.directory.clone() };
                act(&admin, self.some(unit), TransferUnit { parent, managing_authority: None, grounds, facts }, now())
            }
            Step::Dissolve(unit, parent) => {
                let (unit, parent) = (self.some(unit), self.some(parent).root.id);
                let below = Tree::of(&self.directory).below_from(unit.root.id, grounds.effective_on);
                let placements = below.iter().map(|one| Placement { unit: one.root.id, parent }).collect();
                let facts = self.facts();
                act(&admin, unit, DissolveUnit { placements, grounds, facts }, now())
            }
            Step::MergeNew(one, other) => {
                let members = vec![self.some(one).root.id, self.some(other).root.id];
                let successor = Successor::New(self.new_unit());
                let facts = self.facts();
                act(&admin, crate::policy::Directory, MergeUnits { members, successor, grounds, facts }, now())
            }
            Step::MergeInto(one, other) => {
                let members = vec![self.some(one).root.id];
                let successor = Successor::Existing(self.some(other).root.id);
                let facts = self.facts();
                act(&admin, crate::policy::Directory, MergeUnits { members, successor, grounds, facts }, now())
            }
            Step::Split { unit, goes_on, below } => {
                let (unit, parts) = (self.some(unit), vec![self.new_unit(), self.new_unit()]);
                let children = Tree::of(&self.directory).below_from(unit.root.id, grounds.effective_on);
                let code = parts[below % 2].code.clone();
                let placements = children.iter().map(|one| (one.root.id, code.clone())).collect();
                let facts = self.facts();
                act(&admin, unit, SplitUnit { parts, goes_on, placements, grounds, facts }, now())
            }
        };
        if let Ok(change) = result {
            let (unit, _, consequences) = change.into_parts();
            let mut changed = vec![unit];
            for consequence in consequences {
                if let Consequence::Units(changes) = consequence {
                    changed.extend(changes.iter().map(Change::next).cloned());
                }
            }
            let once: BTreeSet<_> = changed.iter().map(|unit| unit.root.id).collect();
            assert_eq!(once.len(), changed.len(), "a unit is changed twice by one act");
            self.directory = self.facts().after(&changed);
        }
    }

    fn holds(&self) {
        let tree = Tree::of(&self.directory);
        let first = day("2025-07-01");
        assert!(!tree.has_circle_from(first));
        for unit in &self.directory {
            assert!(unit.valid_before.is_none_or(|end| unit.valid_from < end), "{}", unit.code);
            assert_eq!(unit.valid_before.is_some(), unit.stage != Stage::Active, "{}", unit.code);
            assert!(unit.acts.is_sorted_by_key(|act| act.grounds.effective_on), "{}", unit.code);
            let faces: Vec<_> = unit.faces().iter().map(|face| face.since).collect();
            assert!(faces.is_sorted_by(|one, next| one < next), "{}", unit.code);
            for predecessor in &unit.heritage {
                let gone = tree.unit(predecessor.unit).unwrap();
                assert!(gone.valid_before.is_some_and(|end| end <= predecessor.since), "{} lives on", gone.code);
            }
        }
        for offset in 0..45 {
            let day = first + chrono::Days::new(offset);
            let living: Vec<_> = self.directory.iter().filter(|unit| unit.exists_on(day)).collect();
            for unit in &living {
                let above = tree.above(unit.root.id, day).and_then(|above| tree.unit(above));
                assert!(above.is_none_or(|above| above.exists_on(day)), "{} stands under what is gone", unit.code);
                assert!(unit.predecessors_on(day).all(|one| !tree.unit(one).unwrap().exists_on(day)));
            }
            // Who was only ever merged is stood for by one unit at most.
            for gone in self.directory.iter().filter(|unit| matches!(unit.stage, Stage::Merged { .. })) {
                let heirs = living.iter().filter(|unit| unit.predecessors_on(day).any(|one| one == gone.root.id));
                let divided = self.directory.iter().any(|unit| matches!(unit.stage, Stage::Divided { .. }));
                assert!(divided || heirs.count() <= 1, "{}", gone.code);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_recorded_each_day_has_one_tree_of_living_units_by_which_roll_ups_add_up(
        mut steps in prop::collection::vec(step(), 1..12), in_order in any::<bool>(),
    ) {
        if in_order {
            steps.sort_by_key(|(_, day)| *day);
        }
        let mut world = World { directory: directory(), founded: 0 };
        for step in steps {
            world.take(step);
            world.holds();
        }
        rollups::hold(&world.directory);
    }
}

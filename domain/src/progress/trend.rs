//! How a group came along: what progress says of it on each of some days.

use serde::Deserialize;

use super::{
    By, Count, Live, PlanTargetStanding,
    sheet::{self, Head, Key, Sheet},
};
use crate::{
    campaign::Plan,
    target::{Current, Target},
    text::{Line, Token},
    time::{Date, Span},
    unit::{Extent, Hierarchy, UnitLife},
};

/// How many days a trend shows at most.
pub const MOST_DAYS: usize = 16;

/// The days in their order, of more than [`MOST_DAYS`] the latest.
#[must_use]
pub fn latest(mut days: Vec<Date>) -> Vec<Date> {
    days.sort_unstable();
    days.dedup();
    days.split_off(days.len().saturating_sub(MOST_DAYS))
}

/// What a target was, and where it stood, from day to day.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Course {
    /// Its versions, the first one first.
    pub versions: Vec<Target>,
    /// Where it stands now, once it was measured.
    #[serde(default)]
    pub current: Option<Current>,
    /// Where it stood on those days of the trend that lie before the day of its current value, as far as it was measured.
    pub before: Vec<(Date, Current)>,
}

/// Of which group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chosen<'a> {
    /// By what the targets are grouped.
    pub by: By,
    /// Its code in the plan, or the unit's in the directory.
    pub code: &'a Token,
}

/// Where a group stood at the end of a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// How many targets stood how.
    pub count: Count,
    /// The targets of the plan, as progress shows them for the group.
    pub plan_targets: Vec<PlanTargetStanding>,
}

/// How a group came along, or the whole campaign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trend {
    /// The name of the group, of a unit on the last day; absent for the whole.
    pub name: Option<Line>,
    /// It is restricted, or something in it on one of the days: it never appears in public figures.
    pub restricted: bool,
    /// Where it stood, the first day first.
    pub points: Vec<Point>,
}

/// In what the targets are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The whole directory.
    pub units: &'a [UnitLife],
    /// Only the targets of these units count.
    pub extent: Option<Extent>,
}

impl<'a> Ground<'a> {
    /// What progress says of a group on each of these days, which ascend; `None` where there is no such group.
    #[must_use]
    pub fn trend(&self, chosen: Option<Chosen<'a>>, days: &[Date], courses: Vec<Course>) -> Option<Trend> {
        let head = match chosen {
            Some(chosen) => Some(self.head(chosen, *days.last()?)?),
            None => None,
        };
        let by = chosen.map_or(By::Field, |chosen| chosen.by);
        let mut trend = Trend {
            name: head.as_ref().map(|head| head.name.clone()),
            restricted: head.as_ref().is_some_and(|head| head.restricted),
            points: Vec::new(),
        };
        let mut walks: Vec<_> = courses.into_iter().map(Walk::of).collect();
        for day in days {
            walks.iter_mut().for_each(|walk| walk.go_to(*day));
            let hierarchy = Hierarchy::on(*day, self.units);
            let sheet = Sheet::of(by, self.plan, &hierarchy, self.extent, walks.iter().filter_map(Walk::in_force));
            // Without a group everything is here.
            let tally = sheet.tally(false, |key| head.as_ref().is_none_or(|head| key == Some(head.key)));
            trend.restricted |= tally.restricted;
            trend.points.push(Point { day: *day, count: tally.count, plan_targets: tally.plan_targets });
        }
        Some(trend)
    }

    fn head(&self, chosen: Chosen<'a>, last: Date) -> Option<Head<'a>> {
        if chosen.by == By::Unit {
            let entry = &self.units.iter().find(|unit| unit.entry.code == *chosen.code)?.entry;
            let name = &entry.faces.on(last).name;
            return Some(Head { key: Key::Unit(entry.unit), code: &entry.code, name, restricted: false });
        }
        sheet::items(chosen.by, self.plan).into_iter().find(|head| head.code == chosen.code)
    }
}

/// A target on its way through the days. What it has become is moved and not copied, since there may be many.
struct Walk {
    /// As it is on the day, once it came into being; the earlier day of a comparison is never asked.
    live: Option<Live>,
    /// What it becomes later, the next one last.
    later: Vec<Target>,
    current: Option<Current>,
    before: Vec<(Date, Current)>,
}

impl Walk {
    fn of(course: Course) -> Self {
        let Course { mut versions, current, before } = course;
        versions.reverse();
        Self { live: None, later: versions, current, before }
    }

    fn go_to(&mut self, day: Date) {
        let over = Span { first: day, last: day }.ends_before();
        while self.later.last().is_some_and(|next| next.root.updated_at < over) {
            self.live = self.later.pop().map(|target| Live { target, current: None, earlier: None });
        }
        if let Some(live) = &mut self.live {
            let reached = self.current.as_ref().filter(|current| current.as_of <= day);
            let before = self.before.iter().find(|(on, _)| *on == day).map(|(_, current)| current);
            live.current = reached.or(before).cloned();
        }
    }

    fn in_force(&self) -> Option<&Live> {
        self.live.as_ref().filter(|live| live.target.retired_at.is_none())
    }
}

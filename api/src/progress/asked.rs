//! Which targets are asked for, of which day, and what is read to answer.

use serde::Deserialize;
use thidua_domain::{
    campaign::{Campaign, CampaignId},
    progress::{Progress, progress},
    refusal::{Code, Refusal},
    time::{Date, Timestamp},
    unit::{Extent, Hierarchy, UnitId},
};
use thidua_persistence::{Reader, StoreError, facts};
use utoipa::IntoParams;
use validator::Validate;

use super::{compared::Compared, view::ProgressBy};
use crate::{
    input::{DateOnly, UnitKey, present},
    problem::Problem,
};

/// How the targets are to be grouped, which of them, of which day, and with what they are compared.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProgressQuery {
    /// By what the targets are grouped; each is in one group at most.
    #[param(example = "FIELD")]
    by: ProgressBy,
    /// Only what this unit answers for on the day that is shown, with what was left to it.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false)]
    unit_id: Option<UnitKey>,
    /// Whether all units are meant too that stand below `unitId` on the day that is shown.
    #[serde(default)]
    #[param(required = false, example = false)]
    below: bool,
    /// The day that is shown, at its end: the targets that were in force, with the names and the tree of units of that day,
    /// and the values that are recorded for it by now; not in the future. Without it, this very moment.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false, example = "2025-11-15")]
    on_date: Option<DateOnly>,
    /// The day to compare with, at its end; without it, the last day of the last period: of the regular ones (not `AD_HOC`)
    /// that were over, closed as announced in `closesAt`, before the day that is shown began, the one that ended last.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false, example = "2025-10-31")]
    compared_to_date: Option<DateOnly>,
}

/// Where the targets stand, with what it was read for.
pub(super) struct Shown {
    pub(super) by: ProgressBy,
    pub(super) progress: Progress,
    /// The day that is over, if one was asked for.
    pub(super) on: Option<Date>,
    /// Which units were asked for, with what the unit is called on the day that is shown.
    pub(super) extent: Option<(Extent, String)>,
    pub(super) compared: Compared,
    pub(super) now: Timestamp,
}

impl ProgressQuery {
    /// Reads it, all from one snapshot.
    pub(super) async fn read(self, reader: &Reader, id: CampaignId) -> Result<Shown, StoreError> {
        let campaign: Campaign = reader.object(id).await?;
        let today = reader.now.date();
        let day = self.on_date.map_or(today, |DateOnly(day)| day);
        if day > today {
            return Err(Refusal::field("/onDate", Code::DayInFuture).into());
        }
        let compared = Compared::to(reader, id, self.compared_to_date, day).await?;
        let units = facts::unit_lives(reader).await?;
        let hierarchy = Hierarchy::on(day, &units);
        let targets = if day < today {
            facts::progress::live_targets_on(reader, id, day, compared.day).await?.into()
        } else {
            facts::progress::targets_now(reader, &campaign, &hierarchy, compared.day).await?
        };
        let extent = hierarchy.extent(self.unit_id.map(UnitKey::id), self.below)?;
        let progress = progress(self.by.into(), &campaign.plan, &hierarchy, extent, &targets);
        let named = |extent: Extent| (extent, name_on(&hierarchy, extent.unit));
        let on = self.on_date.map(|DateOnly(day)| day);
        Ok(Shown { by: self.by, progress, on, extent: extent.map(named), compared, now: reader.now })
    }
}

/// What a unit is called on the day of the hierarchy.
pub(super) fn name_on(hierarchy: &Hierarchy<'_>, unit: UnitId) -> String {
    let face = hierarchy.unit(unit).map(|unit| unit.entry.faces.on(hierarchy.day()));
    face.map(|face| face.name.as_str().to_owned()).unwrap_or_default()
}

/// Where a question about progress contradicts itself, its parameters are at fault.
pub(super) fn at_fault(error: StoreError) -> Problem {
    Problem::from(error).with_parameters()
}

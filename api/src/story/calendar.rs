//! The working calendar of the seed, recorded by `system` as an administrator would.

use serde::Deserialize;
use thidua_domain::{
    calendar::{DayKind, RecordCalendarDay},
    policy::Directory,
    text::{Line, Paragraph},
    time::Date,
};
use thidua_persistence::{Call, Fence, Identity, Store, seed};

use super::client::StoryError;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DaySeed {
    date: Date,
    kind: DayKind,
    name: Line,
    instrument: Paragraph,
    decided_date: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarSeed {
    days: Vec<DaySeed>,
}

/// Records what of the seed is decided by now; what is not is for the administrator, once it is.
pub(super) async fn record_calendar(store: &Store) -> Result<(), StoryError> {
    let call = Call { identity: Identity::system(), request_id: "thidua-calendar".to_owned() };
    let seed: CalendarSeed = toml::from_str(seed::CALENDAR).map_err(|error| StoryError::Seed(error.to_string()))?;
    let today = store.read(&call).await?.now.date();
    for day in seed.days.into_iter().filter(|day| day.decided_date <= today) {
        let recorded = store.write(call.clone(), None, Fence::None, async move |tx| {
            let permitted = tx.permit_new::<RecordCalendarDay, _>(Directory)?;
            let day = RecordCalendarDay {
                day: day.date,
                kind: day.kind,
                name: day.name.clone(),
                instrument: day.instrument.clone(),
                decided_on: day.decided_date,
            };
            tx.carry_out(permitted, day).await
        });
        recorded.await?;
    }
    Ok(())
}

//! The body of a letter that reminds.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    period::PeriodId,
    reminder::{Letter, LetterFacts, SendReminder},
    unit::UnitId,
};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    input::{PeriodKey, Str, UnitKey, present},
    papers::OfficialLetterBody,
};

/// A letter (công văn đôn đốc) to be sent to units.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ReminderNew {
    /// The units that it goes to, each once.
    #[schema(min_items = 1, max_items = 200)]
    #[validate(length(min = 1, max = 200))]
    unit_ids: Vec<UnitKey>,
    /// The period whose report is asked for; each of the units must owe it still. Absent where the letter is about the
    /// campaign as a whole.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    period_id: Option<PeriodKey>,
    /// The letter as it was issued.
    #[validate(nested)]
    document: OfficialLetterBody,
    /// What it asks for; every recipient reads this.
    #[schema(example = "Đề nghị các đơn vị khẩn trương hoàn thành và gửi báo cáo về Ủy ban nhân dân xã.")]
    message: Str<2000>,
}

impl ReminderNew {
    pub(super) fn units(&self) -> Vec<UnitId> {
        self.unit_ids.iter().map(|unit| unit.id()).collect()
    }

    pub(super) fn period(&self) -> Option<PeriodId> {
        self.period_id.map(PeriodKey::id)
    }

    pub(super) fn command(&self, facts: LetterFacts) -> SendReminder {
        let (symbol, issued_on) = self.document.parts();
        let letter = Letter { symbol, issued_on, message: self.message.clone().into_text() };
        SendReminder { units: self.units(), period: self.period(), letter, facts }
    }
}

//! A letter that reminds: what comes in, and how reminders and notifications show it.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    document::DocumentId,
    period::PeriodId,
    reminder::{Letter, LetterFacts, Occasion, Reminder, SendReminder},
    unit::UnitId,
};
use utoipa::ToSchema;
use validator::Validate;

use crate::input::{DateOnly, DocumentKey, PeriodKey, Str, UnitKey, present};

/// A letter (công văn đôn đốc) of the outgoing register, to be sent to units.
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
    /// The letter in the outgoing register: an official letter, a notice or a telegram that was dispatched, and was neither
    /// replaced nor called back since. From now on the units see it, and its signed copy.
    document_id: DocumentKey,
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

    pub(super) fn document(&self) -> DocumentId {
        self.document_id.id()
    }

    pub(super) fn command(&self, facts: LetterFacts) -> SendReminder {
        let message = self.message.clone().into_text();
        SendReminder { units: self.units(), period: self.period(), message, facts }
    }
}

/// The letter with which units were reminded; those who were see it in the outgoing register.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReminderDocument)]
pub(crate) struct LetterView {
    /// The entry in the outgoing register, with its signed copy; absent where the letter was sent before the register was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<DocumentKey>,
    /// Number and symbol, as they are printed.
    #[schema(max_length = 60, pattern = "^.+$", example = "158/UBND-VP")]
    symbol: String,
    /// The day on which it was issued.
    issue_date: DateOnly,
}

impl LetterView {
    /// The letter of a reminder; none where a rule sent it.
    pub(crate) fn of(reminder: &Reminder) -> Option<Self> {
        match &reminder.occasion {
            Occasion::Letter(letter) => Some(letter.into()),
            Occasion::Rule { .. } => None,
        }
    }
}

impl From<&Letter> for LetterView {
    fn from(letter: &Letter) -> Self {
        Self {
            document_id: letter.document.map(Into::into),
            symbol: letter.symbol.as_str().to_owned(),
            issue_date: DateOnly(letter.issued_on),
        }
    }
}

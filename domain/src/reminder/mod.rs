//! Reminders (*nhắc việc*): who still owes something is told of its deadline, by rule and once; or by a letter.
//!
//! A [`ReminderRule`] says of which deadline, when and whom. [`Watched`] knows what is due. What Văn phòng sends by itself
//! is a [`Letter`] to units of its choice. A [`Reminder`] is the record that it was said: to which units, and to whom of
//! each; what every recipient reads is made from it.

mod due;
mod letter;
mod rule;
mod sending;
#[cfg(test)]
mod tests;
mod timing;

pub use due::{DeadlineKind, Due, Returned, Watched};
pub use letter::{ADDRESSED, LetterFacts, SendReminder};
pub use rule::{CreateReminderRule, ReminderRule, ReminderRuleId, RetireReminderRule};
pub use sending::{
    About, Letter, Note, Notification, NotificationId, Occasion, Recipient, Reminder, ReminderId, SendDueReminder, Told,
};
pub use timing::{Counting, Distance, Timing, hour_of};

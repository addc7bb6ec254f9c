//! Reminders (*nhắc việc*): who still owes something is told of its deadline, by rule and once.
//!
//! A [`ReminderRule`] says of which deadline, when and whom. [`Watched`] knows what is due. A [`Reminder`] is the record
//! that it was said: to which units, and to whom of each; what every recipient reads is made from it.

mod due;
mod rule;
mod sending;
#[cfg(test)]
mod tests;
mod timing;

pub use due::{DeadlineKind, Due, Watched};
pub use rule::{CreateReminderRule, ReminderRule, ReminderRuleId, RetireReminderRule};
pub use sending::{
    About, Note, Notification, NotificationId, Occasion, Recipient, Reminder, ReminderId, SendDueReminder, Told,
};
pub use timing::{Counting, Distance, Timing, hour_of};

//! What a reminder says to one reader: the same words in a notification and in a letter.

use thidua_domain::{
    reminder::{About, Distance, Reminder, hour_of},
    time::Deadline,
    unit::UnitEntry,
};

use crate::{language::Language, written::day};

/// In one line, what is to be done.
pub(crate) fn title(reminder: &Reminder, language: Language) -> String {
    let (kind, name) = subject(reminder);
    language.text(&format!("reminder.{kind}.title")).replace("{name}", name)
}

/// In a sentence, what is to be done by whom, and until when; as it was when the reminder was sent.
pub(crate) fn text(reminder: &Reminder, unit: &UnitEntry, language: Language) -> String {
    let (kind, name) = subject(reminder);
    let (how, days) = match Distance::of(reminder.due_before, reminder.root.created_at) {
        Distance::Left(days) => ("left", days),
        Distance::LastDay => ("lastDay", 0),
        Distance::Passed(0) => ("passedToday", 0),
        Distance::Passed(days) => ("passed", days),
    };
    // The words of people come last, so that nothing in them is taken for a place to be filled.
    let sentence = language.text(&format!("reminder.{kind}.{how}")).replace("{days}", &days.to_string());
    let sentence = sentence.replace("{due}", &until(reminder.due_before, language));
    let parts: Vec<_> = sentence.split("{name}").map(|part| part.replace("{unit}", unit.name.as_str())).collect();
    parts.join(name)
}

/// Until when, in words: to the end of a day, or to an hour of it.
fn until(deadline: Deadline, language: Language) -> String {
    let last = day(deadline.last_day());
    match hour_of(deadline) {
        None => language.text("reminder.until.day").replace("{day}", &last),
        Some((hour, minute)) => {
            let hour = format!("{hour:02}:{minute:02}");
            language.text("reminder.until.hour").replace("{day}", &last).replace("{hour}", &hour)
        }
    }
}

fn subject(reminder: &Reminder) -> (&'static str, &str) {
    match &reminder.about {
        About::Report { name, .. } => ("report", name.as_str()),
        About::Registration => ("registration", ""),
        About::CityReport => ("cityReport", ""),
    }
}

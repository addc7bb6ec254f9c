//! What a reminder says to one reader: the same words in a notification and in a letter.

use thidua_domain::{
    reminder::{About, Distance, Occasion, Reminder, hour_of},
    time::Deadline,
    unit::UnitEntry,
};

use crate::{language::Language, written::day};

/// In one line, what is to be done.
pub(crate) fn title(reminder: &Reminder, language: Language) -> String {
    match (&reminder.occasion, &reminder.about) {
        (Occasion::Letter(letter), _) => {
            let line = language.text("reminder.letter.title").replace("{day}", &day(letter.issued_on));
            line.replace("{symbol}", letter.symbol.as_str())
        }
        (Occasion::Rule { .. }, Some(about)) => {
            let (kind, name) = subject(about);
            language.text(&format!("reminder.{kind}.title")).replace("{name}", name)
        }
        // A rule always reminds of something; a state that says otherwise still reads.
        (Occasion::Rule { code, .. }, None) => code.as_str().to_owned(),
    }
}

/// In a sentence, what is to be done by whom, and until when, as it was when the reminder was sent; of a letter its own
/// words.
pub(crate) fn text(reminder: &Reminder, unit: &UnitEntry, language: Language) -> String {
    let name = &unit.faces.on(reminder.root.created_at.date()).name;
    match (&reminder.occasion, &reminder.about, reminder.due_before) {
        (Occasion::Letter(letter), _, _) => format!("{name}: {}", letter.message),
        (Occasion::Rule { .. }, Some(about), Some(due_before)) => {
            let distance = Distance::of(due_before, reminder.root.created_at);
            sentence(about, due_before, distance, language, name.as_str())
        }
        (Occasion::Rule { code, .. }, _, _) => format!("{name}: {code}"),
    }
}

fn sentence(about: &About, due_before: Deadline, distance: Distance, language: Language, unit: &str) -> String {
    let (kind, name) = subject(about);
    let (how, days) = match distance {
        Distance::Left(days) => ("left", days),
        Distance::LastDay => ("lastDay", 0),
        Distance::Passed(0) => ("passedToday", 0),
        Distance::Passed(days) => ("passed", days),
    };
    // The words of people come last, so that nothing in them is taken for a place to be filled.
    let frame = language.text(&format!("reminder.{kind}.{how}")).replace("{days}", &days.to_string());
    let frame = frame.replace("{due}", &until(due_before, language));
    let parts: Vec<_> = frame.split("{name}").map(|part| part.replace("{unit}", unit)).collect();
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

fn subject(about: &About) -> (&'static str, &str) {
    match about {
        About::Report { name, .. } => ("report", name.as_str()),
        About::Registration => ("registration", ""),
        About::CityReport => ("cityReport", ""),
        About::ReportAgain { name, .. } => ("reportAgain", name.as_str()),
        About::RegistrationAgain { .. } => ("registrationAgain", ""),
    }
}

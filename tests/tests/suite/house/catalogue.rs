//! The texts that people read: every code and every label in both languages.

use std::collections::{BTreeMap, BTreeSet};

use thidua_api::problem::Trouble;
use thidua_domain::{
    attachment, calendar, campaign,
    change::Edge,
    consolidation, dispatch, document,
    import::ImportKind,
    period,
    principal::Role,
    refusal::Code,
    registration, reminder, report,
    unit::{self, UnitType},
};
use thidua_persistence::mail;

use super::root;

fn catalogue(language: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join(format!("api/messages/{language}.toml"))).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{language}.toml: {error}"))
}

fn stages(edges: &[Edge]) -> BTreeSet<&'static str> {
    edges.iter().flat_map(|(from, _, to)| [*from, *to]).filter(|stage| !stage.is_empty()).collect()
}

/// Codes of form that are told as literals: whatever looks like one in the files that judge the form of requests.
fn literals() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root().join("api/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for marker in
                ["custom(\"", "wrong(\"", ", \"header.", ", \"parameter.", " \"field.", " \"json.", "=> \"text."]
            {
                for rest in text.split(marker).skip(1) {
                    let whole = marker.rsplit('"').next().unwrap().to_owned() + rest.split('"').next().unwrap();
                    found.insert(whole);
                }
            }
        }
    }
    found.retain(|code| {
        code.split_once('.').is_some_and(|(area, rest)| {
            [area, rest].iter().all(|part| part.bytes().all(|b| b.is_ascii_alphabetic()) && !part.is_empty())
        })
    });
    assert!(found.contains("header.missing") && found.contains("id.malformed"), "{found:?}");
    found
}

fn wanted() -> BTreeSet<String> {
    let mut wanted = literals();
    wanted.extend(Code::ALL.iter().map(|code| code.as_str().to_owned()));
    wanted.extend(Trouble::ALL.iter().map(|trouble| trouble.as_str().to_owned()));
    for kind in ["report", "registration", "cityReport"] {
        let sentences = ["title", "left", "lastDay", "passedToday", "passed"];
        wanted.extend(sentences.map(|sentence| format!("reminder.{kind}.{sentence}")));
    }
    wanted.extend(
        ["reminder.until.day", "reminder.until.hour", "reminder.letter.title", "mail.greeting", "mail.closing"]
            .map(str::to_owned),
    );
    wanted.extend(["text.empty", "text.tooLong", "text.control", attachment::FileName::MALFORMED].map(str::to_owned));
    wanted.extend(["date.malformed.inTable", "decimal.malformed.inTable"].map(str::to_owned));
    let mut labels = |kind: &str, codes: &mut dyn Iterator<Item = &'static str>| {
        wanted.extend(codes.map(|code| format!("{kind}.{code}")));
    };
    labels("role", &mut Role::ALL.iter().map(|role| role.as_str()));
    labels("unitType", &mut UnitType::ALL.iter().map(|one| one.as_str()));
    labels("unitStage", &mut stages(unit::Stage::edges()).into_iter());
    labels("unitAct", &mut unit::Happening::KINDS.iter().copied());
    labels("campaignStage", &mut stages(campaign::Stage::edges()).into_iter());
    labels("registrationStage", &mut stages(registration::Stage::edges()).into_iter());
    labels("validationRuleStage", &mut ["ACTIVE", "RETIRED"].into_iter());
    labels("scoringRubricStage", &mut ["ACTIVE", "RETIRED"].into_iter());
    labels("rankedWithin", &mut ["CAMPAIGN", "UNIT_TYPE"].into_iter());
    labels("nothingCounted", &mut ["ZERO", "LEFT_OUT"].into_iter());
    labels("ranking", &mut ["shared", "toldApart"].into_iter());
    labels("reminderRuleStage", &mut ["ACTIVE", "RETIRED"].into_iter());
    labels("deadline", &mut reminder::DeadlineKind::ALL.iter().map(|kind| kind.as_str()));
    labels("mailFailure", &mut mail::Failure::ALL.iter().map(|failure| failure.as_str()));
    labels("ruleSeverity", &mut ["BLOCK", "WARN"].into_iter());
    labels("periodStage", &mut stages(period::Stage::edges()).into_iter());
    labels("reportStage", &mut stages(report::Stage::edges()).into_iter());
    labels("attachmentStage", &mut stages(attachment::Stage::edges()).into_iter());
    labels("fileType", &mut attachment::FileType::ALL.iter().map(|kind| kind.as_str()));
    labels("consolidatedReportStage", &mut stages(consolidation::Stage::edges()).into_iter());
    labels("consolidatedReportKind", &mut consolidation::ConsolidatedKind::ALL.iter().map(|kind| kind.as_str()));
    labels("documentType", &mut ["PLAN", "REPORT"].into_iter());
    labels("dispatchStage", &mut stages(dispatch::Stage::edges()).into_iter());
    labels("deliveryState", &mut dispatch::DeliveryState::ALL.iter().map(|state| state.as_str()));
    labels("deliveryFailure", &mut dispatch::Failure::ALL.iter().map(|failure| failure.as_str()));
    labels("dispatchChannel", &mut dispatch::Channel::ALL.iter().map(|channel| channel.as_str()));
    labels("importKind", &mut ImportKind::ALL.iter().map(|kind| kind.as_str()));
    labels("dayKind", &mut calendar::DayKind::ALL.iter().map(|kind| kind.as_str()));
    labels("documentType", &mut document::DocumentType::ALL.iter().map(|one| one.as_str()));
    labels("documentStage", &mut stages(document::Stage::edges()).into_iter());
    labels("sealManner", &mut document::SealManner::ALL.iter().map(|manner| manner.as_str()));
    labels("documentRelation", &mut document::RelationKind::ALL.iter().map(|kind| kind.as_str()));
    labels("numberingMode", &mut document::NumberingMode::ALL.iter().map(|mode| mode.as_str()));
    labels("documentSeriesStage", &mut stages(document::SeriesStage::edges()).into_iter());
    labels("calendarDayStage", &mut stages(calendar::Stage::edges()).into_iter());
    wanted
}

#[test]
fn every_code_and_every_label_has_a_text_in_both_languages() {
    for language in ["vi", "en"] {
        let catalogue = catalogue(language);
        let missing: Vec<_> = wanted().into_iter().filter(|key| !catalogue.contains_key(key)).collect();
        assert!(missing.is_empty(), "{language}.toml lacks {missing:#?}");
    }
}

#[test]
fn both_languages_have_the_same_keys() {
    let (vi, en) = (catalogue("vi"), catalogue("en"));
    let only = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| -> Vec<String> {
        one.keys().filter(|key| !other.contains_key(*key)).cloned().collect()
    };
    assert_eq!(only(&vi, &en), Vec::<String>::new(), "English lacks them");
    assert_eq!(only(&en, &vi), Vec::<String>::new(), "Vietnamese lacks them");
}

#[test]
fn every_text_fits_into_the_contract_and_is_in_one_form() {
    for language in ["vi", "en"] {
        for (key, text) in catalogue(language) {
            let is_label =
                key.split('.').nth(1).is_some_and(|code| code.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'));
            // The lines above a signature are lines; everything else stands in one.
            let lines = key.starts_with("capacity.");
            let most = if lines {
                200
            } else if is_label {
                100
            } else {
                300
            };
            assert!(
                (1..=most).contains(&text.chars().count()),
                "{language}: {key} has {} characters",
                text.chars().count()
            );
            assert!(lines || !text.contains('\n'), "{language}: {key} has several lines");
            let kept = thidua_domain::text::Text::<300>::parse(&text).unwrap();
            assert_eq!(kept.as_str(), text, "{language}: {key} is not in NFC, or has white space around it");
        }
    }
}

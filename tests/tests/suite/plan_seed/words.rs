//! Word by word: what the seed says is printed, is printed; what is printed, the seed holds; the rest is listed.

use std::collections::BTreeSet;

use serde_json::Value;
use thidua_domain::{
    campaign::plan::{Plan, Section, Source, Wording},
    document::symbol::DocSymbol,
    text::Token,
};

use super::{PAPER, day, numbers, plan};

/// The text without the line breaks of the page.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every passage of the paper that the plan holds in full, with its place.
fn passages(plan: &Plan) -> Vec<(String, &Wording)> {
    let header = plan.header.as_ref().unwrap();
    let mut all = vec![("HEADER".to_owned(), &header.issuer), ("TITLE".to_owned(), &header.title)];
    let section = |section: &Section| section.code.to_string();
    for part in plan.sections.iter().chain(&plan.solutions) {
        all.extend(part.heading.iter().chain(&part.text).map(|words| (section(part), words)));
    }
    all.extend(plan.tasks.iter().map(|task| (task.code.to_string(), &task.text)));
    all.extend(plan.duties.iter().map(|duty| (duty.code.to_string(), &duty.text)));
    all.extend(plan.recipients.iter().map(|recipient| ("RECIPIENTS".to_owned(), &recipient.text)));
    all
}

/// Every excerpt that the plan gives as evidence, with its place.
fn excerpts(plan: &Plan) -> Vec<(String, &Wording)> {
    let sources = (plan.plan_targets.iter().map(|target| &target.source))
        .chain(plan.movements.iter().map(|movement| &movement.source))
        .chain(plan.open_list.iter().flat_map(|list| &list.sources))
        .chain(plan.deadlines.iter().map(|limit| &limit.source))
        .chain(plan.obligations.iter().map(|obligation| &obligation.source))
        .chain(plan.award_rules.iter().flat_map(|rule| &rule.sources));
    let works = plan.projects.iter().map(|project| (project.task.to_string(), &project.text));
    sources.map(|Source { place, text }| (place.to_string(), text)).chain(works).collect()
}

/// What stands at a place; the dateline is part of the head.
fn text_at(plan: &Plan, place: &str, corrected: bool) -> String {
    let dateline = plan.header.as_ref().filter(|_| place == "HEADER").map(|header| header.dateline.to_string());
    let passages = passages(plan).into_iter().filter(|(at, _)| at == place);
    let texts = passages.map(|(_, words)| if corrected { words.text() } else { &words.printed }.to_string());
    squeezed(&texts.chain(dateline).collect::<Vec<_>>().join(" "))
}

#[test]
fn every_printed_word_of_the_seed_stands_in_the_paper() {
    let plan = plan();
    let paper = squeezed(PAPER);
    for (place, words) in passages(&plan).into_iter().chain(excerpts(&plan)) {
        assert!(paper.contains(&squeezed(words.printed.as_str())), "{place}: {}", words.printed);
    }
    let names = (plan.fields.iter().map(|field| &field.name)).chain(plan.events.iter().map(|event| &event.name));
    let parties = plan.parties.iter().map(|party| &party.name);
    let citations = plan.legal_bases.iter().flat_map(|basis| &basis.citations).map(|citation| &citation.printed);
    for name in names.chain(parties).chain(citations).chain(plan.corrections.iter().map(|slip| &slip.printed)) {
        assert!(paper.contains(name.as_str()), "{name}");
    }
}

#[test]
fn every_word_of_the_paper_stands_in_the_seed() {
    let plan = plan();
    let (header, signer) = (plan.header.as_ref().unwrap(), plan.signer.as_ref().unwrap());
    let mut held: Vec<String> = passages(&plan).iter().map(|(_, words)| squeezed(words.printed.as_str())).collect();
    held.extend(plan.fields.iter().map(|field| field.name.to_string()));
    held.extend(
        [&header.symbol, &header.dateline, &header.document_type, &signer.title, &signer.name].map(ToString::to_string),
    );
    held.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let mut rest = squeezed(PAPER);
    for text in held {
        rest = rest.replacen(&text, "|", 1);
    }
    // Left are the numbers and dashes of lists, and what is on every paper of the State.
    let word = |word: &&str| word.chars().any(char::is_alphabetic) && !word.ends_with([')', '.', '|']);
    let left: Vec<_> = rest.split(' ').filter(word).collect();
    let state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc Nơi nhận: ỦY BAN NHÂN DÂN";
    assert_eq!(left, state.split(' ').filter(word).collect::<Vec<_>>(), "{rest}");
}

#[test]
fn an_excerpt_stands_in_the_place_it_names() {
    let plan = plan();
    for (place, words) in excerpts(&plan) {
        assert!(
            text_at(&plan, &place, false).contains(&squeezed(words.printed.as_str())),
            "{place}: {}",
            words.printed
        );
    }
    for citation in plan.legal_bases.iter().flat_map(|basis| &basis.citations) {
        assert!(text_at(&plan, citation.place.as_str(), false).contains(citation.printed.as_str()), "{citation:?}");
    }
}

#[test]
fn nothing_was_put_right_but_by_a_listed_correction_and_none_is_idle() {
    let plan = plan();
    let mut used = BTreeSet::new();
    for (place, words) in passages(&plan).into_iter().chain(excerpts(&plan)) {
        let mut text = words.printed.to_string();
        for slip in plan.corrections.iter().filter(|slip| slip.places.iter().any(|at| at.as_str() == place)) {
            if text.contains(slip.printed.as_str()) {
                text = text.replace(slip.printed.as_str(), slip.corrected.as_str());
                used.insert(slip.code.as_str());
            }
        }
        assert_eq!(words.text().as_str(), text, "{place}");
        assert_ne!(words.corrected.as_ref(), Some(&words.printed), "{place}: nothing to put right");
    }
    assert_eq!(used.len(), plan.corrections.len(), "only {used:?} are used");
    assert_eq!(plan.title.as_str(), plan.header.unwrap().title.text().as_str());
}

#[test]
fn what_is_shown_has_no_misprint() {
    let mut shown = serde_json::to_value(plan()).unwrap();
    shown.as_object_mut().unwrap().remove("corrections");
    let mut texts = Vec::new();
    gather_shown(&shown, &mut texts);
    let misprints = "CẨU|CTATU|tổng họp|phù họp|phối họp|bứt phát|trỉến|đối mới|sảng tạo|chuyến đối|đối sổ|Chỉnh trị|\
                     Phấn đầu|Truyền thôn;|tổ chưc|tinh giảm|trong trọng điểm|”'";
    for misprint in misprints.split('|') {
        assert!(squeezed(PAPER).contains(misprint), "{misprint} is no misprint of the paper");
        let hit = texts.iter().find(|text| text.contains(misprint));
        assert!(hit.is_none(), "{misprint}: {hit:?}");
    }
}

/// The strings that people see: what was meant, where it differs from what was printed.
fn gather_shown<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| gather_shown(item, texts)),
        Value::Object(fields) => {
            let raw = |key: &str| key == "citations" || (key == "printed" && fields.contains_key("corrected"));
            fields.iter().filter(|(key, _)| !raw(key)).for_each(|(_, item)| gather_shown(item, texts));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn symbol_day_and_issuer_of_every_basis_are_those_that_the_paper_prints() {
    let plan = plan();
    for basis in plan.legal_bases.iter().filter(|basis| basis.symbol.is_some()) {
        let symbol = basis.read_symbol().unwrap().unwrap();
        assert_eq!(Some(symbol.to_string().as_str()), basis.symbol.as_ref().map(Token::as_str));
        for citation in &basis.citations {
            let text = text_at(&plan, citation.place.as_str(), true);
            let (_, after) = text.split_once(basis.symbol.as_ref().unwrap().as_str()).unwrap();
            let (date, issuer) = after.trim_start_matches(',').trim_start().split_once(" của ").unwrap();
            let [on, month, year] = numbers(date)[..] else { panic!("{date}") };
            assert_eq!(basis.issue_date, Some(day(year, month, on)), "{}", basis.code);
            assert!(issuer.starts_with(basis.issuer.as_ref().unwrap().as_str()), "{}: {issuer}", basis.code);
        }
    }
    let misprint = plan
        .legal_bases
        .iter()
        .flat_map(|basis| &basis.citations)
        .find(|citation| citation.printed.as_str() == "46-CTATU");
    assert!(DocSymbol::parse(misprint.unwrap().printed.as_str()).is_err());
    let unnumbered =
        plan.legal_bases.iter().filter(|basis| basis.symbol.is_none() && basis.issue_date.is_none()).count();
    assert_eq!(unnumbered, 3);
}

//! A small plan of no particular commune, and what happens to it when it is broken.

use serde_json::{Value, json};

use super::{ItemKind, MAX_ENTRIES, MAX_ITEMS, Plan};
use crate::{
    refusal::Code,
    text::Token,
    time::{Date, Deadline, Timestamp},
    unit::UnitType,
};

fn body() -> Value {
    let words = |text: &str| json!({ "printed": text });
    let source = |place: &str| json!({ "place": place, "text": { "printed": "…" } });
    json!({
        "title": "Phát động đợt thi đua", "shortName": "Đợt thi đua", "kind": "THEMATIC",
        "startDate": "2030-02-01", "endDate": "2030-06-30", "implements": "KH7",
        "legalBases": [{
            "code": "KH7", "symbol": "07/KH-UBND", "grammar": "STATE", "issueDate": "2030-01-10", "subject": "phát động",
            "citations": [{ "place": "TITLE", "printed": "7/KH-UBND" }],
        }],
        "parties": [
            { "code": "UB", "name": "Ủy ban", "kind": "AUTHORITY" },
            { "code": "PA", "name": "Phòng A", "kind": "UNIT" },
            { "code": "PB", "name": "Phòng B", "kind": "UNIT" },
            { "code": "TRUONG", "name": "Các trường", "kind": "GROUP", "unitTypes": ["SCHOOL"] },
            { "code": "HOI", "name": "Hội", "kind": "MENTIONED" },
        ],
        "sections": [{ "code": "I", "title": "Mục đích", "text": words("a") }],
        "fields": [{ "code": "1", "name": "Kinh tế" }],
        "tasks": [
            {
                "code": "1.1", "field": "1", "shortTitle": "Làm đường", "text": words("làm đường"),
                "assignments": [{ "party": "PA", "role": "LEAD" }, { "party": "PB", "role": "COORDINATE" }],
            },
            { "code": "1.2", "field": "1", "shortTitle": "Quốc phòng", "text": words("b"), "restricted": true },
        ],
        "planTargets": [{
            "code": "T1", "name": "Đạt một nửa", "task": "1.1", "owner": "PA", "source": source("1.1"),
            "measure": { "kind": "SHARE", "direction": "AT_LEAST", "planned": "50" },
        }],
        "projects": [
            { "code": "P1", "name": "Đường", "text": words("đường"), "kind": "LAND_CLEARANCE", "task": "1.1" },
            { "code": "P2", "name": "Đường", "text": words("đường"), "kind": "CONSTRUCTION", "task": "1.1",
              "sameAs": { "project": "P1" } },
        ],
        "movements": [{ "code": "M1", "name": "Chung sức", "kind": "NAMED", "source": source("I") }],
        "deadlines": [{ "code": "D1", "source": source("2.1"), "dueBefore": "2030-06-15T00:00:00+07:00" }],
        "duties": [
            { "code": "2.1", "party": "PA", "roles": ["LEAD"], "with": ["HOI"], "text": words("chủ trì") },
            { "code": "2.2", "party": "PB", "roles": ["ADVISE"], "text": words("tham mưu") },
        ],
        "obligations": [{ "code": "O1", "party": "TRUONG", "kind": "PERIODIC", "to": "UB", "through": "PA",
            "deadline": "D1", "source": source("2.2") }],
        "recipients": [{ "code": "R1", "text": words("Ủy ban"), "party": "UB" }],
        "corrections": [{ "code": "K1", "places": ["I"], "printed": "họp", "corrected": "hợp" }],
    })
}

fn plan(body: &Value) -> Plan {
    serde_json::from_value(body.clone()).unwrap()
}

/// Sets a field of the body, which need not be there yet; `-` stands for the end of a list.
fn set(body: &mut Value, pointer: &str, value: Value) {
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap();
    if let Some(fields) = parent.as_object_mut() {
        fields.insert(field.to_owned(), value);
        return;
    }
    let items = parent.as_array_mut().unwrap();
    match field.parse::<usize>() {
        Ok(index) => items[index] = value,
        Err(_) => items.push(value),
    }
}

fn token(text: &str) -> Token {
    Token::parse(text).unwrap()
}

/// What the plan says of itself once a field is set.
fn faults_with(pointer: &str, value: Value) -> Vec<(String, Code)> {
    let mut broken = body();
    set(&mut broken, pointer, value);
    plan(&broken).check().into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

#[test]
fn a_whole_plan_is_in_order_and_ready() {
    let plan = plan(&body());
    assert_eq!(plan.check(), []);
    assert_eq!(plan.check_ready_for_submission(), []);
}

#[test]
fn a_reference_to_nothing_is_found_where_it_stands() {
    let references = [
        "/implements",
        "/legalBases/0/citations/0/place",
        "/tasks/1/field",
        "/tasks/0/assignments/1/party",
        "/planTargets/0/task",
        "/planTargets/0/owner",
        "/planTargets/0/source/place",
        "/projects/0/task",
        "/projects/1/sameAs/project",
        "/movements/0/task",
        "/movements/0/party",
        "/movements/0/source/place",
        "/deadlines/0/source/place",
        "/duties/1/party",
        "/duties/0/with/0",
        "/obligations/0/party",
        "/obligations/0/to",
        "/obligations/0/through",
        "/obligations/0/deadline",
        "/recipients/0/party",
        "/corrections/0/places/0",
    ];
    for pointer in references {
        assert_eq!(faults_with(pointer, json!("nobody")), [(pointer.to_owned(), Code::UnknownReference)], "{pointer}");
    }
}

#[test]
fn a_code_stands_for_one_thing_in_the_whole_plan() {
    let duplicates = [
        ("/tasks/1/code", json!("1.1")),
        ("/movements/0/code", json!("P1")),
        ("/corrections/-", json!({ "code": "K1", "places": ["I"], "printed": "x", "corrected": "y" })),
        ("/parties/-", json!({ "code": "PA", "name": "Phòng C", "kind": "UNIT" })),
        ("/duties/0/roles/-", json!("LEAD")),
        ("/duties/0/with/-", json!("HOI")),
    ];
    for (pointer, value) in duplicates {
        let faults = faults_with(pointer, value);
        assert!(matches!(faults.as_slice(), [(_, Code::Duplicate)]), "{pointer}: {faults:?}");
    }
}

#[test]
fn what_contradicts_itself_is_named_by_field_and_rule() {
    let broken = [
        ("/endDate", json!("2030-01-31"), "/endDate", Code::EndBeforeStart),
        ("/startDate", json!("2030-01-09"), "/startDate", Code::StartBeforeBasis),
        ("/legalBases/0/symbol", json!("07-CTATU"), "/legalBases/0/symbol", Code::SymbolMalformed),
        ("/legalBases/0/symbol", json!("07-KH/TU"), "/legalBases/0/symbol", Code::SymbolMalformed),
        ("/legalBases/0/grammar", json!("PARTY"), "/legalBases/0/symbol", Code::SymbolMalformed),
        ("/legalBases/0/grammar", Value::Null, "/legalBases/0/grammar", Code::SymbolMalformed),
        ("/parties/3/unitTypes", json!([]), "/parties/3/unitTypes", Code::GroupWithoutTypes),
        ("/parties/4/unitTypes", json!(["SCHOOL"]), "/parties/4/unitTypes", Code::GroupWithoutTypes),
        ("/sections/0/text", Value::Null, "/sections/0/text", Code::PlanIncomplete),
        ("/tasks/0/assignments/1/role", json!("LEAD"), "/tasks/0/assignments/1/role", Code::LeadNotOne),
        ("/duties/0/party", json!("TRUONG"), "/duties/0/party", Code::LeadNotOne),
        ("/planTargets/0/owner", json!("TRUONG"), "/planTargets/0/owner", Code::LeadNotOne),
        ("/planTargets/0/measure/planned", json!("100.01"), "/planTargets/0/measure/planned", Code::ShareOverWhole),
        ("/projects/1/sameAs/project", json!("P2"), "/projects/1/sameAs/project", Code::SameAsChain),
        ("/deadlines/0/lastDate", json!("2030-06-14"), "/deadlines/0", Code::DeadlineAmbiguous),
    ];
    for (pointer, value, at, code) in broken {
        assert_eq!(faults_with(pointer, value.clone()), [(at.to_owned(), code)], "{pointer} = {value}");
    }
}

#[test]
fn without_a_first_day_the_end_still_follows_the_document_carried_out() {
    let mut early = body();
    set(&mut early, "/startDate", Value::Null);
    set(&mut early, "/endDate", json!("2030-01-09"));
    assert_eq!(plan(&early).check()[0].code, Code::EndBeforeStart);
}

#[test]
fn every_list_has_a_bound() {
    let field = |index: usize| json!({ "code": format!("X{index}"), "name": "Lĩnh vực" });
    let full: Vec<_> = (0..MAX_ITEMS).map(field).collect();
    let too_many: Vec<_> = (0..=MAX_ITEMS).map(field).collect();
    assert!(faults_with("/fields", json!(full)).iter().all(|(_, code)| *code == Code::UnknownReference));
    assert_eq!(faults_with("/fields", json!(too_many)), [("/fields".to_owned(), Code::ListTooLong)]);
    let with = vec![json!("HOI"); MAX_ENTRIES + 1];
    assert_eq!(faults_with("/duties/0/with", json!(with)), [("/duties/0/with".to_owned(), Code::ListTooLong)]);
}

#[test]
fn what_is_missing_for_submission_is_named_all_at_once() {
    let bare = plan(&json!({ "title": "Phát động", "shortName": "Đợt", "kind": "THEMATIC" }));
    assert_eq!(bare.check(), []);
    let missing: Vec<_> = bare.check_ready_for_submission().into_iter().map(|fault| fault.pointer).collect();
    let wanted = ["/fields", "/tasks", "/planTargets", "/endDate", "/legalBases", "/recipients", "/duties"];
    assert_eq!(missing, wanted);

    let mut idle = body();
    set(&mut idle, "/duties/1/party", json!("PA"));
    let missing: Vec<_> = plan(&idle).check_ready_for_submission().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(missing, ["/parties/2"]);
}

#[test]
fn a_plan_is_a_closed_object_and_its_lists_may_be_left_out() {
    let mut strange = body();
    set(&mut strange, "/tasks/0/colour", json!("red"));
    assert!(serde_json::from_value::<Plan>(strange).is_err());
}

#[test]
fn a_unit_owes_what_its_type_owes_and_villages_owe_nothing() {
    let plan = plan(&body());
    let owed =
        |unit_type| plan.obligations_of(&token("ANY"), unit_type).map(|owed| owed.code.as_str()).collect::<Vec<_>>();
    assert_eq!(owed(UnitType::School), ["O1"]);
    assert!(owed(UnitType::Village).is_empty());
    let limit = plan.due_before(&plan.obligations[0]).unwrap();
    assert_eq!(limit, Deadline::before(Date::from_ymd_opt(2030, 6, 15).unwrap()));
}

#[test]
fn a_last_day_is_in_time_to_its_last_instant_and_a_month_is_no_deadline() {
    let limited = |member: &str, value: Value| {
        let mut changed = body();
        let limit = &mut changed["deadlines"][0];
        for other in ["month", "lastDate", "dueBefore"] {
            limit.as_object_mut().unwrap().remove(other);
        }
        limit[member] = value;
        let plan = plan(&changed);
        plan.due_before(&plan.obligations[0])
    };
    let day = limited("lastDate", json!("2030-06-14")).unwrap();
    assert_eq!(day, Deadline::before(Date::from_ymd_opt(2030, 6, 15).unwrap()));
    let at = |instant: &str| Timestamp::parse(instant).unwrap();
    assert!(!day.missed_at(at("2030-06-14T23:59:59.999999+07:00")));
    assert!(day.missed_at(at("2030-06-15T00:00:00+07:00")));
    assert_eq!(limited("month", json!("2030-06")), None);
}

#[test]
fn codes_projects_and_restricted_tasks_can_be_looked_up() {
    let plan = plan(&body());
    assert!(plan.codes().contains(&(&token("T1"), ItemKind::PlanTarget)));
    assert!(plan.codes().iter().all(|(code, _)| code.as_str() != "PA"));
    assert_eq!(plan.project_identity(&token("P2")), &token("P1"));
    assert_eq!(plan.project_identity(&token("P1")), &token("P1"));
    assert!(plan.is_restricted(&token("1.2")));
    assert!(!plan.is_restricted(&token("1.1")) && !plan.is_restricted(&token("9.9")));
    assert_eq!(plan.earliest_start(), Date::from_ymd_opt(2030, 1, 10));
}

#[test]
fn item_kinds_are_named_on_the_wire_as_in_code() {
    for (_, kind) in plan(&body()).codes() {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
}

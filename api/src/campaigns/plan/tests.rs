//! The plan on the wire and the plan of the domain are one and the same.

use serde_json::{Map, Value, json};
use thidua_domain::{
    campaign::{
        Plan,
        plan::{MAX_ENTRIES, MAX_ITEMS},
    },
    measure::MAX_STEPS,
};
use validator::Validate;

use super::PlanBody;
use crate::openapi::Contract;

const GIA_LOC: &str = include_str!("../../../../persistence/seeds/gia-loc-2025.toml");

fn gia_loc() -> Value {
    let seed: toml::Value = toml::from_str(GIA_LOC).unwrap();
    serde_json::to_value(&seed["plan"]).unwrap()
}

/// A plan with every member that there is, each list with one item, and the target of the given measure.
fn full(measure: &Value) -> Value {
    let words = json!({ "printed": "phù họp", "corrected": "phù hợp" });
    let source = json!({ "place": "1.1", "text": words });
    json!({
        "title": "Phát động đợt thi đua", "shortName": "Đợt thi đua", "kind": "REGULAR",
        "header": { "issuer": words, "symbol": "Số: /KH-UBND", "place": "Xã A", "dateline": "Xã A, ngày …",
            "documentType": "KẾ HOẠCH", "title": words, "issuedMonth": "2030-01" },
        "signer": { "name": "Nguyễn Văn A", "title": "CHỦ TỊCH", "capacity": "FOR_THE_CHAIR" },
        "startDate": "2030-02-01", "endDate": "2030-06-30", "implements": "KH7",
        "events": [{ "code": "E1", "name": "Đại hội" }],
        "legalBases": [{ "code": "KH7", "symbol": "07/KH-UBND", "grammar": "STATE", "issueDate": "2030-01-10",
            "issuer": "UBND", "subject": "phát động", "citations": [{ "place": "TITLE", "printed": "7/KH-UBND" }] }],
        "parties": [{ "code": "TRUONG", "name": "Các trường", "kind": "GROUP", "unitTypes": ["SCHOOL"] }],
        "sections": [{ "code": "I", "title": "Mục đích", "heading": words, "text": words }],
        "fields": [{ "code": "1", "name": "Kinh tế" }],
        "tasks": [{ "code": "1.1", "field": "1", "shortTitle": "Làm đường", "text": words, "restricted": true,
            "assignments": [{ "party": "TRUONG", "role": "ORGANISE", "inferred": true, "basis": "NĐ 150" }] }],
        "planTargets": [{ "code": "T1", "name": "Đạt", "task": "1.1", "owner": "TRUONG", "ownerAssumed": true,
            "measure": measure, "source": source }],
        "projects": [{ "code": "P1", "name": "Đường", "text": words, "kind": "CONSTRUCTION", "task": "1.1", "group": true,
            "sameAs": { "project": "P2", "inferred": true } }],
        "solutions": [{ "code": "II", "title": "Giải pháp", "heading": words, "text": words }],
        "movements": [{ "code": "M1", "name": "Chung sức", "kind": "SECTION_THREE", "task": "1.1", "party": "TRUONG",
            "source": source }],
        "openList": { "sources": [source] },
        "deadlines": [{ "code": "D1", "source": source, "parties": ["TRUONG"], "month": "2030-06",
            "lastDate": "2030-06-30", "dueBefore": "2030-06-14T17:00:00Z" }],
        "duties": [{ "code": "V.1", "party": "TRUONG", "roles": ["LEAD"], "with": ["HOI"], "text": words }],
        "obligations": [{ "code": "O1", "party": "TRUONG", "kind": "ACTION_PROGRAMME", "to": "UB", "through": "PA",
            "deadline": "D1", "source": source }],
        "awardRules": [{ "code": "W1", "rule": "Công khai", "sources": [source] }],
        "recipients": [{ "code": "R1", "text": words, "party": "UB", "filed": true }],
        "corrections": [{ "code": "K1", "places": ["I"], "printed": "họp", "corrected": "hợp" }],
    })
}

fn measures() -> [Value; 4] {
    [
        json!({ "kind": "QUANTITATIVE", "measureUnit": "ha", "direction": "AT_LEAST", "baseline": "1.5", "planned": "-2" }),
        json!({ "kind": "SHARE", "direction": "EXACTLY", "baseline": "95", "planned": "97.5" }),
        json!({ "kind": "QUALITATIVE", "expected": "Tốt" }),
        json!({ "kind": "MILESTONE", "steps": [{ "code": "P1", "name": "Đường" }] }),
    ]
}

fn body_of(plan: &Value) -> Result<PlanBody, serde_json::Error> {
    serde_json::from_value(plan.clone())
}

fn domain_of(plan: &Value) -> Result<Plan, serde_json::Error> {
    serde_json::from_value(plan.clone())
}

/// Pointers to every member of every object in a value.
fn members(value: &Value) -> Vec<String> {
    fn visit(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                for (name, member) in object {
                    found.push(format!("{at}/{name}"));
                    visit(member, &format!("{at}/{name}"), found);
                }
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| visit(item, &format!("{at}/{index}"), found));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    visit(value, "", &mut found);
    found
}

/// The value with the object that has this member changed.
fn changed(value: &Value, member: &str, change: impl FnOnce(&mut Map<String, Value>, &str)) -> Value {
    let (object, name) = member.rsplit_once('/').unwrap();
    let mut value = value.clone();
    change(value.pointer_mut(object).unwrap().as_object_mut().unwrap(), name);
    value
}

#[test]
fn the_plan_of_gia_loc_comes_in_and_goes_out_as_it_is() {
    let plan = domain_of(&gia_loc()).unwrap();
    let written = serde_json::to_value(&plan).unwrap();
    let body = body_of(&written).unwrap();
    assert!(body.validate().is_ok());
    assert_eq!(serde_json::to_value(&body).unwrap(), written);
    assert_eq!(body.into_plan().unwrap(), plan);
}

#[test]
fn a_body_has_the_members_of_the_plan() {
    for measure in measures() {
        let plan = full(&measure);
        let body = body_of(&plan).unwrap();
        assert!(body.validate().is_ok());
        assert_eq!(serde_json::to_value(&body).unwrap(), plan, "the body has another form");
        assert_eq!(serde_json::to_value(domain_of(&plan).unwrap()).unwrap(), plan, "the domain has another form");
        assert_eq!(body.into_plan().unwrap(), domain_of(&plan).unwrap());
    }
}

#[test]
fn every_member_is_required_closed_and_never_null_as_in_the_domain() {
    for measure in measures() {
        let plan = full(&measure);
        for member in members(&plan) {
            let without = changed(&plan, &member, |object, name| drop(object.remove(name)));
            assert_eq!(body_of(&without).is_ok(), domain_of(&without).is_ok(), "without {member}");
            let null = changed(&plan, &member, |object, name| drop(object.insert(name.to_owned(), Value::Null)));
            assert!(body_of(&null).is_err(), "{member} may be null");
            let more = changed(&plan, &member, |object, _| drop(object.insert("more".to_owned(), json!("x"))));
            assert!(body_of(&more).is_err(), "an unknown member beside {member} is taken");
        }
    }
}

#[test]
fn text_is_bounded_as_in_the_domain() {
    let plan = full(&measures()[2]);
    for member in members(&plan) {
        for length in [60, 61, 300, 301, 2000, 2001, 20_000, 20_001] {
            let long = changed(&plan, &member, |object, name| {
                let text = object.get_mut(name).filter(|value| value.is_string());
                text.into_iter().for_each(|text| *text = "a".repeat(length).into());
            });
            assert_eq!(body_of(&long).is_ok(), domain_of(&long).is_ok(), "{length} characters in {member}");
        }
    }
}

#[test]
fn lists_are_bounded_as_in_the_domain() {
    let plan = full(&measures()[3]);
    let all = members(&plan);
    let lists = all.iter().filter(|member| plan.pointer(member).is_some_and(Value::is_array));
    for list in lists {
        let most = match list.as_str() {
            steps if steps.ends_with("/steps") => MAX_STEPS,
            outer if outer.matches('/').count() == 1 => MAX_ITEMS,
            _ => MAX_ENTRIES,
        };
        let repeated = |times: usize| {
            changed(&plan, list, |object, name| {
                let item = object[name][0].clone();
                object.insert(name.to_owned(), vec![item; times].into());
            })
        };
        assert!(body_of(&repeated(most)).unwrap().validate().is_ok(), "{list} with {most}");
        assert!(body_of(&repeated(most + 1)).unwrap().validate().is_err(), "{list} with one more than {most}");
    }
}

/// The object schema that describes an object, with references followed and kinds told apart.
fn described<'a>(schemas: &'a Value, schema: &'a Value, value: &Value) -> &'a Value {
    let named = |reference: &str| &schemas[reference.trim_start_matches("#/components/schemas/")];
    let schema = schema["$ref"].as_str().map_or(schema, named);
    let kind = value["kind"].as_str().unwrap_or_default();
    schema["discriminator"]["mapping"][kind].as_str().map_or(schema, named)
}

/// Compares a value with its schema: the members, which of them are needed, closed objects, bounded lists, descriptions.
fn compare(schemas: &Value, schema: &Value, plan: &Value, at: &str) {
    let value = plan.pointer(at).unwrap();
    let schema = described(schemas, schema, value);
    let text = |schema: &Value| schema["description"].as_str().unwrap_or_default().chars().count();
    match value {
        Value::Object(object) => {
            assert!(text(schema) > 20, "the object at {at} is not described");
            assert_eq!(schema["additionalProperties"], false, "{at} is open");
            let properties = schema["properties"].as_object().unwrap();
            assert_eq!(properties.keys().collect::<Vec<_>>(), object.keys().collect::<Vec<_>>(), "members of {at}");
            for (name, property) in properties {
                let member = format!("{at}/{name}");
                assert!(text(property) > 20, "{member} is not described");
                let needed = schema["required"].as_array().unwrap().iter().any(|required| required == name);
                let without = changed(plan, &member, |object, name| drop(object.remove(name)));
                assert_eq!(needed, domain_of(&without).is_err(), "whether {member} is required");
                compare(schemas, property, plan, &member);
            }
        }
        Value::Array(_) => {
            let most = if at.matches('/').count() == 1 { MAX_ITEMS } else { MAX_ENTRIES };
            assert_eq!(schema["maxItems"], most, "bound of {at}");
            compare(schemas, &schema["items"], plan, &format!("{at}/0"));
        }
        Value::String(_) if schema["enum"].is_array() => {
            assert!(text(schema) > 20, "the values of {at} are not described")
        }
        Value::String(_) => {
            assert!(schema["maxLength"].is_number() && schema["pattern"].is_string(), "{at} is unbounded")
        }
        Value::Bool(_) => assert_eq!(schema["type"], "boolean"),
        Value::Number(_) | Value::Null => unreachable!("a plan has no such values"),
    }
}

#[test]
fn the_contract_describes_the_plan_of_the_domain() {
    let contract = Contract::document();
    let schemas = &contract["components"]["schemas"];
    for measure in measures() {
        compare(schemas, &schemas["Plan"], &full(&measure), "");
    }
}

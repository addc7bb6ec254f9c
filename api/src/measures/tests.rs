//! What is read is what was written, and a fault is told of the member that has it.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thidua_domain::{measure, target::Topic};
use utoipa::{PartialSchema, ToSchema};
use validator::Validate;

use super::{MeasureBody, TopicBody, ValueBody};

fn measures() -> [Value; 4] {
    [
        json!({ "kind": "QUANTITATIVE", "measureUnit": "ha", "direction": "AT_MOST", "baseline": "1.5", "planned": "2" }),
        json!({ "kind": "SHARE", "direction": "AT_LEAST", "planned": "97" }),
        json!({ "kind": "QUALITATIVE", "expected": "Tốt" }),
        json!({ "kind": "MILESTONE", "steps": [{ "code": "P1", "name": "Đường" }, { "code": "P2", "name": "Cầu" }] }),
    ]
}

fn values() -> [Value; 4] {
    [
        json!({ "kind": "QUANTITATIVE", "amount": "131.25" }),
        json!({ "kind": "SHARE", "numerator": "18430", "denominator": "19000" }),
        json!({ "kind": "QUALITATIVE", "finding": "Tốt", "reached": true }),
        json!({ "kind": "MILESTONE", "done": ["P1", "P2"] }),
    ]
}

/// Where reading goes wrong, and what serde says of it.
fn fault<T: DeserializeOwned>(body: Value) -> (String, String) {
    let error = serde_path_to_error::deserialize::<_, T>(body).err().unwrap();
    (error.path().to_string(), error.inner().to_string())
}

#[test]
fn what_a_target_asks_for_is_the_same_on_both_sides() {
    for written in measures() {
        let body: MeasureBody = serde_json::from_value(written.clone()).unwrap();
        let domain = measure::Measure::from(body.clone());
        assert_eq!(serde_json::to_value(&domain).unwrap(), written);
        assert_eq!(MeasureBody::from(domain), body);
        assert_eq!(serde_json::to_value(&body).unwrap(), written);
    }
}

#[test]
fn what_was_found_is_the_same_on_both_sides() {
    for written in values() {
        let body: ValueBody = serde_json::from_value(written.clone()).unwrap();
        let domain = measure::Value::from(body.clone());
        assert_eq!(serde_json::to_value(&domain).unwrap(), written);
        assert_eq!(ValueBody::from(domain), body);
        assert_eq!(serde_json::to_value(&body).unwrap(), written);
    }
}

#[test]
fn what_a_target_is_about_is_the_same_on_both_sides() {
    for written in [json!({}), json!({ "task": "3.2.7" }), json!({ "task": "1", "movement": "M1", "project": "P1" })] {
        let body: TopicBody = serde_json::from_value(written.clone()).unwrap();
        let domain = Topic::from(body.clone());
        assert_eq!(serde_json::to_value(&domain).unwrap(), written);
        assert_eq!(TopicBody::from(domain), body);
        assert_eq!(serde_json::to_value(&body).unwrap(), written);
    }
    assert_eq!(fault::<TopicBody>(json!({ "task": null })).0, "task");
}

#[test]
fn a_fault_is_told_of_the_member_that_has_it() {
    let measure = |member: &str, value: Value| {
        let mut body = measures()[0].clone();
        body[member] = value;
        fault::<MeasureBody>(body)
    };
    assert_eq!(measure("planned", json!("2,5")), ("planned".to_owned(), "decimal.malformed".to_owned()));
    assert_eq!(measure("baseline", Value::Null).0, "baseline");
    assert_eq!(measure("direction", json!("UP")).0, "direction");
    assert_eq!(measure("kind", json!("RATIO")).0, "kind");
    let steps = json!({ "kind": "MILESTONE", "steps": [{ "code": "P1", "name": "" }] });
    assert_eq!(fault::<MeasureBody>(steps), ("steps[0].name".to_owned(), "text.empty".to_owned()));
    let done = json!({ "kind": "MILESTONE", "done": ["P1", ""] });
    assert_eq!(fault::<ValueBody>(done), ("done[1]".to_owned(), "text.empty".to_owned()));
}

#[test]
fn each_kind_has_its_own_members_and_no_others() {
    type Read = fn(Value) -> serde_json::Result<()>;
    let measure: Read = |body| serde_json::from_value::<MeasureBody>(body).map(drop);
    let value: Read = |body| serde_json::from_value::<ValueBody>(body).map(drop);
    for (bodies, read) in [(measures(), measure), (values(), value)] {
        for body in &bodies {
            for (name, _) in body.as_object().unwrap().iter().filter(|(name, _)| *name != "baseline") {
                let mut less = body.clone();
                less.as_object_mut().unwrap().remove(name);
                let said = read(less).unwrap_err().to_string();
                assert!(said.starts_with(&format!("missing field `{name}`")), "{said}");
            }
            let own = body.as_object().unwrap();
            let others = bodies.iter().flat_map(|other| other.as_object().unwrap());
            for (name, value) in others.filter(|(name, _)| !own.contains_key(*name)) {
                // A share has a baseline too, which this one only leaves out.
                if body["kind"] == "SHARE" && name == "baseline" {
                    continue;
                }
                let mut more = body.clone();
                more[name] = value.clone();
                let said = read(more).unwrap_err().to_string();
                assert!(said.starts_with(&format!("unknown field `{name}`")), "{said}");
            }
        }
    }
}

#[test]
fn a_milestone_target_has_one_to_fifty_steps() {
    let steps = |count: usize| -> MeasureBody {
        let steps = vec![json!({ "code": "P1", "name": "Đường" }); count];
        serde_json::from_value(json!({ "kind": "MILESTONE", "steps": steps })).unwrap()
    };
    assert!(steps(0).validate().is_err());
    assert!(steps(1).validate().is_ok());
    assert!(steps(50).validate().is_ok());
    assert!(steps(51).validate().is_err());
    let done = |count: usize| -> ValueBody {
        serde_json::from_value(json!({ "kind": "MILESTONE", "done": vec!["P1"; count] })).unwrap()
    };
    assert!(done(0).validate().is_ok());
    assert!(done(50).validate().is_ok());
    assert!(done(51).validate().is_err());
}

#[test]
fn the_contract_tells_the_kinds_apart_as_closed_objects() {
    fn check<T: ToSchema + PartialSchema>() {
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        let whole = serde_json::to_value(T::schema()).unwrap();
        assert_eq!(whole["discriminator"]["propertyName"], "kind");
        let mapping = whole["discriminator"]["mapping"].as_object().unwrap();
        assert_eq!(mapping.len(), 4);
        for (kind, reference) in mapping {
            assert!(whole["oneOf"].as_array().unwrap().iter().any(|choice| choice["$ref"] == *reference));
            let name = reference.as_str().unwrap().trim_start_matches("#/components/schemas/");
            let (_, part) = parts.iter().find(|(part, _)| part == name).unwrap();
            let part = serde_json::to_value(part).unwrap();
            assert_eq!(part["additionalProperties"], false);
            let reference =
                part["properties"]["kind"]["$ref"].as_str().unwrap().trim_start_matches("#/components/schemas/");
            let (_, own) = parts.iter().find(|(part, _)| part == reference).unwrap();
            assert_eq!(serde_json::to_value(own).unwrap()["enum"], json!([kind]));
        }
    }
    check::<MeasureBody>();
    check::<ValueBody>();
}

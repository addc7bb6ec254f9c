//! The contract as people read it: everything is described, everything is bounded, and examples are true.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use thidua_api::openapi::Contract;

use crate::policy::operations;

/// Shorter descriptions repeat the name.
const SHORTEST: usize = 20;

/// Collects what is wrong, so that all of it is told at once.
#[derive(Default)]
struct Findings(BTreeSet<String>);

impl Findings {
    fn expect(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.0.insert(what());
        }
    }

    #[track_caller]
    fn are_none(self) {
        assert!(self.0.is_empty(), "{:#?}", self.0);
    }
}

fn document() -> Value {
    Contract::document()
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let reference = value.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    reference.map_or(value, |pointer| document.pointer(pointer).unwrap_or_else(|| panic!("{pointer} does not exist")))
}

fn described(document: &Value, value: &Value) -> bool {
    let long = |value: &Value| value["description"].as_str().is_some_and(|text| text.chars().count() > SHORTEST);
    long(value) || long(resolve(document, value))
}

fn walk<'a>(value: &'a Value, path: &str, visit: &mut dyn FnMut(&str, &'a Value)) {
    visit(path, value);
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| walk(item, &format!("{path}/{index}"), visit))
        }
        Value::Object(map) => map.iter().for_each(|(key, item)| walk(item, &format!("{path}/{key}"), visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every schema of the document: what has a type, a reference or alternatives, outside of examples.
fn schemas<'a>(document: &'a Value, visit: &mut dyn FnMut(&str, &'a Value)) {
    walk(document, "", &mut |path, value| {
        let is_schema = ["type", "$ref", "oneOf", "enum"].iter().any(|key| value.get(key).is_some());
        let place = path.starts_with("/components/schemas/") || path.contains("/schema");
        let elsewhere =
            path.contains("/example") || path.ends_with("/properties") || path.contains("/securitySchemes/");
        if is_schema && place && !elsewhere && value.is_object() {
            visit(path, value);
        }
    });
}

#[test]
fn every_operation_is_told_in_a_line_and_in_a_paragraph_and_belongs_to_one_tag() {
    let document = document();
    let mut findings = Findings::default();
    let tags: Vec<_> = document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].clone()).collect();
    for operation in operations() {
        let described = &document["paths"][&operation.path][operation.method.as_str().to_ascii_lowercase()];
        let summary = described["summary"].as_str().unwrap_or_default();
        let text = described["description"].as_str().unwrap_or_default();
        findings
            .expect((3..=60).contains(&summary.chars().count()), || format!("{}: summary {summary:?}", operation.id));
        findings.expect(!summary.ends_with('.'), || format!("{}: a summary is no sentence", operation.id));
        findings.expect(text.chars().count() > SHORTEST, || format!("{}: description {text:?}", operation.id));
        let own = described["tags"].as_array().unwrap();
        findings.expect(own.len() == 1 && tags.contains(&own[0]), || format!("{}: tags {own:?}", operation.id));
    }
    findings.are_none();
}

#[test]
fn every_name_is_in_the_form_of_its_kind() {
    let document = document();
    let mut findings = Findings::default();
    let camel = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let verbs = ["get", "put", "post", "patch", "delete", "head", "options", "trace"];
    for operation in operations() {
        let verb = verbs.iter().any(|verb| {
            operation.id.strip_prefix(verb).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
        });
        findings.expect(camel(&operation.id) && !verb, || format!("operationId {}", operation.id));
        let parts: Vec<_> = operation.path.split('/').skip(1).collect();
        let kebab = |part: &&str| {
            let part = *part;
            let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
            let plain = || !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            name.map_or_else(plain, camel) || part == "openapi.json"
        };
        findings.expect(parts.iter().all(kebab) && parts.len() <= 5, || format!("path {}", operation.path));
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        findings.expect(name.starts_with(|c: char| c.is_ascii_uppercase()), || format!("schema {name}"));
        for (property, value) in schema["properties"].as_object().into_iter().flatten() {
            let what = || format!("{name}.{property}");
            findings.expect(camel(property) && !matches!(&**property, "headers" | "responses"), what);
            let format = resolve(&document, value)["format"].as_str().unwrap_or_default();
            let ending = match format {
                "date" => property.ends_with("Date"),
                "date-time" => property.ends_with("At") || property.ends_with("Before"),
                _ => true,
            };
            findings.expect(ending, || format!("{name}.{property} is a {format}"));
            let is = value["type"] == "boolean"
                && property.strip_prefix("is").is_some_and(|rest| rest.starts_with(char::is_uppercase));
            findings.expect(!is, || format!("{name}.{property} is a question"));
        }
        for value in schema["enum"].as_array().into_iter().flatten() {
            let upper = value
                .as_str()
                .is_some_and(|text| text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_'));
            findings.expect(upper, || format!("{name}: {value}"));
        }
    }
    findings.are_none();
}

#[test]
fn everything_that_can_be_described_is() {
    let document = document();
    let mut findings = Findings::default();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        findings.expect(described(&document, schema), || format!("schema {name}"));
        for (property, value) in schema["properties"].as_object().into_iter().flatten() {
            findings.expect(described(&document, value), || format!("{name}.{property}"));
        }
    }
    walk(&document["paths"], "", &mut |path, value| {
        let parent = path.rsplit('/').nth(1).unwrap_or_default();
        if matches!(parent, "parameters" | "responses" | "headers") && value.is_object() && !path.contains("/links/") {
            findings.expect(described(&document, value), || path.to_owned());
        }
        if path.ends_with("/requestBody") {
            findings.expect(described(&document, value), || path.to_owned());
        }
    });
    findings.are_none();
}

#[test]
fn every_value_has_its_bounds_and_none_is_null() {
    let document = document();
    let mut findings = Findings::default();
    schemas(&document, &mut |path, schema| {
        let has = |key: &str| schema.get(key).is_some();
        let bounded = match schema["type"].as_str() {
            Some("string") => has("enum") || has("const") || (has("maxLength") && (has("pattern") || has("format"))),
            Some("integer") => has("format") && has("minimum") && has("maximum"),
            Some("number") => false,
            Some("array") => has("maxItems") && has("items"),
            Some("object") => has("properties") || schema["additionalProperties"]["type"].is_string(),
            Some("boolean") => true,
            Some(_) => false,
            None => !has("type"),
        };
        findings.expect(bounded, || format!("{path}: {schema}"));
        findings.expect(!has("nullable") && !has("allOf"), || format!("{path}: {schema}"));
    });
    findings.are_none();
}

/// All schemas that a request body reaches.
fn reached_by_requests(document: &Value) -> BTreeMap<String, Value> {
    let mut reached = BTreeMap::new();
    let mut waiting: Vec<String> = Vec::new();
    let references = |value: &Value, waiting: &mut Vec<String>| {
        walk(value, "", &mut |_, value| waiting.extend(value.get("$ref").and_then(Value::as_str).map(str::to_owned)));
    };
    walk(&document["paths"], "", &mut |path, value| {
        if path.ends_with("/requestBody") {
            references(value, &mut waiting);
        }
    });
    while let Some(reference) = waiting.pop() {
        let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
        if reached.insert(reference, schema.clone()).is_none() {
            references(schema, &mut waiting);
        }
    }
    reached
}

#[test]
fn every_object_of_a_request_is_closed() {
    let document = document();
    let mut findings = Findings::default();
    for (name, schema) in reached_by_requests(&document) {
        walk(&schema, &name, &mut |path, value| {
            let open = value["type"] == "object" && value["additionalProperties"] != false;
            findings.expect(!open, || path.to_owned());
        });
    }
    findings.are_none();
}

#[test]
fn every_example_is_one() {
    let document = document();
    let mut findings = Findings::default();
    let mut tried = 0;
    let mut hold = |path: &str, schema: &Value, example: &Value| {
        let mut root = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [schema]});
        root["components"] = json!({"schemas": document["components"]["schemas"].clone()});
        let validator = jsonschema::options().should_validate_formats(true).build(&root).unwrap();
        tried += 1;
        findings.expect(validator.is_valid(example), || format!("{path}: {example}"));
    };
    walk(&document, "", &mut |path, value| {
        if !value.is_object() || path.ends_with("/properties") {
            return;
        }
        // A parameter and a header have their example beside their schema.
        let schema = value.get("schema").unwrap_or(value);
        let many = value.get("examples").and_then(Value::as_array).into_iter().flatten();
        for example in value.get("example").into_iter().chain(many) {
            hold(path, schema, example);
        }
    });
    findings.are_none();
    assert!(tried > 20, "only {tried} examples were found");
}

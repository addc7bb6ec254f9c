//! The examples of the contract, and where they stand in it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::story::Examples;

/// Real exchanges of the demonstration; `thidua openapi examples` records them anew.
///
/// What is sent stands with its operation; what is answered stands once for each form, since a report looks alike whatever
/// was done to it last. An operation that the demonstration never comes to shows what another one sends in the same form.
pub(super) fn examples(document: &mut Value) {
    // A test records them again and compares, so that an unreadable file never gets as far as here.
    let examples: Examples = serde_json::from_str(include_str!("../../../openapi/examples.json")).unwrap_or_default();
    let mut sent: BTreeMap<String, Value> = BTreeMap::new();
    let mut answered: BTreeMap<String, Value> = BTreeMap::new();
    each_operation(document, &mut |operation| {
        for parameter in operation.pointer_mut("/parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            let known = parameter["name"].as_str().and_then(|name| examples.parameters.get(name)).cloned();
            if let (Some(value), Some("path")) = (known, parameter["in"].as_str()) {
                parameter["example"] = value.into();
            }
        }
        let Some(sample) = operation["operationId"].as_str().and_then(|id| examples.operations.get(id)) else { return };
        // Where something can be made or only tried, the demonstration made it.
        let makes = operation.pointer("/responses/201").is_some();
        each_media(operation, &mut |content, media| {
            let form = form(media);
            if makes && content == TRIED {
                return;
            }
            if content != REQUEST {
                answered.entry(form).or_insert_with(|| sample.response.clone());
            } else if let Some(request) = &sample.request {
                media["example"] = request.clone();
                sent.entry(form).or_insert_with(|| request.clone());
            }
        });
    });
    each_operation(document, &mut |operation| {
        each_media(operation, &mut |content, media| {
            let form = form(media);
            if content != REQUEST && answered.contains_key(&form) {
                let reference = format!("#/components/examples/{form}");
                media["examples"] = json!({"demonstration": {"$ref": reference}});
            } else if let (None, Some(shown)) = (media.get("example"), sent.get(&form).or_else(|| answered.get(&form)))
            {
                media["example"] = shown.clone();
            }
        });
    });
    let named =
        answered.into_iter().map(|(form, value)| (form, json!({"summary": "From the demonstration", "value": value})));
    document["components"]["examples"] = Value::Object(named.collect());
}

/// The name of the schema of a body.
fn form(media: &Value) -> String {
    let reference = media.pointer("/schema/$ref").and_then(Value::as_str).unwrap_or_default();
    reference.rsplit('/').next().unwrap_or_default().to_owned()
}

const REQUEST: &str = "/requestBody/content";
const TRIED: &str = "/responses/200/content";

fn each_operation(document: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    let items = document["paths"].as_object_mut().into_iter().flatten();
    items.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten()).for_each(|(_, operation)| visit(operation));
}

fn each_media(operation: &mut Value, visit: &mut dyn FnMut(&str, &mut Value)) {
    for content in [REQUEST, TRIED, "/responses/201/content"] {
        // Files have examples of their own: what the demonstration read is a page.
        if let Some(media) = operation.pointer_mut(content).and_then(|content| content.get_mut("application/json")) {
            visit(content, media);
        }
    }
}

//! Lists as files: every list is answered in these forms too, and so the contract says it here once.

use serde_json::{Value, json};

use super::describe;
use crate::export::{Form, RECKONED};

/// The name of a form's schema.
const fn schema_name(form: Form) -> &'static str {
    match form {
        Form::Json => "Page",
        Form::Csv => "CsvFile",
        Form::Ndjson => "NdjsonFile",
        Form::Xlsx => "XlsxFile",
    }
}

/// The forms of a template, and of tables that are no lines of JSON.
const TABLES: [Form; 2] = [Form::Csv, Form::Xlsx];

/// The name of the schema of what comes in.
const fn sent_name(form: Form) -> &'static str {
    match form {
        Form::Json | Form::Ndjson => "Table",
        Form::Csv => "CsvTable",
        Form::Xlsx => "XlsxTable",
    }
}

/// The schemas of the files.
pub(super) fn schemas() -> impl Iterator<Item = (String, Value)> {
    let answered = Form::FILES.into_iter().map(|form| (schema_name(form).to_owned(), schema(form)));
    answered.chain(TABLES.into_iter().map(|form| (sent_name(form).to_owned(), sent(form))))
}

/// What comes in is taken in whatever dialect Excel writes it, so that little can be said of it.
fn sent(form: Form) -> Value {
    let (description, pattern, example) = match form {
        Form::Json | Form::Ndjson => ("", "", ""),
        Form::Csv => (
            "A table as CSV in UTF-8, columns separated by commas, semicolons or tabulators. Beside commas numbers have a decimal \
             point, beside the others a decimal comma; thousands are never grouped. Days are 2025-09-30 or 30/9/2025.",
            r"^[\s\S]+$",
            "unitCode;targetCode;asOfDate;value.amount\r\nTH1;SANG-KIEN;30/9/2025;2,5\r\n",
        ),
        Form::Xlsx => (
            "A workbook of Excel with one sheet, or with one that is named as in the template; without formulas and merged cells.",
            r"^PK[\s\S]*$",
            "PK",
        ),
    };
    json!({"type": "string", "description": description, "minLength": 1, "maxLength": 10_485_760, "pattern": pattern, "examples": [example]})
}

fn schema(form: Form) -> Value {
    let (description, pattern, example) = match form {
        Form::Json => ("", "", ""),
        Form::Csv => (
            "The whole list as CSV (RFC 4180) in UTF-8 with a byte order mark. The first line has the headings: what people call \
             the column, and in brackets the way to the member in an item. What people wrote and a spreadsheet would take for \
             a formula has an apostrophe in front.",
            r"^\uFEFF[\s\S]+$",
            "\u{feff}Mã [code],Tên [name]\r\nTYT,Trạm Y tế xã\r\n",
        ),
        Form::Ndjson => (
            "The whole list, an item in each line; `x-itemSchema` says what an item is. A list without items is empty.",
            r"^(\{.+\}\n)*$",
            "{\"code\":\"TYT\",\"name\":\"Trạm Y tế xã\"}\n",
        ),
        Form::Xlsx => (
            "The whole list as a workbook of Excel, with the headings of the CSV. Instants are in the time of Viet Nam. \
             No cell is a formula.",
            r"^PK[\s\S]*$",
            "PK",
        ),
    };
    json!({"type": "string", "description": description, "minLength": 0, "maxLength": i32::MAX, "pattern": pattern, "examples": [example]})
}

/// The files of a table that comes in. What a row is stands as the schema of NDJSON, where it is a line.
pub(super) fn take(operation: &mut Value) {
    let Some(content) = operation.pointer_mut("/requestBody/content") else { return };
    let row = content[Form::Ndjson.media_type()]["schema"].clone();
    if row.is_null() {
        return;
    }
    for form in TABLES {
        content[form.media_type()] =
            json!({"schema": {"$ref": format!("#/components/schemas/{}", sent_name(form))}, "x-itemSchema": row});
    }
    operation["requestBody"]["description"] =
        "A table, of 5000 rows and ten mebibytes at most. In NDJSON a row is a line, as the schema says; in CSV and XLSX each member \
         of it has a column, headed as in the template, and a column for people alone is passed over."
            .into();
}

/// Adds the files of a template to its answer.
pub(super) fn template(answer: &mut Value) {
    for form in TABLES {
        answer["content"][form.media_type()] =
            json!({"schema": {"$ref": format!("#/components/schemas/{}", schema_name(form))}});
    }
    answer["headers"]["Content-Disposition"] = describe::reference("SavedAs");
}

/// What a row of an operation's files is: an item of a list, or what a table is made of that is reckoned as a whole. `None` where
/// there are no files.
pub(super) fn row(operation: &Value, schemas: &Value) -> Option<Value> {
    let id = operation["operationId"].as_str()?;
    if let Some((_, row)) = RECKONED.iter().find(|(table, _)| *table == id) {
        return Some(json!({"$ref": format!("#/components/schemas/{row}")}));
    }
    let page = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].as_str()?;
    let page = page.rsplit('/').next()?;
    id.starts_with("list").then(|| schemas[page]["properties"]["items"]["items"].clone())
}

/// Adds the files to an answer.
pub(super) fn add(answer: &mut Value, item: &Value) {
    for form in Form::FILES {
        let mut media = json!({"schema": {"$ref": format!("#/components/schemas/{}", schema_name(form))}});
        if form == Form::Ndjson {
            media["x-itemSchema"] = item.clone();
        }
        answer["content"][form.media_type()] = media;
    }
    for (name, described) in [("As-Of-Seq", "AsOfSeq"), ("Row-Count", "RowCount"), ("Content-Disposition", "SavedAs")] {
        answer["headers"][name] = describe::reference(described);
    }
}

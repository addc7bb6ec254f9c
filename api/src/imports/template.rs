//! Templates: tables to be filled in and sent back, with what the caller has to report on in them already.

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    get,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    web::Data,
};
use thidua_domain::{
    campaign::Campaign,
    measure::{Direction, Measure},
    time::Timestamp,
};
use thidua_persistence::{StoreError, facts::imports as facts};

use super::{
    read::TableRow,
    rows::{MeasurementRow, RegistrationRow, UnitRow},
};
use crate::{
    app::Entries,
    campaigns::CampaignPath,
    export::{Column, Form, csv_of, disposition, text},
    input::{Caller, PathOf},
    language::Language,
    problem::Problem,
    state::State,
};

mod workbook;

/// The operations on templates.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(read_measurement_template).service(read_registration_template).service(read_unit_template);
}

/// A table to be filled in.
struct Template {
    /// The name of the table in the catalogue.
    table: &'static str,
    columns: Vec<Column>,
    /// What stands in it already, by column.
    rows: Vec<Vec<String>>,
    form: Form,
    language: Language,
    at: Timestamp,
}

impl Template {
    /// The columns of a kind of rows, with those that only people read behind the one that they explain.
    fn columns<R: TableRow>(explained: &[(&'static str, &[&'static str])]) -> Vec<Column> {
        let with = |column: &Column| {
            let shown = explained.iter().find(|(name, _)| *name == column.name());
            std::iter::once(*column).chain(shown.into_iter().flat_map(|(_, shown)| shown.iter().map(|name| text(name))))
        };
        R::COLUMNS.iter().flat_map(|column| with(column).collect::<Vec<_>>()).collect()
    }

    fn answer(&self) -> Result<File, Problem> {
        let failed = |error: String| Problem::from(StoreError::State(error));
        let bytes = match self.form {
            Form::Csv => csv_of(&self.columns, &self.rows, self.language).map_err(|error| failed(error.to_string()))?,
            Form::Json | Form::Ndjson | Form::Xlsx => workbook::of(self).map_err(|error| failed(error.to_string()))?,
        };
        let title = self.language.label("table", self.table);
        let name = disposition(&format!("{} – {title}", self.language.text("template.title")), self.at, self.form);
        Ok(File { bytes, name, form: self.form, language: self.language })
    }
}

/// A template as it goes out.
struct File {
    bytes: Vec<u8>,
    name: String,
    form: Form,
    language: Language,
}

impl Responder for File {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, self.form.content_type()))
            .insert_header((CONTENT_DISPOSITION, self.name))
            .insert_header(("Content-Language", self.language.tag()))
            .body(self.bytes)
    }
}

/// Read the template of measurements
///
/// A table for the targets in force of the units for which the caller works, to be filled in and sent to
/// `importMeasurements`: as a workbook with a sheet that explains it, or as CSV. Rows without a value may stay.
#[utoipa::path(tag = "Imports", operation_id = "readMeasurementTemplate", params(CampaignPath),
    responses((status = 200, description = "The table, with a row for each target.")))]
#[get("/campaigns/{campaignId}/measurement-imports/template")]
async fn read_measurement_template(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
) -> Result<File, Problem> {
    let id = path.0.campaign_id.id();
    let reader = state.store.read(&caller.call).await?;
    reader.sees::<Campaign>(id).await?;
    let units = facts::own_units(&reader).await?;
    let targets = facts::own_targets(&reader, id).await?;
    let columns = Template::columns::<MeasurementRow>(&[
        ("unitCode", &["unitName"]),
        ("targetCode", &["targetName", "measure.measureUnit", "measure.planned"]),
    ]);
    let row = |target: &thidua_domain::target::Target| {
        let unit = units.iter().find(|unit| unit.root.id == target.unit);
        let (code, name) =
            unit.map(|unit| (unit.code.to_string(), unit.name_on(reader.now.date()).to_string())).unwrap_or_default();
        let (measure_unit, planned) = asked(&target.measure);
        vec![code, name, target.code.to_string(), target.name.to_string(), measure_unit, planned]
    };
    let mut rows: Vec<Vec<String>> = targets.iter().map(|standing| row(&standing.target)).collect();
    rows.sort();
    let (form, language) = (caller.form, caller.language);
    Template { table: MeasurementRow::TABLE, columns, rows, form, language, at: reader.now }.answer()
}

/// What a target asks for, in words for people.
fn asked(measure: &Measure) -> (String, String) {
    let sign = |direction: &Direction| match direction {
        Direction::AtLeast => "≥",
        Direction::AtMost => "≤",
        Direction::Exactly => "=",
    };
    match measure {
        Measure::Quantitative { measure_unit, direction, planned, .. } => {
            (measure_unit.to_string(), format!("{} {}", sign(direction), planned.normalize()))
        }
        Measure::Share { direction, planned, .. } => {
            ("%".to_owned(), format!("{} {}", sign(direction), planned.normalize()))
        }
        Measure::Qualitative { expected } => (String::new(), expected.to_string()),
        Measure::Milestone { steps } => {
            let steps: Vec<String> = steps.iter().map(|step| format!("{}: {}", step.code, step.name)).collect();
            (String::new(), steps.join("; "))
        }
    }
}

/// Read the template of registrations
///
/// A table for what the units register for which the caller works, to be filled in and sent to `importRegistrations`: as a
/// workbook with a sheet that explains it, or as CSV.
#[utoipa::path(tag = "Imports", operation_id = "readRegistrationTemplate", params(CampaignPath),
    responses((status = 200, description = "The table, with a row for each unit.")))]
#[get("/campaigns/{campaignId}/registration-imports/template")]
async fn read_registration_template(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
) -> Result<File, Problem> {
    let reader = state.store.read(&caller.call).await?;
    reader.sees::<Campaign>(path.0.campaign_id.id()).await?;
    let units = facts::own_units(&reader).await?;
    let columns = Template::columns::<RegistrationRow>(&[("unitCode", &["unitName"])]);
    let rows =
        units.iter().map(|unit| vec![unit.code.to_string(), unit.name_on(reader.now.date()).to_string()]).collect();
    let (form, language) = (caller.form, caller.language);
    Template { table: RegistrationRow::TABLE, columns, rows, form, language, at: reader.now }.answer()
}

/// Read the template of units
///
/// A table for units of the directory, to be filled in and sent to `importUnits`: as a workbook with a sheet that explains it,
/// or as CSV.
#[utoipa::path(tag = "Imports", operation_id = "readUnitTemplate",
    responses((status = 200, description = "The table, with nothing but its headings.")))]
#[get("/unit-imports/template")]
async fn read_unit_template(state: Data<State>, caller: Caller) -> Result<File, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let columns = Template::columns::<UnitRow>(&[]);
    let (form, language) = (caller.form, caller.language);
    Template { table: UnitRow::TABLE, columns, rows: Vec::new(), form, language, at: reader.now }.answer()
}

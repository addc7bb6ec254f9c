//! Tables that come in: many rows carried out as one act, all of them or none, or as many as are right.

use std::rc::Rc;

use actix_web::{get, post, web::Data};
use thidua_domain::{
    campaign::Campaign,
    import::{Import, ImportMeasurements, ImportRegistrations, ImportUnits},
    policy::Directory,
    refusal::Code,
};
use thidua_persistence::{Fence, Saved, StoreError, Tx};

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    dry_run::{Outcome, Tried, carried_out_or_tried},
    input::{Caller, PathOf, QueryOf, Sent},
    problem::Problem,
    reply::{Plain, Versioned},
    state::State,
};

mod carrying;
mod file;
mod read;
mod rows;
mod template;
mod view;

use file::Table;
use read::TableRow;
use rows::{MeasurementRow, RegistrationRow, UnitRow};
use view::{ImportPath, ImportPreview, ImportQuery, ImportView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(import_measurements).service(import_registrations).service(import_units).service(read_import);
    template::configure(config);
}

/// What is answered: the import, or what it would have done.
type Imported = Outcome<ImportView, ImportPreview>;

/// Carries an import out, or only tries it.
async fn carry_out<R: TableRow>(
    state: &State,
    caller: &Caller,
    fence: Fence,
    (table, dry_run): (Rc<Table<R>>, bool),
    work: impl AsyncFn(&Tx, &Table<R>) -> Result<Saved<Import>, StoreError> + 'static,
) -> Result<Imported, Problem> {
    let language = caller.language;
    let sent = Rc::clone(&table);
    let work = async move |tx: &Tx| work(tx, &sent).await;
    let tell = dry_run.then_some(async move |_: &Tx, import: &Import| Ok(ImportPreview::of(import, language)));
    // Where nothing is right, all that is wrong is told: with rows that break rules, and with those that have no form.
    let all = |problem: Problem| {
        if problem.is(Code::ImportRows) { problem.beside(table.details()) } else { problem }
    };
    match carried_out_or_tried(state, caller, fence, work, tell).await.map_err(all)? {
        Tried::Kept(saved) => {
            let body = ImportView::of(&saved.object, caller.language);
            Ok(Outcome::Done(Versioned::created(&saved, caller, "imports", body)))
        }
        Tried::Told(body) => Ok(Outcome::Tried(Plain { body, language, next: None })),
    }
}

/// Import measurements
///
/// Records values of targets from a table (CSV, NDJSON or XLSX), as they would be recorded one by one: all rows, or none and
/// what is wrong with each of them. A row that says of a day what was recorded for it last does nothing, so that a file can be
/// sent again. With the mode `BEST_EFFORT` the rows that are right are recorded, and each other one is told of. `dryRun` judges
/// everything and keeps nothing.
#[utoipa::path(tag = "Imports", operation_id = "importMeasurements", params(CampaignPath, ImportQuery),
    request_body(content = MeasurementRow, content_type = "application/x-ndjson"),
    responses((status = 201, description = "The rows are recorded.", body = ImportView),
        (status = 200, description = "What the import would do; nothing was kept.", body = ImportPreview)))]
#[post("/campaigns/{campaignId}/measurement-imports")]
async fn import_measurements(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ImportQuery>,
    sent: Sent,
) -> Result<Imported, Problem> {
    let id = path.0.campaign_id.id();
    let table = Rc::new(Table::<MeasurementRow>::read(sent, query.0.mode.into()).await?);
    let work = async move |tx: &Tx, table: &Table<MeasurementRow>| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<ImportMeasurements, _>(campaign)?;
        let rows = carrying::measurements(tx, id, table).await?;
        tx.carry_out(permitted, ImportMeasurements(rows)).await
    };
    carry_out(&state, &caller, Fence::under(id), (table, query.0.dry_run), work).await
}

/// Import registrations
///
/// Drafts registrations from a table (CSV, NDJSON or XLSX) with a row for each target: a draft for each unit, to be completed
/// and handed in. All units, or none and what is wrong with each row; with the mode `BEST_EFFORT` the units whose rows are all
/// right. A unit whose open registration, or without one its accepted registration, says the same is left alone. A row with
/// `correctionReason` drafts the correction of what was accepted, which keeps its action programme. `dryRun` judges everything
/// and keeps nothing.
#[utoipa::path(tag = "Imports", operation_id = "importRegistrations", params(CampaignPath, ImportQuery),
    request_body(content = RegistrationRow, content_type = "application/x-ndjson"),
    responses((status = 201, description = "The registrations are drafted.", body = ImportView),
        (status = 200, description = "What the import would do; nothing was kept.", body = ImportPreview)))]
#[post("/campaigns/{campaignId}/registration-imports")]
async fn import_registrations(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ImportQuery>,
    sent: Sent,
) -> Result<Imported, Problem> {
    let id = path.0.campaign_id.id();
    let table = Rc::new(Table::<RegistrationRow>::read(sent, query.0.mode.into()).await?.of_whole_papers()?);
    let work = async move |tx: &Tx, table: &Table<RegistrationRow>| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<ImportRegistrations, _>(campaign)?;
        let rows = carrying::registrations(tx, &permitted, table).await?;
        tx.carry_out(permitted, ImportRegistrations(rows)).await
    };
    carry_out(&state, &caller, Fence::under(id), (table, query.0.dry_run), work).await
}

/// Import units
///
/// Enters units into the directory from a table (CSV, NDJSON or XLSX): all rows, or none and what is wrong with each of them;
/// with the mode `BEST_EFFORT` the rows that are right. A unit that is there already as its row says does nothing. A unit above
/// is in the directory already, or in a row above. `dryRun` judges everything and keeps nothing.
#[utoipa::path(tag = "Imports", operation_id = "importUnits", params(ImportQuery),
    request_body(content = UnitRow, content_type = "application/x-ndjson"),
    responses((status = 201, description = "The units are in the directory.", body = ImportView),
        (status = 200, description = "What the import would do; nothing was kept.", body = ImportPreview)))]
#[post("/unit-imports")]
async fn import_units(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<ImportQuery>,
    sent: Sent,
) -> Result<Imported, Problem> {
    let table = Rc::new(Table::<UnitRow>::read(sent, query.0.mode.into()).await?);
    let work = async move |tx: &Tx, table: &Table<UnitRow>| {
        let permitted = tx.permit_new::<ImportUnits, _>(Directory)?;
        let (rows, above) = carrying::directory(tx, table).await?;
        tx.carry_out(permitted, ImportUnits(rows, above)).await
    };
    carry_out(&state, &caller, Fence::Directory, (table, query.0.dry_run), work).await
}

/// Read an import
///
/// One table that was carried out: by whom, when, how much of it did something, and why what was left out was. The events of what it made say that it
/// caused them.
#[utoipa::path(tag = "Imports", operation_id = "readImport", params(ImportPath),
    responses((status = 200, description = "The import, as it was carried out.", body = ImportView)))]
#[get("/imports/{importId}")]
async fn read_import(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ImportPath>,
) -> Result<Versioned<ImportView>, Problem> {
    let import: Import = state.store.read(&caller.call).await?.object(path.0.import_id.id()).await?;
    Ok(Versioned::read(ImportView::of(&import, caller.language), import.root.version, caller.language))
}

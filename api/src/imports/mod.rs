//! Tables that come in: many rows carried out as one act, all of them or none.

use std::rc::Rc;

use actix_web::{get, post, web::Data};
use sha2::{Digest as _, Sha256};
use thidua_domain::{
    campaign::Campaign,
    import::{Digest, Import, ImportMeasurements, ImportRegistrations, ImportUnits},
    policy::Directory,
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
mod read;
mod rows;
mod template;
mod view;

use read::{Numbered, TableRow};
use rows::{MeasurementRow, RegistrationRow, UnitRow};
use view::{ImportPath, ImportPreview, ImportQuery, ImportView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(import_measurements).service(import_registrations).service(import_units).service(read_import);
    template::configure(config);
}

/// What is answered: the import, or what it would have done.
type Imported = Outcome<ImportView, ImportPreview>;

/// A file that was read: its rows, and what identifies it.
struct Read<R> {
    rows: Rc<Vec<Numbered<R>>>,
    digest: Digest,
}

impl<R: TableRow> Read<R> {
    /// Reads the file away from the worker, which meanwhile serves others.
    async fn of(sent: Sent) -> Result<Self, Problem> {
        let unreadable = || Problem::from(StoreError::State("a file could not be read".to_owned()));
        let task = actix_web::web::block(move || {
            let hash = Sha256::digest(&sent.bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            (read::rows::<R>(&sent.bytes, sent.form), hash)
        });
        let (rows, hash) = task.await.map_err(|_| unreadable())?;
        Ok(Self { rows: Rc::new(rows?), digest: Digest::parse(&hash).map_err(|_| unreadable())? })
    }
}

/// Carries an import out, or only tries it.
async fn carry_out(
    state: &State,
    caller: &Caller,
    fence: Fence,
    dry_run: bool,
    work: impl AsyncFn(&Tx) -> Result<Saved<Import>, StoreError> + 'static,
) -> Result<Imported, Problem> {
    let tell = dry_run.then_some(async |_: &Tx, import: &Import| Ok(ImportPreview::from(import)));
    match carried_out_or_tried(state, caller, fence, work, tell).await? {
        Tried::Kept(saved) => {
            let body = ImportView::of(&saved.object, caller.language);
            Ok(Outcome::Done(Versioned::created(&saved, caller, "imports", body)))
        }
        Tried::Told(body) => Ok(Outcome::Tried(Plain { body, language: caller.language, next: None })),
    }
}

/// Import measurements
///
/// Records values of targets from a table (CSV, NDJSON or XLSX), as they would be recorded one by one: all rows, or none and
/// what is wrong with each of them. A row that says of a day what was recorded for it last does nothing, so that a file can be
/// sent again. `dryRun` judges everything and keeps nothing.
#[utoipa::path(tag = "Imports", operation_id = "importMeasurements", params(CampaignPath, ImportQuery),
    request_body(content = MeasurementRow, content_type = "application/x-ndjson"),
    responses((status = 201, description = "All rows are recorded.", body = ImportView),
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
    let file = Read::<MeasurementRow>::of(sent).await?;
    let work = async move |tx: &Tx| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<ImportMeasurements, _>(campaign)?;
        let rows = carrying::measurements(tx, id, file.digest.clone(), &file.rows).await?;
        tx.carry_out(permitted, ImportMeasurements(rows)).await
    };
    carry_out(&state, &caller, Fence::under(id), query.0.dry_run, work).await
}

/// Import registrations
///
/// Drafts registrations from a table (CSV, NDJSON or XLSX) with a row for each target: a draft for each unit, to be completed
/// and handed in. All units, or none and what is wrong with each row. A unit whose open registration says the same is left
/// alone. `dryRun` judges everything and keeps nothing.
#[utoipa::path(tag = "Imports", operation_id = "importRegistrations", params(CampaignPath, ImportQuery),
    request_body(content = RegistrationRow, content_type = "application/x-ndjson"),
    responses((status = 201, description = "All registrations are drafted.", body = ImportView),
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
    let file = Read::<RegistrationRow>::of(sent).await?;
    let work = async move |tx: &Tx| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<ImportRegistrations, _>(campaign)?;
        let rows = carrying::registrations(tx, &permitted, file.digest.clone(), &file.rows).await?;
        tx.carry_out(permitted, ImportRegistrations(rows)).await
    };
    carry_out(&state, &caller, Fence::under(id), query.0.dry_run, work).await
}

/// Import units
///
/// Enters units into the directory from a table (CSV, NDJSON or XLSX): all rows, or none and what is wrong with each of them. A
/// unit that is there already as its row says does nothing. A unit above must be in the directory before. `dryRun` judges
/// everything and keeps nothing.
#[utoipa::path(tag = "Imports", operation_id = "importUnits", params(ImportQuery),
    request_body(content = UnitRow, content_type = "application/x-ndjson"),
    responses((status = 201, description = "All units are in the directory.", body = ImportView),
        (status = 200, description = "What the import would do; nothing was kept.", body = ImportPreview)))]
#[post("/unit-imports")]
async fn import_units(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<ImportQuery>,
    sent: Sent,
) -> Result<Imported, Problem> {
    let file = Read::<UnitRow>::of(sent).await?;
    let work = async move |tx: &Tx| {
        let permitted = tx.permit_new::<ImportUnits, _>(Directory)?;
        let rows = carrying::directory(tx, file.digest.clone(), &file.rows).await?;
        tx.carry_out(permitted, ImportUnits(rows)).await
    };
    carry_out(&state, &caller, Fence::Directory, query.0.dry_run, work).await
}

/// Read an import
///
/// One table that was carried out: by whom, when, and how much of it did something. The events of what it made say that it
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

//! An export under way: one task reads and writes it, the answer sends what the task has written. What waits between the
//! two is bounded, and who does not read for a minute is left.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    web::Bytes,
};
use futures_util::{future::LocalBoxFuture, stream};
use serde::{Serialize, de::DeserializeOwned};
use thidua_domain::time::Timestamp;
use thidua_persistence::{
    Listing, Reader, StoreError,
    export::{Batch, Extent, LONGEST_WAIT, Snapshot},
    page::SortOrder,
};
use tokio::sync::mpsc::{self, Receiver, Sender};

use super::{
    Form, Tabular, csv,
    flat::{Layout, Row},
    names::Names,
    table::Table,
    xlsx::Workbook,
};
use crate::{input::Caller, language::Language, problem::Problem, state::State};

/// The longest that an export may take in all.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// How what is read becomes items of the list.
pub(crate) enum Dress<S, V> {
    /// By itself, while the next rows are on their way.
    Alone(Box<dyn Fn(S) -> V>),
    /// With more that is read of the snapshot.
    Asking(Box<Asking<S, V>>),
}

type Asking<S, V> = dyn for<'a> Fn(&'a Reader, Vec<S>) -> LocalBoxFuture<'a, Result<Vec<V>, StoreError>>;

/// All of a list, as it is being written.
#[derive(Debug)]
pub(crate) struct Export {
    form: Form,
    title: String,
    at: Timestamp,
    extent: Extent,
    language: Language,
    written: Receiver<Piece>,
}

/// What the task hands over.
#[derive(Debug)]
enum Piece {
    Bytes(Bytes),
    End,
}

/// An export that ended before its end. The connection is cut, so that nobody takes a part for the whole.
#[derive(Debug, thiserror::Error)]
#[error("the export was given up")]
struct Cut;

/// Begins to write all of a list that the caller can see.
///
/// # Errors
/// What stands in the way before the first byte is sent.
pub(crate) async fn export<L, V>(
    state: &State,
    caller: &Caller,
    list: L,
    order: SortOrder,
    prepare: impl AsyncFnOnce(&Reader) -> Result<Dress<L::Item, V>, StoreError>,
) -> Result<Export, Problem>
where
    L: Listing,
    L::Item: 'static,
    V: Tabular + 'static,
{
    let snapshot = state.store.snapshot(&caller.call).await?;
    let opened = async {
        let dress = prepare(&snapshot.reader).await?;
        Ok::<_, StoreError>((dress, snapshot.open(&list, order).await?))
    };
    let (dress, extent) = match opened.await {
        Ok(opened) => opened,
        Err(error) => {
            snapshot.close().await;
            return Err(error.into());
        }
    };
    let (form, language) = (caller.form, caller.language);
    let title = language.label("table", V::TABLE.name);
    let (sender, written) = mpsc::channel(2);
    let at = snapshot.reader.now;
    let writer = Writer::begin(form, V::TABLE, &title, language)?;
    actix_web::rt::spawn(async move {
        let run = run(&snapshot, &dress, writer, &sender);
        let ended = tokio::time::timeout(LONGEST, run).await.unwrap_or(Err(Failure::Left));
        snapshot.close().await;
        match ended {
            // Who has gone has no use for the end either.
            Ok(()) => drop(sender.send(Piece::End).await),
            Err(Failure::Left) => tracing::info!("an export was left before its end"),
            Err(Failure::Fault(fault)) => tracing::error!(fault, "an export was given up"),
        }
    });
    Ok(Export { form, title, at, extent, language, written })
}

/// All of what is reckoned as a whole, such as a ranking: its rows are in hand before the first of them is written.
///
/// # Errors
/// It cannot be written.
pub(crate) async fn reckoned<V: Tabular>(reader: &Reader, caller: &Caller, rows: &[V]) -> Result<Export, StoreError> {
    let (form, language) = (caller.form, caller.language);
    let title = language.label("table", V::TABLE.name);
    let mut writer = Writer::begin(form, V::TABLE, &title, language)?;
    let mut bytes = writer.add(reader, rows).await?;
    bytes.extend(writer.finish()?);
    let (sender, written) = mpsc::channel(2);
    let pieces = (!bytes.is_empty()).then(|| Piece::Bytes(bytes.into())).into_iter().chain([Piece::End]);
    for piece in pieces {
        sender.try_send(piece).map_err(|error| StoreError::State(error.to_string()))?;
    }
    let rows = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let extent = Extent { as_of_seq: reader.as_of_seq().await?, rows };
    Ok(Export { form, title, at: reader.now, extent, language, written })
}

/// Why an export ends early.
enum Failure {
    /// Nobody reads any more.
    Left,
    /// It could not be read or written.
    Fault(String),
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        Self::State(match failure {
            Failure::Left => "nobody reads an export".to_owned(),
            Failure::Fault(fault) => fault,
        })
    }
}

fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Fault(error.to_string())
}

async fn run<S: DeserializeOwned, V: Tabular>(
    snapshot: &Snapshot,
    dress: &Dress<S, V>,
    mut writer: Writer,
    sender: &Sender<Piece>,
) -> Result<(), Failure> {
    let mut batch = snapshot.batch().await.map_err(fault)?;
    while !batch.is_empty() {
        let (items, next) = match dress {
            Dress::Alone(view) => {
                // The server works on the next rows while these are put into their form.
                let (next, items) = tokio::join!(snapshot.batch(), async { decoded(&batch, view) });
                (items?, next)
            }
            Dress::Asking(view) => {
                let items = view(&snapshot.reader, batch.decoded().map_err(fault)?).await.map_err(fault)?;
                (items, snapshot.batch().await)
            }
        };
        batch = next.map_err(fault)?;
        let bytes = writer.add(&snapshot.reader, &items).await?;
        send(sender, bytes).await?;
    }
    send(sender, writer.finish()?).await
}

fn decoded<S: DeserializeOwned, V>(batch: &Batch, view: impl Fn(S) -> V) -> Result<Vec<V>, Failure> {
    Ok(batch.decoded::<S>().map_err(fault)?.into_iter().map(view).collect())
}

async fn send(sender: &Sender<Piece>, bytes: Vec<u8>) -> Result<(), Failure> {
    if bytes.is_empty() {
        return Ok(());
    }
    let sending = sender.send(Piece::Bytes(bytes.into()));
    match tokio::time::timeout(LONGEST_WAIT, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Failure::Left),
    }
}

/// Writes items in their form.
enum Writer {
    Lines,
    Csv { table: Sheet, begun: Vec<u8> },
    Xlsx { table: Sheet, book: Box<Workbook> },
}

/// What both tables need.
struct Sheet {
    table: Table,
    layout: Layout,
    names: Names,
}

impl Sheet {
    async fn rows<V: Serialize>(&mut self, reader: &Reader, items: &[V]) -> Result<Vec<Row>, Failure> {
        let rows: Result<Vec<Row>, _> = items.iter().map(|item| self.layout.row(item)).collect();
        let rows = rows.map_err(fault)?;
        self.names.learn(reader, &rows).await.map_err(fault)?;
        Ok(rows)
    }
}

impl Writer {
    fn begin(form: Form, table: Table, title: &str, language: Language) -> Result<Self, StoreError> {
        let columns = table.columns;
        let sheet = Sheet { table, layout: Layout::of(columns), names: Names::of(columns) };
        Ok(match form {
            Form::Json | Form::Ndjson => Self::Lines,
            Form::Csv => {
                let begun = csv::headings(columns, language).map_err(fault)?;
                Self::Csv { table: sheet, begun }
            }
            Form::Xlsx => {
                let book = Workbook::begin(columns, title, language).map_err(fault)?;
                Self::Xlsx { table: sheet, book: Box::new(book) }
            }
        })
    }

    async fn add<V: Serialize>(&mut self, reader: &Reader, items: &[V]) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Lines => {
                let mut lines = Vec::with_capacity(items.len() * 600);
                for item in items {
                    serde_json::to_writer(&mut lines, item).map_err(fault)?;
                    lines.push(b'\n');
                }
                Ok(lines)
            }
            Self::Csv { table: sheet, begun } => {
                let rows = sheet.rows(reader, items).await?;
                let mut bytes = std::mem::take(begun);
                bytes.extend(csv::lines(sheet.table.columns, &rows, &sheet.names).map_err(fault)?);
                Ok(bytes)
            }
            Self::Xlsx { table: sheet, book } => {
                let rows = sheet.rows(reader, items).await?;
                book.add(&rows, &sheet.names).map_err(fault)
            }
        }
    }

    fn finish(self) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Lines => Ok(Vec::new()),
            Self::Csv { begun, .. } => Ok(begun),
            Self::Xlsx { book, .. } => book.finish().map_err(fault),
        }
    }
}

impl Responder for Export {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        answer
            .insert_header((CONTENT_TYPE, self.form.content_type()))
            .insert_header((CONTENT_DISPOSITION, disposition(&self.title, self.at, self.form)))
            .insert_header(("Content-Language", self.language.tag()))
            .insert_header(("As-Of-Seq", self.extent.as_of_seq.to_string()))
            .insert_header(("Row-Count", self.extent.rows.to_string()));
        answer.streaming(stream::unfold(Some(self.written), |written| async {
            let mut written = written?;
            match written.recv().await {
                Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(written))),
                Some(Piece::End) => None,
                None => Some((Err(Cut), None)),
            }
        }))
    }
}

/// How a file is saved that is made of a list: under a title, with the day.
pub(crate) fn disposition(title: &str, at: Timestamp, form: Form) -> String {
    saved_as(&format!("{title} {}.{}", at.date(), form.ending()))
}

/// That an answer is to be saved, under which name: in ASCII for old clients (RFC 6266), and as it is written (RFC 8187).
pub(crate) fn saved_as(name: &str) -> String {
    let plain: String = thidua_domain::text::fold(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            encoded.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = std::fmt::Write::write_fmt(&mut encoded, format_args!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

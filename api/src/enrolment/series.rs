//! The series in which documents are numbered, recorded as `system` where an installation begins.

use std::collections::BTreeMap;

use serde::Deserialize;
use thidua_domain::{
    document::{CreateDocumentSeries, DocumentType, NumberingMode},
    policy::Directory,
    refusal::Code,
    text::{Paragraph, Token},
    time::Date,
    unit::UnitId,
};
use thidua_persistence::{Call, Fence, Identity, Store, StoreError, facts};

use super::{EnrolmentError, unit_of};

/// A series to record.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SeriesSeed {
    /// Code of the unit that issues.
    pub issuer: Token,
    /// The type that is numbered in it; without one, all that have no series of their own.
    #[serde(rename = "type", default)]
    pub document_type: Option<DocumentType>,
    /// Who gives the numbers.
    pub numbering: NumberingMode,
    /// The first day of which documents are numbered in it.
    pub start_date: Date,
    /// The number with which its first year begins, where it is not 1.
    #[serde(default)]
    pub first_number: Option<i32>,
    /// What sets it.
    #[serde(default)]
    pub instrument: Option<Paragraph>,
}

/// Records the series of issuers and types that have none in force; answers how many that were.
///
/// # Errors
/// An issuer that is nowhere, or the store says no; what was recorded before it stays.
pub async fn record_series(store: &Store, series: &[SeriesSeed]) -> Result<usize, EnrolmentError> {
    let call = Call { identity: Identity::system(), request_id: "thidua-series".to_owned() };
    let reader = store.read(&call).await?;
    let known = facts::directory(&reader).await?;
    drop(reader);
    let mut recorded = 0;
    for one in series {
        recorded += usize::from(record(store, &call, one.clone(), &known).await?);
    }
    Ok(recorded)
}

/// Whether the issuer had none for the type.
async fn record(
    store: &Store,
    call: &Call,
    series: SeriesSeed,
    known: &BTreeMap<Token, UnitId>,
) -> Result<bool, EnrolmentError> {
    let issuer = unit_of(known, &series.issuer)?;
    let written = store.write(call.clone(), None, Fence::Directory, async move |tx| {
        let permitted = tx.permit_new::<CreateDocumentSeries, _>(Directory)?;
        let create = CreateDocumentSeries {
            issuer: tx.look_up(issuer).await?,
            document_type: series.document_type,
            numbering: series.numbering,
            valid_from: series.start_date,
            first_number: series.first_number,
            instrument: series.instrument.clone(),
        };
        tx.carry_out(permitted, create).await
    });
    match written.await {
        Ok(_) => Ok(true),
        Err(StoreError::Refused(refusal)) if refusal.code == Code::DocumentSeriesTaken => Ok(false),
        Err(error) => Err(error.into()),
    }
}

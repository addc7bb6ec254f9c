//! Imports as they are read.

use serde::{Deserialize, Serialize};
use thidua_domain::import::{Import, ImportKind};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    input::{CampaignKey, ImportKey, Instant, PersonKey, UnitKey},
    language::Language,
};

/// What the rows of an import are. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ImportKindCode {
    Measurements,
    Registrations,
    Units,
}

impl From<ImportKind> for ImportKindCode {
    fn from(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Measurements => Self::Measurements,
            ImportKind::Registrations => Self::Registrations,
            ImportKind::Units => Self::Units,
        }
    }
}

/// A table whose rows were carried out, all of them. It never changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Import)]
pub(super) struct ImportView {
    /// Identifies the import.
    id: ImportKey,
    /// Always 1: an import never changes.
    #[schema(minimum = 1, maximum = 1)]
    version: i64,
    /// What its rows are.
    kind: ImportKindCode,
    /// What its rows are, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Số liệu thực hiện")]
    kind_label: String,
    /// The campaign; absent for units of the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    campaign_id: Option<CampaignKey>,
    /// The unit for which it was handed in; absent for units of the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_id: Option<UnitKey>,
    /// SHA-256 of the file, hexadecimal.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// Rows that say something.
    #[schema(minimum = 1, maximum = 5000)]
    rows: u32,
    /// Things that were made: measurements, drafts of registrations, units.
    #[schema(minimum = 0, maximum = 5000)]
    created: u32,
    /// Rows that said what was there already, and so did nothing.
    #[schema(minimum = 0, maximum = 5000)]
    unchanged: u32,
    /// Identifies the person who handed it in.
    made_by_id: PersonKey,
    /// When it was carried out, by the business clock.
    created_at: Instant,
    /// The same as `createdAt`: an import never changes.
    updated_at: Instant,
}

impl ImportView {
    pub(super) fn of(import: &Import, language: Language) -> Self {
        Self {
            id: import.root.id.into(),
            version: import.root.version,
            kind: import.kind.into(),
            kind_label: language.label("importKind", import.kind.as_str()),
            campaign_id: import.campaign.map(Into::into),
            unit_id: import.unit.map(Into::into),
            digest: import.digest.as_str().to_owned(),
            rows: import.rows,
            created: import.created,
            unchanged: import.unchanged,
            made_by_id: import.made_by.into(),
            created_at: Instant(import.root.created_at),
            updated_at: Instant(import.root.updated_at),
        }
    }
}

/// What an import would do. Nothing of it was kept.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImportPreview {
    /// Rows that say something.
    #[schema(minimum = 1, maximum = 5000)]
    rows: u32,
    /// Things that would be made: measurements, drafts of registrations, units.
    #[schema(minimum = 0, maximum = 5000)]
    created: u32,
    /// Rows that say what is there already.
    #[schema(minimum = 0, maximum = 5000)]
    unchanged: u32,
}

impl From<&Import> for ImportPreview {
    fn from(import: &Import) -> Self {
        Self { rows: import.rows, created: import.created, unchanged: import.unchanged }
    }
}

/// Whether an import is only tried out.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// Whether everything is judged as if it were carried out, and nothing is kept.
    #[serde(default)]
    #[param(required = false, example = true)]
    pub(super) dry_run: bool,
}

/// Where one import is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct ImportPath {
    /// Identifies the import.
    pub(super) import_id: ImportKey,
}

//! Imports as they are read.

use serde::{Deserialize, Serialize};
use thidua_domain::import::{Effort, Import, ImportKind};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::file::detail;
use crate::{
    command::ActionView,
    input::{CampaignKey, ImportKey, Instant, PersonKey, UnitKey},
    language::Language,
    problem::ProblemError,
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

/// How much of a table is carried out where something is wrong with some of its rows: nothing, or the rows that are right.
/// Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ImportMode {
    #[default]
    AllOrNothing,
    BestEffort,
}

impl From<ImportMode> for Effort {
    fn from(mode: ImportMode) -> Self {
        match mode {
            ImportMode::AllOrNothing => Self::AllOrNothing,
            ImportMode::BestEffort => Self::BestEffort,
        }
    }
}

impl From<Effort> for ImportMode {
    fn from(effort: Effort) -> Self {
        match effort {
            Effort::AllOrNothing => Self::AllOrNothing,
            Effort::BestEffort => Self::BestEffort,
        }
    }
}

/// A table whose rows were carried out, all of them or those that were right. It never changes.
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
    /// How much of it was to be carried out.
    mode: ImportMode,
    /// Rows that say something.
    #[schema(minimum = 1, maximum = 5000)]
    rows: u32,
    /// Things that were made: measurements, drafts of registrations, units.
    #[schema(minimum = 0, maximum = 5000)]
    created: u32,
    /// Rows that said what was there already, and so did nothing.
    #[schema(minimum = 0, maximum = 5000)]
    unchanged: u32,
    /// Rows that were left out; 0 where all or nothing was carried out.
    #[schema(minimum = 0, maximum = 5000)]
    rejected: u32,
    /// What was wrong with them, the first thousand faults; absent where there was none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    errors: Vec<ProblemError>,
    /// Identifies the person who handed it in.
    made_by_id: PersonKey,
    /// When it was carried out, by the business clock.
    created_at: Instant,
    /// The same as `createdAt`: an import never changes.
    updated_at: Instant,
    /// What the caller could do with it now: nothing, an import never changes.
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
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
            mode: import.effort.into(),
            rows: import.rows,
            created: import.created,
            unchanged: import.unchanged,
            rejected: import.rejected,
            errors: errors(import, language),
            made_by_id: import.made_by.into(),
            created_at: Instant(import.root.created_at),
            updated_at: Instant(import.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// What was wrong with the rows that were left out.
fn errors(import: &Import, language: Language) -> Vec<ProblemError> {
    import.rejections.iter().map(|rejection| ProblemError::of(&detail(rejection), language)).collect()
}

/// What an import would do. Nothing of it was kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
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
    /// Rows that would be left out; 0 where all or nothing is carried out.
    #[schema(minimum = 0, maximum = 5000)]
    rejected: u32,
    /// What is wrong with them, the first thousand faults; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    errors: Vec<ProblemError>,
}

impl ImportPreview {
    pub(super) fn of(import: &Import, language: Language) -> Self {
        Self {
            rows: import.rows,
            created: import.created,
            unchanged: import.unchanged,
            rejected: import.rejected,
            errors: errors(import, language),
        }
    }
}

/// How much of a table is carried out, and whether it is only tried out.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// What becomes of the table where something is wrong with some of its rows.
    #[serde(default)]
    #[param(required = false)]
    pub(super) mode: ImportMode,
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

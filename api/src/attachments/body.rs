//! Attachments as they come in and as they are read.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    attachment::{Attached, Attachment, Enclosure, File, FileType, Owner, RemoveAttachment, Stage},
    principal::Actor,
};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, RefOr, Schema,
        schema::{SchemaFormat, Type},
    },
};
use validator::Validate;

use crate::{
    command::ActionView,
    input::{
        AttachmentKey, CampaignKey, ChecksumText, CursorText, DocumentKey, FileNameText, IncomingDocumentKey, Instant,
        Limit, MeasurementKey, PersonKey, ReportKey, UnitKey, present,
    },
    language::Language,
    list::paged,
};

/// The bytes of a file, for the contract.
#[derive(Debug)]
pub(crate) struct FileBytes;

impl PartialSchema for FileBytes {
    fn schema() -> RefOr<Schema> {
        let bytes = ObjectBuilder::new().schema_type(Type::String);
        let bytes = bytes.format(Some(SchemaFormat::Custom("binary".to_owned())));
        let bytes = bytes.min_length(Some(1)).max_length(Some(1 << 30));
        RefOr::T(Schema::Object(bytes.description(Some("The bytes of a file, as they are.")).build()))
    }
}

impl ToSchema for FileBytes {}

/// How the file is called that comes as the body.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UploadQuery {
    /// Its name, with the ending of its kind and without a path.
    #[param(example = "bien-ban-nghiem-thu.txt")]
    pub(super) name: FileNameText,
}

/// What a file is, by its content. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = FileType)]
pub(crate) enum FileTypeView {
    Pdf,
    Docx,
    Xlsx,
    Odt,
    Jpeg,
    Png,
    Csv,
    Text,
}

impl From<FileType> for FileTypeView {
    fn from(kind: FileType) -> Self {
        match kind {
            FileType::Pdf => Self::Pdf,
            FileType::Docx => Self::Docx,
            FileType::Xlsx => Self::Xlsx,
            FileType::Odt => Self::Odt,
            FileType::Jpeg => Self::Jpeg,
            FileType::Png => Self::Png,
            FileType::Csv => Self::Csv,
            FileType::Text => Self::Text,
        }
    }
}

/// Whether an attachment still belongs to what it was attached to. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AttachmentStage {
    Attached,
    Removed,
}

/// A file that is attached, as this version of the report, of the measurement or of the entry of a register names it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Enclosure)]
pub(crate) struct EnclosureView {
    /// Identifies the attachment.
    attachment_id: AttachmentKey,
    /// How the file is called.
    name: FileNameText,
    /// What it is.
    file_type: FileTypeView,
    /// How many bytes it has.
    #[schema(minimum = 1, maximum = 1_073_741_824_i64)]
    size: u64,
    /// The SHA-256 of its bytes.
    sha256: ChecksumText,
}

impl From<Enclosure> for EnclosureView {
    fn from(enclosure: Enclosure) -> Self {
        let File { name, kind, size, sha256 } = enclosure.file;
        Self {
            attachment_id: enclosure.attachment.into(),
            name: name.into(),
            file_type: kind.into(),
            size,
            sha256: sha256.into(),
        }
    }
}

/// A file that was attached to a unit's report or to a measurement (tài liệu minh chứng), to a document that was issued (bản
/// đã ký) or to one that arrived (bản quét).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Attachment)]
pub(crate) struct AttachmentView {
    /// Identifies the attachment.
    id: AttachmentKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign of what it was attached to; absent where that belongs to none.
    #[serde(skip_serializing_if = "Option::is_none")]
    campaign_id: Option<CampaignKey>,
    /// The unit of what it was attached to: whose report or measurement, who issued the document or received it.
    unit_id: UnitKey,
    /// The report that it was attached to; absent where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<ReportKey>,
    /// The measurement that it was attached to; absent where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    measurement_id: Option<MeasurementKey>,
    /// The document of the outgoing register whose signed copy it is; absent where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<DocumentKey>,
    /// The entry of the incoming register whose scan it is; absent where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    incoming_document_id: Option<IncomingDocumentKey>,
    /// The attachment of the corrected report with which the correction began; absent for what came with bytes of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    carried_from_id: Option<AttachmentKey>,
    /// Whether it still belongs there.
    stage: AttachmentStage,
    /// Whether it still belongs there, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang đính kèm")]
    stage_label: String,
    /// How the file is called.
    name: FileNameText,
    /// What it is, by its content.
    file_type: FileTypeView,
    /// What it is, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Tài liệu PDF")]
    file_type_label: String,
    /// The media type with which it is downloaded.
    #[schema(max_length = 100, pattern = "^[a-z]+/[a-z.-]+$", example = "application/pdf")]
    media_type: &'static str,
    /// How many bytes it has.
    #[schema(minimum = 1, maximum = 1_073_741_824_i64)]
    size: u64,
    /// Its SHA-256, by which it is recognised for ever.
    sha256: ChecksumText,
    /// Whether its bytes can be downloaded. Where it was removed from a report before it was ever handed in, they are deleted.
    content_kept: bool,
    /// Identifies the person who attached it.
    attached_by_id: PersonKey,
    /// When it was removed, by the business clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    removed_at: Option<Instant>,
    /// When it was attached, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl AttachmentView {
    /// The attachment with what this caller could do.
    pub(super) fn of(attached: &Attached, actor: &Actor, language: Language) -> Self {
        let actions = vec![ActionView::of::<RemoveAttachment, _>(actor, attached)];
        Self { actions, ..Self::listed(&attached.attachment, language) }
    }

    /// How the items of a list are shown.
    pub(super) fn in_list(language: Language) -> impl Fn(Attached) -> Self {
        move |one| Self::listed(&one.attachment, language)
    }

    fn listed(attachment: &Attachment, language: Language) -> Self {
        let File { name, kind, size, sha256 } = attachment.file.clone();
        let (stage, removed_at) = match attachment.stage {
            Stage::Attached => (AttachmentStage::Attached, None),
            Stage::Removed { removed_at, .. } => (AttachmentStage::Removed, Some(Instant(removed_at))),
        };
        let (mut report_id, mut measurement_id, mut document_id, mut incoming_document_id) = (None, None, None, None);
        match attachment.owner {
            Owner::Report(report) => report_id = Some(report.into()),
            Owner::Measurement(measurement) => measurement_id = Some(measurement.into()),
            Owner::Document(document) => document_id = Some(document.into()),
            Owner::IncomingDocument(document) => incoming_document_id = Some(document.into()),
        }
        Self {
            id: attachment.root.id.into(),
            version: attachment.root.version,
            campaign_id: attachment.campaign.map(Into::into),
            unit_id: attachment.unit.into(),
            report_id,
            measurement_id,
            document_id,
            incoming_document_id,
            carried_from_id: attachment.carried_from.map(Into::into),
            stage,
            stage_label: language.label("attachmentStage", attachment.stage.code()),
            name: name.into(),
            file_type: kind.into(),
            file_type_label: language.label("fileType", kind.as_str()),
            media_type: kind.media_type(),
            size,
            sha256: sha256.into(),
            content_kept: attachment.content_kept(),
            attached_by_id: attachment.attached_by.into(),
            removed_at,
            created_at: Instant(attachment.root.created_at),
            updated_at: Instant(attachment.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of attachments.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttachmentPage {
    /// The attachments of this page.
    #[schema(max_items = 100)]
    items: Vec<AttachmentView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many there are in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which page of the attachments.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AttachmentQuery {
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    pub(super) limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) cursor: Option<CursorText>,
    /// Whether all that there are are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub(super) include_total: bool,
}

paged!(AttachmentQuery, AttachmentPage of AttachmentView);

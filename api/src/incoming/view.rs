//! Entries of the incoming register as they are read.

use serde::Serialize;
use thidua_domain::{
    attachment::AttachToIncomingDocument,
    incoming::{CorrectIncomingDocument, Entry, EntryCorrection, IncomingDocument},
    principal::Actor,
    text::Token,
};
use utoipa::ToSchema;

use super::body::IncomingDocumentQuery;
use crate::{
    attachments::EnclosureView,
    command::ActionView,
    input::{CodeText, CursorText, DateOnly, IncomingDocumentKey, Instant, PersonKey, Str, UnitKey},
    list::paged,
    papers::SymbolGrammarCode,
};

/// What the register said of a document before it was put right.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IncomingEntry)]
pub(crate) struct EntryView {
    /// The day on which it arrived (ngày đến).
    arrival_date: DateOnly,
    /// Who sent it (tác giả), as printed.
    sender: Str<300>,
    /// The sender, where it is a unit of the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_unit_id: Option<UnitKey>,
    /// The symbol that the sender gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<CodeText>,
    /// Whose way of writing the symbol follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol_grammar: Option<SymbolGrammarCode>,
    /// What is printed in its place, where that follows neither grammar.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed_symbol: Option<CodeText>,
    /// The day that is printed on it.
    document_date: DateOnly,
    /// Its type and what it is about (tên loại và trích yếu).
    subject: Str<2000>,
    /// Why the day of arrival does not follow the order of the numbers, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_comment: Option<Str<2000>>,
}

impl From<&Entry> for EntryView {
    fn from(entry: &Entry) -> Self {
        Self {
            arrival_date: DateOnly(entry.arrived_on),
            sender: entry.sender.clone().into(),
            sender_unit_id: entry.sender_unit.map(Into::into),
            symbol: entry.symbol.as_ref().and_then(|symbol| Token::parse(&symbol.to_string()).ok()).map(Into::into),
            symbol_grammar: entry.grammar().map(Into::into),
            printed_symbol: entry.printed_symbol.clone().map(Into::into),
            document_date: DateOnly(entry.dated_on),
            subject: entry.subject.clone().into(),
            order_comment: entry.order_comment.clone().map(Into::into),
        }
    }
}

/// An act that put an entry right.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IncomingEntryCorrection)]
pub(crate) struct CorrectionView {
    /// When, by the business clock.
    corrected_at: Instant,
    /// Identifies the person who did it.
    corrected_by_id: PersonKey,
    /// Name of the person who did it.
    #[schema(max_length = 300, pattern = "^.+$", example = "Bùi Thị Thảo")]
    corrected_by_name: String,
    /// The reason that was given for it.
    reason: Str<2000>,
    /// What the entry said before.
    before: EntryView,
}

impl From<&EntryCorrection> for CorrectionView {
    fn from(correction: &EntryCorrection) -> Self {
        Self {
            corrected_at: Instant(correction.corrected_at),
            corrected_by_id: correction.person.into(),
            corrected_by_name: correction.name.clone(),
            reason: correction.reason.clone().into(),
            before: (&correction.before).into(),
        }
    }
}

/// An entry of the incoming register (sổ đăng ký văn bản đến): a document that arrived, under a number of the receiver's own.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IncomingDocument)]
pub(crate) struct IncomingDocumentView {
    /// Identifies the entry.
    id: IncomingDocumentKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The unit whose book it is in.
    receiver_unit_id: UnitKey,
    /// The year of the book: each year begins with 1.
    #[schema(minimum = 2000, maximum = 2099, example = 2025)]
    year: i32,
    /// The number in the book (số đến).
    #[schema(minimum = 1, maximum = 999_999, example = 42)]
    number: i32,
    /// The day on which it arrived (ngày đến).
    arrival_date: DateOnly,
    /// Who sent it (tác giả), as printed.
    #[schema(example = "Đảng ủy xã Gia Lộc")]
    sender: Str<300>,
    /// The sender, where it is a unit of the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_unit_id: Option<UnitKey>,
    /// The symbol that the sender gave it; a village has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<CodeText>,
    /// Whose way of writing the symbol follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol_grammar: Option<SymbolGrammarCode>,
    /// What is printed in its place, where that follows neither grammar.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed_symbol: Option<CodeText>,
    /// The day that is printed on it.
    document_date: DateOnly,
    /// Its type and what it is about (tên loại và trích yếu).
    #[schema(example = "Báo cáo kết quả lãnh đạo phong trào thi đua quý III")]
    subject: Str<2000>,
    /// Whether its day of arrival does not follow the order of the numbers.
    out_of_order: bool,
    /// Why the day does not follow that order.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_comment: Option<Str<2000>>,
    /// The acts that put it right, the first first; nothing was deleted.
    #[schema(max_items = 50)]
    corrections: Vec<CorrectionView>,
    /// Its scan (bản quét), in the order in which the files were attached.
    #[schema(max_items = 20)]
    attachments: Vec<EnclosureView>,
    /// When it was entered, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl IncomingDocumentView {
    /// The entry with what this caller could do.
    pub(super) fn of(document: &IncomingDocument, actor: &Actor) -> Self {
        let actions = vec![
            ActionView::of::<CorrectIncomingDocument, _>(actor, document),
            ActionView::of::<AttachToIncomingDocument, _>(actor, document),
        ];
        Self { actions, ..Self::listed(document) }
    }

    pub(super) fn listed(document: &IncomingDocument) -> Self {
        let entry = EntryView::from(&document.entry);
        Self {
            id: document.root.id.into(),
            version: document.root.version,
            receiver_unit_id: document.receiver.into(),
            year: document.year,
            number: document.number,
            arrival_date: entry.arrival_date,
            sender: entry.sender,
            sender_unit_id: entry.sender_unit_id,
            symbol: entry.symbol,
            symbol_grammar: entry.symbol_grammar,
            printed_symbol: entry.printed_symbol,
            document_date: entry.document_date,
            subject: entry.subject,
            out_of_order: entry.order_comment.is_some(),
            order_comment: entry.order_comment,
            corrections: document.corrections.iter().map(Into::into).collect(),
            attachments: document.attachments.iter().cloned().map(Into::into).collect(),
            created_at: Instant(document.root.created_at),
            updated_at: Instant(document.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of the incoming register.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IncomingDocumentPage {
    /// The documents of this page.
    #[schema(max_items = 100)]
    items: Vec<IncomingDocumentView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

paged!(IncomingDocumentQuery, IncomingDocumentPage of IncomingDocumentView);

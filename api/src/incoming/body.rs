//! Entries of the incoming register as they come in.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    document::symbol::DocSymbol,
    incoming::Entry,
    refusal::{Code, Refusal},
    text::Paragraph,
    unit::UnitId,
};
use thidua_persistence::IncomingDocumentFilter;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    input::{CodeText, CursorText, DateOnly, Limit, Str, UnitKey, Whole, present},
    papers::SymbolGrammarCode,
};

// A closed object cannot have another one flattened into it, so that what both bodies have is written here once.
macro_rules! entry_body {
    ($(#[$doc:meta])* $name:ident { $( $(#[$meta:meta])* $field:ident: $type:ty, )* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub(crate) struct $name {
            $( $(#[$meta])* pub(super) $field: $type, )*
            /// The day on which it arrived (ngày đến): not in the future, and in the order of the numbers.
            #[schema(example = "2025-10-07")]
            pub(super) arrival_date: DateOnly,
            /// Who sent it (tác giả), as printed.
            #[schema(example = "Đảng ủy xã Gia Lộc")]
            sender: Str<300>,
            /// The sender, where it is a unit of the directory.
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            pub(super) sender_unit_id: Option<UnitKey>,
            /// The symbol that the sender gave it, in the grammar of the State or of the Party; a village has none.
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[schema(example = "12-BC/ĐU")]
            symbol: Option<CodeText>,
            /// What is printed in its place, where that follows neither grammar.
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[schema(example = "46-CTATU")]
            printed_symbol: Option<CodeText>,
            /// The day that is printed on it: not after its arrival.
            #[schema(example = "2025-10-06")]
            document_date: DateOnly,
            /// Its type and what it is about (tên loại và trích yếu).
            #[schema(example = "Báo cáo kết quả lãnh đạo phong trào thi đua quý III")]
            subject: Str<2000>,
            /// Why the day of arrival does not follow the order of the numbers, where it does not.
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[schema(example = "Bộ phận tiếp nhận chuyển đến muộn.")]
            order_comment: Option<Str<2000>>,
        }

        impl $name {
            /// What the register should say; the sending unit was looked up.
            ///
            /// # Errors
            /// A symbol that follows neither grammar.
            pub(super) fn entry(&self, sender_unit: Option<UnitId>) -> Result<Entry, Refusal> {
                let symbol = self.symbol.as_ref().map(|symbol| DocSymbol::parse(symbol.as_str())).transpose();
                Ok(Entry {
                    arrived_on: self.arrival_date.0,
                    sender: self.sender.clone().into_text(),
                    sender_unit,
                    symbol: symbol.map_err(|_| Refusal::field("/symbol", Code::SymbolMalformed))?,
                    printed_symbol: self.printed_symbol.clone().map(Str::into_text),
                    dated_on: self.document_date.0,
                    subject: self.subject.clone().into_text(),
                    order_comment: self.order_comment.clone().map(Str::into_text),
                })
            }
        }
    };
}

entry_body! {
    /// A document that arrived, to be entered.
    IncomingDocumentNew {
        /// The unit whose book it is entered into.
        receiver_unit_id: UnitKey,
    }
}

entry_body! {
    /// What an entry should say, as a whole, and why it is put right.
    IncomingDocumentCorrection {
        /// Why; no personal data.
        #[schema(example = "Ghi nhầm trích yếu.")]
        reason: Str<2000>,
    }
}

impl IncomingDocumentCorrection {
    pub(super) fn reason(&self) -> Paragraph {
        self.reason.clone().into_text()
    }
}

/// Which documents, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct IncomingDocumentQuery {
    /// Only the book of this unit.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    receiver_unit_id: Option<UnitKey>,
    /// Only documents of this year.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = 2025)]
    year: Option<Whole<2000, 2099>>,
    /// Only documents whose symbol follows this grammar.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    symbol_grammar: Option<SymbolGrammarCode>,
    /// Part of sender or subject, without regard to case and accents.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "dang uy")]
    q: Option<Str<60>>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    pub(super) limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub(super) include_total: bool,
}

impl IncomingDocumentQuery {
    pub(super) fn filter(&self) -> IncomingDocumentFilter {
        IncomingDocumentFilter {
            receiver: self.receiver_unit_id.map(UnitKey::id),
            year: self.year.map(Whole::get),
            grammar: self.symbol_grammar.map(Into::into),
            text: self.q.as_ref().map(|text| text.as_str().to_owned()),
        }
    }
}

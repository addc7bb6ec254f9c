//! The incoming register as a table.

use thidua_persistence::export::Named;

use super::view::IncomingDocumentView;
use crate::export::{Table, Tabular, code_of, date, each, flag, instant, text, whole};

impl Tabular for IncomingDocumentView {
    const TABLE: Table = Table {
        name: "incomingDocuments",
        columns: &[
            code_of("receiverUnitCode", Named::Unit, "receiverUnitId"),
            whole("year"),
            whole("number"),
            date("arrivalDate"),
            text("sender"),
            text("symbol"),
            text("symbolGrammar"),
            text("printedSymbol"),
            date("documentDate"),
            text("subject"),
            flag("outOfOrder"),
            text("orderComment"),
            each("corrections", "reason"),
            text("id"),
            text("receiverUnitId"),
            text("senderUnitId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}

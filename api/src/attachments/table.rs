//! Attachments as a table.

use thidua_persistence::export::Named;

use super::body::AttachmentView;
use crate::export::{Table, Tabular, code_of, flag, instant, name_of, text, whole};

impl Tabular for AttachmentView {
    const TABLE: Table = Table {
        name: "attachments",
        columns: &[
            code_of("unitCode", Named::Unit, "unitId"),
            name_of("unitName", Named::Unit, "unitId"),
            text("name"),
            text("fileType"),
            text("fileTypeLabel"),
            text("mediaType"),
            whole("size"),
            text("stage"),
            text("stageLabel"),
            text("sha256"),
            flag("contentKept"),
            instant("removedAt"),
            text("id"),
            text("campaignId"),
            text("unitId"),
            text("reportId"),
            text("measurementId"),
            text("documentId"),
            text("incomingDocumentId"),
            text("carriedFromId"),
            text("attachedById"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}

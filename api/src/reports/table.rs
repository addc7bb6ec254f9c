//! Reports of units as a table, without what they say, as in their list.

use thidua_persistence::export::Named;

use super::view::ReportView;
use crate::export::{Table, Tabular, code_of, date, flag, instant, name_of, text, whole};

impl Tabular for ReportView {
    const TABLE: Table = Table {
        name: "reports",
        columns: &[
            code_of("periodCode", Named::Period, "periodId"),
            name_of("periodName", Named::Period, "periodId"),
            code_of("unitCode", Named::Unit, "unitId"),
            name_of("unitName", Named::Unit, "unitId"),
            text("stage"),
            text("stageLabel"),
            text("symbol"),
            date("issueDate"),
            text("signature.name"),
            text("signature.capacity"),
            text("signature.capacityLabel"),
            instant("signature.signedAt"),
            text("signature.authenticationClass"),
            instant("signature.authenticatedAt"),
            whole("round"),
            instant("firstSubmittedAt"),
            flag("late"),
            instant("submittedAt"),
            instant("returnedAt"),
            text("returnReason"),
            instant("resubmitBefore"),
            text("acceptance.name"),
            instant("acceptance.acceptedAt"),
            text("correctionReason"),
            text("id"),
            text("campaignId"),
            text("periodId"),
            text("unitId"),
            text("correctsId"),
            text("submitterId"),
            text("signature.personId"),
            text("acceptance.personId"),
            text("lockedById"),
            text("supersededById"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}

//! Registrations as a table. What they say target by target is a list of its own once they are accepted.

use thidua_persistence::export::Named;

use super::view::RegistrationView;
use crate::export::{Table, Tabular, code_of, each, instant, name_of, text, whole};

impl Tabular for RegistrationView {
    const TABLE: Table = Table {
        name: "registrations",
        columns: &[
            code_of("unitCode", Named::Unit, "unitId"),
            name_of("unitName", Named::Unit, "unitId"),
            text("stage"),
            text("stageLabel"),
            each("targets", "code"),
            text("actionProgramme.title"),
            text("actionProgramme.measures"),
            text("actionProgramme.symbol"),
            whole("round"),
            instant("submittedAt"),
            instant("returnedAt"),
            text("returnReason"),
            instant("resubmitBefore"),
            each("remarks", "reason"),
            text("acceptance.name"),
            instant("acceptance.acceptedAt"),
            text("correctionReason"),
            text("id"),
            text("campaignId"),
            text("unitId"),
            text("correctsId"),
            text("supersededById"),
            text("submitterId"),
            text("acceptance.personId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}

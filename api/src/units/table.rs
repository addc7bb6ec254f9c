//! Units as a table.

use thidua_persistence::export::Named;

use super::view::UnitView;
use crate::export::{Table, Tabular, code_of, date, flag, instant, name_of, text, whole};

impl Tabular for UnitView {
    const TABLE: Table = Table {
        name: "units",
        columns: &[
            text("code"),
            text("name"),
            text("type"),
            text("typeLabel"),
            code_of("parentCode", Named::Unit, "parentId"),
            name_of("parentName", Named::Unit, "parentId"),
            text("managingAuthority"),
            date("validFromDate"),
            date("validBeforeDate"),
            text("stage"),
            text("stageLabel"),
            date("asOfDate"),
            flag("exists"),
            flag("sample"),
            text("id"),
            text("parentId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}

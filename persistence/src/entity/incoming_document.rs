//! Table `incoming_document`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{document::symbol::Grammar, incoming::IncomingDocument, text::fold, unit::UnitId};

use super::contains;
use crate::{
    page::{Filter, SortOrder},
    stored::Stored,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incoming_document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub receiver_unit_id: Uuid,
    pub year: i32,
    pub number: i32,
    pub arrived_on: Date,
    pub dated_on: Date,
    pub folded_sender: String,
    pub symbol: Option<String>,
    pub folded_subject: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for IncomingDocument {
    type Entity = Entity;
    const FENCED: bool = false;
    const FIXED: &'static [&'static str] = &["receiver_unit_id", "year", "number"];
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("receiver_unit_id", "uuid"),
        ("year", "integer"),
        ("number", "integer"),
        ("arrived_on", "date"),
        ("dated_on", "date"),
        ("folded_sender", "text"),
        ("symbol", "text"),
        ("folded_subject", "text"),
    ];

    fn columns(&self) -> serde_json::Value {
        let entry = &self.entry;
        json!({
            "receiver_unit_id": self.receiver, "year": self.year, "number": self.number, "arrived_on": entry.arrived_on,
            "dated_on": entry.dated_on, "folded_sender": fold(entry.sender.as_str()), "symbol": entry.symbol,
            "folded_subject": fold(entry.subject.as_str()),
        })
    }
}

/// Which documents of the incoming register; all without anything.
#[derive(Clone, Debug, Default)]
pub struct IncomingDocumentFilter {
    /// In the book of this unit.
    pub receiver: Option<UnitId>,
    /// Of this year.
    pub year: Option<i32>,
    /// With symbols that follow this grammar.
    pub grammar: Option<Grammar>,
    /// With this in their sender or subject.
    pub text: Option<String>,
}

impl IncomingDocumentFilter {
    /// The order of the register: by year and number.
    pub const ORDER: SortOrder = SortOrder { key: Some(("place", "bigint")), descending: false };
}

impl Filter for IncomingDocumentFilter {
    type Of = IncomingDocument;

    fn condition(&self) -> Condition {
        // The State writes a slash behind the number, the Party a hyphen.
        let grammar = self.grammar.map(|grammar| match grammar {
            Grammar::State => Expr::cust("symbol ~ '^[0-9]+/'"),
            Grammar::Party => Expr::cust("symbol ~ '^[0-9]+-'"),
        });
        let text = self
            .text
            .as_deref()
            .map(|text| Condition::any().add(contains("folded_subject", text)).add(contains("folded_sender", text)));
        Condition::all()
            .add_option(self.receiver.map(|receiver| Column::ReceiverUnitId.eq(receiver.uuid())))
            .add_option(self.year.map(|year| Column::Year.eq(year)))
            .add_option(grammar)
            .add_option(text)
    }
}

//! Table `document`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{
    campaign::CampaignId,
    document::{Document, DocumentSeriesId, DocumentType},
    text::fold,
    time::Timestamp,
    unit::UnitId,
};

use super::contains;
use crate::{
    page::{Filter, SortOrder},
    stored::Stored,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Option<Uuid>,
    pub series_id: Option<Uuid>,
    pub issuer_unit_id: Uuid,
    pub r#type: String,
    pub year: i32,
    pub number: i32,
    pub issued_on: Date,
    pub folded_subject: String,
    pub dispatch_due_before: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Document {
    type Entity = Entity;
    // What happens to a document hangs on nothing but its own row, which is locked.
    const FENCED: bool = false;
    const FIXED: &'static [&'static str] = &[
        "campaign_id",
        "series_id",
        "issuer_unit_id",
        "type",
        "year",
        "number",
        "issued_on",
        "folded_subject",
        "dispatch_due_before",
    ];
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("campaign_id", "uuid"),
        ("series_id", "uuid"),
        ("issuer_unit_id", "uuid"),
        ("type", "text"),
        ("year", "integer"),
        ("number", "integer"),
        ("issued_on", "date"),
        ("folded_subject", "text"),
        ("dispatch_due_before", "timestamptz"),
        ("shown_to", "uuid[]"),
    ];

    fn columns(&self) -> serde_json::Value {
        json!({
            "campaign_id": self.campaign, "series_id": self.series, "issuer_unit_id": self.issuer,
            "type": self.document_type.as_str(), "year": self.year, "number": self.number, "issued_on": self.issued_on,
            "folded_subject": fold(self.subject.as_str()), "dispatch_due_before": self.dispatch_due_before,
            "shown_to": self.shown_to,
        })
    }
}

/// Which documents of the outgoing register; all without anything.
#[derive(Clone, Debug, Default)]
pub struct DocumentFilter {
    /// Issued by this unit.
    pub issuer: Option<UnitId>,
    /// Of one of these types; all without one.
    pub types: Vec<DocumentType>,
    /// Numbered in this series.
    pub series: Option<DocumentSeriesId>,
    /// Of this year.
    pub year: Option<i32>,
    /// Of this campaign.
    pub campaign: Option<CampaignId>,
    /// With this in their subject.
    pub text: Option<String>,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
    /// Those that should have left the house by this instant and have not.
    pub overdue_at: Option<Timestamp>,
}

impl DocumentFilter {
    /// The order of the register: by year and number.
    pub const ORDER: SortOrder = SortOrder { key: Some(("place", "bigint")), descending: false };
}

impl Filter for DocumentFilter {
    type Of = Document;

    fn condition(&self) -> Condition {
        let types = (!self.types.is_empty()).then(|| Column::Type.is_in(self.types.iter().map(|one| one.as_str())));
        Condition::all()
            .add_option(self.issuer.map(|issuer| Column::IssuerUnitId.eq(issuer.uuid())))
            .add_option(types)
            .add_option(self.series.map(|series| Column::SeriesId.eq(series.uuid())))
            .add_option(self.year.map(|year| Column::Year.eq(year)))
            .add_option(self.campaign.map(|campaign| Column::CampaignId.eq(campaign.uuid())))
            .add_option((!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied())))
            .add_option(self.overdue_at.map(|now| Column::DispatchDueBefore.lte(now.utc())))
            .add_option(self.overdue_at.map(|_| Column::Stage.ne("DISPATCHED")))
            .add_option(self.text.as_deref().map(|text| contains("folded_subject", text)))
    }
}

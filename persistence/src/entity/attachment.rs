//! Table `attachment`.

use sea_orm::{
    Condition,
    entity::prelude::*,
    sea_query::{Alias, Query, SimpleExpr},
};
use serde_json::json;
use thidua_domain::{
    attachment::{Attached, Attachment, Owner, Provable, Proven},
    change::Aggregate,
    document::Document,
    incoming::IncomingDocument,
    policy::Visibility,
    principal::Actor,
    report::Report,
    target::Measurement,
};

use crate::{
    page::Filter,
    shown::{Shown, visible},
    stored::Stored,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Option<Uuid>,
    pub unit_id: Uuid,
    pub report_id: Option<Uuid>,
    pub measurement_id: Option<Uuid>,
    pub document_id: Option<Uuid>,
    pub incoming_document_id: Option<Uuid>,
    pub carried_from_id: Option<Uuid>,
    pub content_id: Uuid,
    pub content_kept: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Attachment {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("campaign_id", "uuid"),
        ("unit_id", "uuid"),
        ("report_id", "uuid"),
        ("measurement_id", "uuid"),
        ("document_id", "uuid"),
        ("incoming_document_id", "uuid"),
        ("carried_from_id", "uuid"),
        ("content_id", "uuid"),
        ("content_kept", "boolean"),
    ];

    fn columns(&self) -> serde_json::Value {
        let (owner, id) = column(self.owner);
        let mut columns = json!({
            "campaign_id": self.campaign, "unit_id": self.unit, "carried_from_id": self.carried_from,
            "content_id": self.content, "content_kept": self.content_kept(),
        });
        columns[owner.as_str()] = json!(id);
        columns
    }
}

/// The column that names an owner, and its value.
fn column(owner: Owner) -> (Column, Uuid) {
    match owner {
        Owner::Report(report) => (Column::ReportId, report.uuid()),
        Owner::Measurement(measurement) => (Column::MeasurementId, measurement.uuid()),
        Owner::Document(document) => (Column::DocumentId, document.uuid()),
        Owner::IncomingDocument(document) => (Column::IncomingDocumentId, document.uuid()),
    }
}

// A measurement with what is attached to it now, and the same with whether it is reported, as SQL over a row of
// `measurement`. Figures are only of targets of the unit that reports, so that only its reports are looked at.
macro_rules! proven {
    () => {
        "jsonb_build_object('measurement', measurement.state::jsonb, 'evidence', coalesce(
            (SELECT jsonb_agg(jsonb_build_object('attachment', e.id, 'file', e.state -> 'file') ORDER BY e.id)
             FROM attachment e WHERE e.measurement_id = measurement.id AND e.stage = 'ATTACHED'), '[]'))"
    };
}
macro_rules! provable {
    () => {
        concat!(
            "jsonb_build_object('proven', ",
            proven!(),
            ", 'reported', EXISTS (
                SELECT FROM report r
                WHERE r.campaign_id = measurement.campaign_id AND r.unit_id = measurement.unit_id
                  AND r.stage NOT IN ('DRAFT', 'RETURNED')
                  AND r.state @> jsonb_build_object('figures', jsonb_build_array(
                      jsonb_build_object('finding', jsonb_build_object('measurement', measurement.id))))))"
        )
    };
}

impl Shown for Proven {
    type Of = Measurement;
    const JSON: &'static str = proven!();

    fn object(&self) -> &Measurement {
        &self.measurement
    }
}

impl Shown for Provable {
    type Of = Measurement;
    const JSON: &'static str = provable!();

    fn object(&self) -> &Measurement {
        &self.proven.measurement
    }
}

impl Shown for Attached {
    type Of = Attachment;
    const JSON: &'static str = concat!(
        "jsonb_build_object('attachment', state, 'owner', CASE
            WHEN report_id IS NOT NULL THEN jsonb_build_object('report',
                (SELECT r.state FROM report r WHERE r.id = attachment.report_id))
            WHEN document_id IS NOT NULL THEN jsonb_build_object('document',
                (SELECT d.state FROM document d WHERE d.id = attachment.document_id))
            WHEN incoming_document_id IS NOT NULL THEN jsonb_build_object('incomingDocument',
                (SELECT d.state FROM incoming_document d WHERE d.id = attachment.incoming_document_id))
            ELSE jsonb_build_object('measurement',
                (SELECT ",
        provable!(),
        " FROM measurement WHERE measurement.id = attachment.measurement_id)) END)"
    );

    fn object(&self) -> &Attachment {
        &self.attachment
    }

    fn seen_by(&self, actor: &Actor) -> bool {
        self.visible_to(actor)
    }

    fn seen(actor: &Actor) -> Condition {
        let owners = [
            ("report", "report.id = attachment.report_id", Report::visibility(actor)),
            ("measurement", "measurement.id = attachment.measurement_id", Measurement::visibility(actor)),
            ("document", "document.id = attachment.document_id", Document::visibility(actor)),
            (
                "incoming_document",
                "incoming_document.id = attachment.incoming_document_id",
                IncomingDocument::visibility(actor),
            ),
        ];
        owners.into_iter().fold(Condition::any(), |any, (owner, joined, seen)| any.add(its(owner, joined, &seen)))
    }
}

/// Whether what it is attached to, in this table, is seen. Columns without a table are those of the owner.
fn its(owner: &'static str, joined: &'static str, seen: &Visibility) -> SimpleExpr {
    let mut found = Query::select();
    found.expr(Expr::val(1)).from(Alias::new(owner)).and_where(Expr::cust(joined)).cond_where(visible(seen));
    Expr::exists(found)
}

/// The files that are attached to something now.
#[derive(Clone, Debug)]
pub struct AttachmentFilter {
    /// To this.
    pub owner: Owner,
}

impl Filter for AttachmentFilter {
    type Of = Attached;

    fn condition(&self) -> Condition {
        let (owner, id) = column(self.owner);
        Condition::all().add(owner.eq(id)).add(Column::Stage.eq("ATTACHED"))
    }
}

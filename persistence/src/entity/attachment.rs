//! Table `attachment`.

use sea_orm::{
    Condition,
    entity::prelude::*,
    sea_query::{Alias, Query},
};
use serde_json::json;
use thidua_domain::{
    attachment::{Attached, Attachment},
    change::Aggregate,
    principal::Actor,
    report::{Report, ReportId},
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
    pub campaign_id: Uuid,
    pub unit_id: Uuid,
    pub report_id: Uuid,
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
        ("content_id", "uuid"),
        ("content_kept", "boolean"),
    ];

    fn columns(&self) -> serde_json::Value {
        json!({
            "campaign_id": self.campaign, "unit_id": self.unit, "report_id": self.report, "content_id": self.content,
            "content_kept": self.content_kept(),
        })
    }
}

impl Shown for Attached {
    type Of = Attachment;
    const JSON: &'static str = "jsonb_build_object(
        'attachment', state, 'report', (SELECT r.state FROM report r WHERE r.id = attachment.report_id))";

    fn object(&self) -> &Attachment {
        &self.attachment
    }

    fn seen_by(&self, actor: &Actor) -> bool {
        self.visible_to(actor)
    }

    // Columns without a table are those of the report.
    fn seen(actor: &Actor) -> Condition {
        let mut its_report = Query::select();
        its_report
            .expr(Expr::val(1))
            .from(Alias::new("report"))
            .and_where(Expr::cust("report.id = attachment.report_id"))
            .cond_where(visible(&Report::visibility(actor)));
        Condition::all().add(Expr::exists(its_report))
    }
}

/// The files that are attached to a report now.
#[derive(Clone, Debug)]
pub struct AttachmentFilter {
    /// To this report.
    pub report: ReportId,
}

impl Filter for AttachmentFilter {
    type Of = Attached;

    fn condition(&self) -> Condition {
        let attached = Column::Stage.eq("ATTACHED");
        Condition::all().add(Column::ReportId.eq(self.report.uuid())).add(attached)
    }
}

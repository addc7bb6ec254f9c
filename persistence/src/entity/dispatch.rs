//! Table `dispatch`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{
    campaign::CampaignId,
    consolidation::ConsolidatedReportId,
    dispatch::{Carried, DeliveryState, Dispatch},
};

use crate::{page::Filter, shown::Shown, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dispatch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub report_id: Uuid,
    pub document_id: Uuid,
    pub channel: String,
    pub decides: bool,
    pub orders: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Dispatch {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("campaign_id", "uuid"),
        ("report_id", "uuid"),
        ("document_id", "uuid"),
        ("channel", "text"),
        ("decides", "boolean"),
        ("orders", "integer"),
    ];
    // What is carried is queued with the dispatch, and anew when somebody orders it.
    const ALSO: &'static str = ",
         carried AS (
             INSERT INTO delivery AS d (dispatch_id, queued_at, orders, next_attempt_at)
             SELECT id, created_at, orders, updated_at FROM input WHERE channel <> 'BY_HAND'
             ON CONFLICT (dispatch_id) DO UPDATE SET orders = excluded.orders, attempts = 0, given_up_at = NULL,
                 failure = NULL, next_attempt_at = excluded.next_attempt_at
             WHERE d.orders < excluded.orders)";

    fn columns(&self) -> serde_json::Value {
        json!({
            "campaign_id": self.campaign, "report_id": self.report, "document_id": self.paper.issue.document,
            "channel": self.channel.as_str(), "decides": !self.for_information, "orders": self.orders,
        })
    }
}

/// Which dispatches.
#[derive(Clone, Debug)]
pub struct DispatchFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// Of this report; of all without one.
    pub report: Option<ConsolidatedReportId>,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
    /// Whose delivery has come so far; all without one.
    pub deliveries: Vec<DeliveryState>,
}

impl Filter for DispatchFilter {
    type Of = Carried;

    fn condition(&self) -> Condition {
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        let report = self.report.map(|report| Column::ReportId.eq(report.uuid()));
        let deliveries = (!self.deliveries.is_empty()).then(|| {
            self.deliveries.iter().fold(Condition::any(), |any, state| any.add(Expr::cust(come_so_far(*state))))
        });
        let of_campaign = Column::CampaignId.eq(self.campaign.uuid());
        Condition::all().add(of_campaign).add_option(report).add_option(stages).add_option(deliveries)
    }
}

/// Whether the delivery of a row has come so far.
const fn come_so_far(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Queued => {
            "EXISTS (SELECT 1 FROM delivery y WHERE y.dispatch_id = dispatch.id AND y.delivered_at IS NULL AND y.given_up_at IS NULL)"
        }
        DeliveryState::Delivered => {
            "EXISTS (SELECT 1 FROM delivery y WHERE y.dispatch_id = dispatch.id AND y.delivered_at IS NOT NULL)"
        }
        DeliveryState::GivenUp => {
            "EXISTS (SELECT 1 FROM delivery y WHERE y.dispatch_id = dispatch.id AND y.given_up_at IS NOT NULL)"
        }
    }
}

impl Shown for Carried {
    type Of = Dispatch;
    const JSON: &'static str = "jsonb_build_object('dispatch', state, 'delivery', (
        SELECT jsonb_build_object('queuedAt', y.queued_at, 'attempts', y.attempts, 'nextAttemptAt', y.next_attempt_at,
                                  'deliveredAt', y.delivered_at, 'givenUpAt', y.given_up_at, 'failure', y.failure)
        FROM delivery y WHERE y.dispatch_id = dispatch.id))";

    fn object(&self) -> &Dispatch {
        &self.dispatch
    }
}

//! Table `reminder`, and what is made from a reminder in the statement that saves it.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{campaign::CampaignId, reminder::Reminder};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Reminder {
    type Entity = Entity;
    const NEVER_CHANGES: bool = true;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[("campaign_id", "uuid")];
    const ALSO: &'static str = ",
         told AS (
             SELECT i.id AS reminder, (s.state #>> '{occasion,rule}')::uuid AS rule, (s.state ->> 'dueBefore')::timestamptz AS due,
                    coalesce((s.state #>> '{about,report}')::uuid, (s.state #>> '{about,registration}')::uuid,
                             (s.state #>> '{about,period}')::uuid, i.campaign_id) AS subject, i.created_at,
                    (one ->> 'unit')::uuid AS unit, one -> 'notes' AS notes
             FROM input i, LATERAL (SELECT i.state::jsonb AS state) s, jsonb_array_elements(s.state -> 'told') AS one),
         units AS (
             INSERT INTO reminded_unit (reminder_id, unit_id, rule_id, subject_id, due_before)
             SELECT reminder, unit, rule, subject, due FROM told ORDER BY unit),
         notified AS (
             INSERT INTO notification (id, principal_id, reminder_id, unit_id, created_at)
             SELECT (note ->> 'notification')::uuid, (note ->> 'principal')::uuid, reminder, unit, created_at
             FROM told, jsonb_array_elements(notes) AS note
             RETURNING id, principal_id),
         posted AS (
             INSERT INTO mail (notification_id, principal_id)
             SELECT id, principal_id FROM notified JOIN mail_address USING (principal_id))";

    fn columns(&self) -> serde_json::Value {
        json!({ "campaign_id": self.campaign })
    }
}

/// Which reminders.
#[derive(Clone, Copy, Debug)]
pub struct ReminderFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
}

impl Filter for ReminderFilter {
    type Of = Reminder;

    fn condition(&self) -> Condition {
        Condition::all().add(Column::CampaignId.eq(self.campaign.uuid()))
    }
}

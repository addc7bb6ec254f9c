//! What makes rules remind: somebody who looks at the business clock.
//!
//! Any number of processes may look. What is due is asked again under the campaign's lock before it is sent, and a unique
//! index has the last word, so that whoever is second sends nothing.

use std::{sync::Arc, time::Duration};

use thidua_domain::{
    campaign::CampaignId,
    refusal::Code,
    reminder::{Due, ReminderRule, SendDueReminder},
};
use thidua_persistence::{Call, Fence, Identity, Store, StoreError, facts::reminders as facts};
use tokio::sync::Mutex;

/// How long one look lies behind the other. Reminders go out in the morning of a day; a minute does not matter.
const BETWEEN: Duration = Duration::from_secs(60);
/// How many looks lie between two clean-ups of notifications: six hours.
const LOOKS_BETWEEN_CLEANUPS: u32 = 360;

/// Looks for what is due and sends it.
#[derive(Clone, Debug)]
pub struct Scheduler {
    store: Store,
    /// One look at a time in this process, so that who moved the clock waits for the look that sees it.
    looking: Arc<Mutex<()>>,
}

impl Scheduler {
    /// A scheduler of this store; it runs when it is told to.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, looking: Arc::default() }
    }

    /// Looks once a minute, for ever; what goes wrong is tried again with the next look.
    pub async fn run(self) {
        self.run_every(BETWEEN).await;
    }

    /// The same, with so long between one look and the next.
    pub async fn run_every(self, between: Duration) {
        let mut looks: u32 = 0;
        loop {
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "reminders wait for the next look");
            }
            if looks.is_multiple_of(LOOKS_BETWEEN_CLEANUPS)
                && let Err(error) = self.store.forget_notifications(&as_system()).await
            {
                tracing::warn!(%error, "old notifications stay until the next time");
            }
            looks = looks.wrapping_add(1);
            tokio::time::sleep(between).await;
        }
    }

    /// Sends everything that is due now, in every running campaign.
    ///
    /// # Errors
    /// The store cannot be asked; or the first of the reminders that could not be sent, after all others were.
    pub async fn look(&self) -> Result<(), StoreError> {
        let _alone = self.looking.lock().await;
        let mut first = Ok(());
        for (campaign, due) in self.due().await? {
            match self.send(campaign, due).await {
                // Another process was first, somebody handed in, or the rule was retired, between the look and the lock.
                Ok(()) => {}
                Err(StoreError::Refused(refusal))
                    if matches!(refusal.code, Code::ReminderNotDue | Code::ReminderRuleRetired) => {}
                Err(error) => first = first.and(Err(error)),
            }
        }
        first
    }

    async fn due(&self) -> Result<Vec<(CampaignId, Due)>, StoreError> {
        let reader = self.store.read(&as_system()).await?;
        let mut all = Vec::new();
        for campaign in facts::campaigns(&reader).await? {
            let watched = facts::watched(&reader, campaign).await?;
            all.extend(watched.due(reader.now).into_iter().map(|due| (campaign, due)));
        }
        Ok(all)
    }

    async fn send(&self, campaign: CampaignId, due: Due) -> Result<(), StoreError> {
        let (subject, due_before) = (due.about.subject(campaign), due.due_before);
        let sent = self.store.write(as_system(), None, Fence::campaign(campaign), async move |tx| {
            let rule: ReminderRule = tx.load(due.rule).await?;
            let permitted = tx.permit_new::<SendDueReminder, _>(rule)?;
            let watched = facts::watched_under_lock(tx, campaign).await?;
            let recipients = facts::recipients(tx, &permitted.roles).await?;
            tx.carry_out(permitted, SendDueReminder { subject, due_before, watched, recipients }).await
        });
        sent.await.map(drop)
    }
}

/// Scheduled acts are the system's.
fn as_system() -> Call {
    Call { identity: Identity::system(), request_id: "thidua-reminders".to_owned() }
}

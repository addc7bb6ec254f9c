//! What no operation does yet: registering and disabling callers. It is done through the store, as `system`.

use thidua_api::{
    auth::DEV_ISSUER,
    mail::{MailSettings, Postman},
    reminders::Scheduler,
};
use thidua_domain::{
    id::Id,
    policy::Directory,
    principal::{DisablePrincipal, Grant, Mandate, Principal, PrincipalKind, RegisterPrincipal, Role},
    text::Line,
    time::Timestamp,
    unit::UnitId,
};
use thidua_persistence::{Call, Expected, Fence, Identity, Pool, PoolOptions, Store, connect_options};
use uuid::Uuid;

use crate::TestApp;

impl TestApp {
    /// Registers a person who holds roles of the commune from before the story on, until an instant if one is given.
    ///
    /// # Panics
    /// Where the caller cannot be registered.
    pub async fn register(&self, subject: &str, roles: &[Role], until: Option<&str>) {
        self.enter(subject, roles, None, until).await;
    }

    /// Registers a person with a title who holds a role of the commune in a way of its own, until an instant if one is given.
    ///
    /// # Panics
    /// As [`Self::register`].
    pub async fn register_holding(&self, subject: &str, title: &str, role: Role, held: Mandate, until: Option<&str>) {
        let mut grant = granted(role, None, until);
        grant.mandate = Some(held);
        self.enrol(subject, Some(line(title)), None, vec![grant]).await;
    }

    /// Registers a person who heads a unit, by its id, with or without a title, appointed or in a way of its own, and who
    /// also holds these roles of the commune.
    ///
    /// # Panics
    /// As [`Self::register_at`].
    pub async fn register_head(
        &self,
        unit: &str,
        subject: &str,
        title: Option<&str>,
        held: Option<Mandate>,
        also: &[Role],
    ) {
        let unit = Id::new(unit.parse().expect("the id of a unit"));
        let head = Grant { mandate: held, ..granted(Role::UnitHead, Some(unit), None) };
        let grants = also.iter().map(|role| granted(*role, None, None)).chain([head]);
        self.enrol(subject, title.map(line), Some(unit), grants.collect()).await;
    }

    /// Registers somebody who works at a unit, by its id, and holds the roles of units for it.
    ///
    /// # Panics
    /// As [`Self::register`], and where the id is none.
    pub async fn register_at(&self, unit: &str, subject: &str, roles: &[Role]) {
        let unit = Id::new(unit.parse().expect("the id of a unit"));
        self.enter(subject, roles, Some(unit), None).await;
    }

    async fn enter(&self, subject: &str, roles: &[Role], unit: Option<UnitId>, until: Option<&str>) {
        let held_for = |role: &Role| unit.filter(|_| matches!(role, Role::UnitOfficer | Role::UnitHead));
        let grants = roles.iter().map(|role| granted(*role, held_for(role), until));
        self.enrol(subject, None, unit, grants.collect()).await;
    }

    async fn enrol(&self, subject: &str, title: Option<Line>, unit: Option<UnitId>, grants: Vec<Grant>) {
        let (issuer, subject) = (line(DEV_ISSUER), line(subject));
        let store = self.store();
        let registered = store.write(as_system(), None, Fence::None, async move |tx| {
            let permitted = tx.permit_new::<RegisterPrincipal, _>(Directory)?;
            let principal = RegisterPrincipal {
                person: None,
                kind: PrincipalKind::Person,
                issuer: issuer.clone(),
                subject: subject.clone(),
                name: subject.clone(),
                title: title.clone(),
                unit,
                grants: grants.clone(),
            };
            tx.carry_out(permitted, principal).await
        });
        in_local_tasks(registered).await.expect("the principal is registered");
    }

    /// Shuts a persona out.
    pub async fn disable(&self, persona: &str) {
        let find = sqlx::query_scalar("SELECT id FROM principal WHERE subject = $1").bind(persona);
        let id: Uuid = find.fetch_one(&mut self.database.owner().await).await.expect("the persona is registered");
        let store = self.store();
        let disabled = store.write(as_system(), None, Fence::None, async move |tx| {
            let principal = tx.load::<Principal>(Id::new(id)).await?;
            let expected = Expected(principal.root.version);
            let permitted = tx.permit::<DisablePrincipal, _>(principal, expected)?;
            tx.carry_out(permitted, DisablePrincipal).await
        });
        in_local_tasks(disabled).await.expect("the principal is disabled");
    }

    /// Looks for what is due, as another process on the same database would.
    pub async fn look_from_another_process(&self) {
        let store = self.store();
        store.clock().freeze(self.state.store.clock().frozen_at().expect("a clock of a test stands still"));
        in_local_tasks(Scheduler::new(store).look()).await.expect("a look");
    }

    /// Carries the letters that are due to a mail server, as the service does.
    pub async fn mail_goes_out(&self, settings: &MailSettings) {
        let store = self.store();
        store.clock().freeze(self.state.store.clock().frozen_at().expect("a clock of a test stands still"));
        Postman::new(store, settings.clone()).round().await.expect("a round");
    }

    /// A store of the test's own, whose connections belong to the test.
    fn store(&self) -> Store {
        let options = PoolOptions { size: 1, ..PoolOptions::default() };
        let connect = connect_options(&self.database.url()).expect("an address");
        Store::new(Pool::new(connect, options))
    }
}

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

fn granted(role: Role, unit: Option<UnitId>, until: Option<&str>) -> Grant {
    let instant = |text: &str| Timestamp::parse(text).expect("an instant");
    let valid_from = instant("2025-07-01T00:00:00+07:00");
    Grant { role, unit, mandate: None, valid_from, valid_before: until.map(instant) }
}

fn as_system() -> Call {
    Call { identity: Identity::system(), request_id: "test-set-up".to_owned() }
}

/// Units of work run in local tasks, as they do in a worker of the service.
async fn in_local_tasks<T>(work: impl Future<Output = T>) -> T {
    tokio::task::LocalSet::new().run_until(work).await
}

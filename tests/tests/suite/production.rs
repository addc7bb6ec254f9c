//! The production form: on an empty PostgreSQL, with a login that may do no more than it must, and issuers of the settings.

use std::{collections::BTreeMap, net::TcpListener, path::PathBuf};

use actix_web::dev::ServerHandle;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use thidua_api::{
    auth::DevIssuer,
    config::Settings,
    enrolment::{CallerSeed, DaySeed, Enrolled, EnrolmentError, Recorded, UnitSeed, bootstrap, enrol, record_days},
    service::{StartError, start},
};
use thidua_domain::{
    calendar::DayKind,
    principal::Role,
    refusal::Code,
    text::{Line, Token},
    time::Timestamp,
};
use thidua_persistence::{Pool, PoolOptions, Store, StoreError, connect_options, migrate, seed};
use thidua_tests::Database;

const ISSUER: &str = "https://id.example";
const AUDIENCE: &str = "https://api.example";

/// An installation, as an operator makes it: a database, a login, the keys of an issuer in a file.
struct Installation {
    database: Database,
    login: String,
    folder: PathBuf,
    issuer: DevIssuer,
}

impl Installation {
    async fn new(name: &str) -> Self {
        let database = Database::empty().await;
        migrate::up(&mut database.owner().await).await.unwrap();
        let login = format!("thidua_{name}");
        let create = format!("CREATE ROLE {login} LOGIN; GRANT thidua_app TO {login}");
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut database.owner().await).await.unwrap();
        let folder = std::env::temp_dir().join(format!("thidua-production-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let issuer = DevIssuer::in_folder(&folder).unwrap();
        std::fs::write(folder.join("jwks.json"), issuer.key_set().to_string()).unwrap();
        let settings = format!(
            "[server]\nworkers = 1\n[files]\nfolder = {:?}\n[[issuers]]\nname = {ISSUER:?}\naudience = {AUDIENCE:?}\njwks_file = {:?}\n",
            folder.join("files"),
            folder.join("jwks.json")
        );
        std::fs::write(folder.join("thidua.toml"), settings).unwrap();
        Self { database, login, folder, issuer }
    }

    async fn start_as(&self, login: &str) -> Result<(String, ServerHandle), StartError> {
        let environment = BTreeMap::from([("DATABASE_URL".to_owned(), self.database.url_as(login))]);
        let settings = Settings::read(Some(&self.folder.join("thidua.toml")), environment).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        Ok((base, start(listener, settings.serving().unwrap()).await?))
    }

    fn store(&self) -> Store {
        let connect = connect_options(&self.database.url_as(&self.login)).unwrap();
        Store::new(Pool::new(connect, PoolOptions::default()))
    }

    fn token(&self, subject: &str) -> String {
        let mut claims = self.issuer.claims(subject);
        (claims["iss"], claims["aud"]) = (json!(ISSUER), json!(AUDIENCE));
        self.issuer.sign(&self.issuer.header(), &claims).unwrap()
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        // What cannot be removed goes with the machine's temporary files.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn get(base: &str, path: &str, token: &str) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(format!("{base}{path}")).bearer_auth(token).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

fn caller(subject: &str, unit: Option<&str>, roles: &[Role]) -> CallerSeed {
    let line = |text: &str| Line::parse(text).unwrap();
    CallerSeed {
        issuer: line(ISSUER),
        subject: line(subject),
        name: line("Nguyễn Văn An"),
        title: None,
        unit: unit.map(|code| Token::parse(code).unwrap()),
        machine: false,
        roles: roles.to_vec(),
        mandates: Vec::new(),
    }
}

fn units_of_the_plan() -> Vec<UnitSeed> {
    let seed: toml::Table = toml::from_str(seed::GIA_LOC_2025).unwrap();
    seed["units"].clone().try_into().unwrap()
}

#[actix_web::test]
async fn an_installation_serves_those_whom_it_registered_and_nobody_else() {
    let here = Installation::new("serves").await;
    let (base, handle) = here.start_as(&here.login).await.unwrap();
    let admin = here.token("admin");
    assert_eq!(get(&base, "/v1/me", &admin).await.0, 403, "a valid token without a principal");
    let mut dev = here.issuer.claims("admin");
    dev["aud"] = json!(AUDIENCE);
    let dev = here.issuer.sign(&here.issuer.header(), &dev).unwrap();
    assert_eq!(get(&base, "/v1/me", &dev).await.0, 401, "an issuer that the settings do not name");
    assert_eq!(get(&base, "/dev/clock", &admin).await.0, 404, "nobody moves the clock of production");

    let store = here.store();
    bootstrap(&store, caller("admin", None, &[Role::Admin])).await.unwrap();
    let again = bootstrap(&store, caller("other-admin", None, &[Role::Admin])).await.unwrap_err();
    assert!(matches!(again, StoreError::Refused(refusal) if refusal.code == Code::PrincipalTaken));
    let (status, me) = get(&base, "/v1/me", &admin).await;
    assert_eq!((status, &me["roles"][0]["role"]), (200, &json!("ADMIN")), "{me}");

    let units = units_of_the_plan();
    let callers = [caller("an", Some("VHXH"), &[Role::Coordinator, Role::UnitHead])];
    let first = enrol(&store, &units, &callers, None).await.unwrap();
    assert_eq!(first, Enrolled { units: units.len(), callers: 1 });
    assert_eq!(
        enrol(&store, &units, &callers, None).await.unwrap(),
        Enrolled::default(),
        "a second time enters nothing"
    );
    let lost = enrol(&store, &[], &[caller("b", Some("NO"), &[])], None).await;
    assert!(matches!(lost, Err(EnrolmentError::NoUnit(_))));
    let (status, listed) = get(&base, "/v1/units?limit=100", &here.token("an")).await;
    assert_eq!((status, listed["items"].as_array().map(Vec::len)), (200, Some(units.len())));
    assert_eq!(here.database.check_log().await.findings, Vec::<String>::new());
    handle.stop(false).await;
}

fn days(text: &str) -> Vec<DaySeed> {
    let mut seed: toml::Table = toml::from_str(text).unwrap();
    seed.remove("days").unwrap().try_into().unwrap()
}

#[actix_web::test]
async fn the_working_calendar_of_a_file_is_recorded_once_and_what_is_decided_later_is_left_out() {
    let here = Installation::new("calendar").await;
    let store = here.store();
    let at = |instant: &str| store.clock().freeze(Timestamp::parse(instant).unwrap());
    let known = days(seed::CALENDAR);
    at("2025-12-24T09:00:00+07:00");
    let first = record_days(&store, &known).await.unwrap();
    assert_eq!(first, Recorded { days: known.len() - 2, undecided: 2 }, "the swap of January is decided on the 25th");
    at("2025-12-25T09:00:00+07:00");
    assert_eq!(record_days(&store, &known).await.unwrap(), Recorded { days: 2, undecided: 0 });
    assert_eq!(record_days(&store, &known).await.unwrap(), Recorded::default(), "a third time records nothing");
    let mut wrong = known.last().unwrap().clone();
    (wrong.date, wrong.kind) = ("2026-01-05".parse().unwrap(), DayKind::MakeUp);
    let refused = record_days(&store, &[wrong]).await.unwrap_err();
    assert!(matches!(refused, EnrolmentError::Day(_, refusal) if refusal.faults[0].code == Code::MakeUpOnWeekday));

    let (base, handle) = here.start_as(&here.login).await.unwrap();
    enrol(&store, &[], &[caller("an", None, &[Role::Auditor])], None).await.unwrap();
    let path = "/v1/calendar?fromDate=2026-01-01&toDate=2026-01-11";
    let (status, read) = get(&base, path, &here.token("an")).await;
    let exceptions: Vec<_> = read["exceptions"].as_array().unwrap().iter().map(|day| &day["exceptionDate"]).collect();
    assert_eq!((status, json!(exceptions)), (200, json!(["2026-01-01", "2026-01-02", "2026-01-10"])));
    assert_eq!(here.database.check_log().await.findings, Vec::<String>::new());
    handle.stop(false).await;
}

#[actix_web::test]
async fn a_login_that_may_do_more_than_it_must_is_refused() {
    let here = Installation::new("fit").await;
    let refused = here.start_as("postgres").await.unwrap_err().to_string();
    assert!(refused.contains("the login postgres is a superuser"), "{refused}");
}

#[actix_web::test]
async fn a_schema_that_lacks_something_is_refused_and_says_what() {
    let here = Installation::new("schema").await;
    let mut owner = here.database.owner().await;
    assert_eq!(migrate::pending(&mut owner).await.unwrap(), Vec::<&str>::new());
    sqlx::raw_sql("DELETE FROM migration WHERE name = '0002_campaign'").execute(&mut owner).await.unwrap();
    let refused = here.start_as(&here.login).await.unwrap_err().to_string();
    assert_eq!(refused, "`thidua migrate up` is still to be done: 0002_campaign");
    sqlx::raw_sql("UPDATE migration SET digest = 'x'").execute(&mut owner).await.unwrap();
    assert!(here.start_as(&here.login).await.unwrap_err().to_string().contains("was applied in another form"));
}

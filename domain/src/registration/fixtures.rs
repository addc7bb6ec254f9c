//! What tests of registrations, periods, reports and the report to the city start from.

use std::{
    fmt::Debug,
    sync::atomic::{AtomicU64, Ordering},
};

use serde_json::json;
use uuid::Uuid;

use super::{ActionProgramme, Content, RegisteredTarget};
use crate::{
    campaign::{Campaign, Plan, Stage},
    change::{Aggregate, Change, Moment},
    document::{Capacity, DocumentId, IssueInfo, Signature},
    id::Id,
    measure::{Direction, Measure, Value},
    period::{Owed, Period, PeriodKind},
    policy::{Command, Subject, permit},
    principal::{Actor, PrincipalKind, Role},
    refusal::Refusal,
    target::{Origin, Target, Topic},
    text::Text,
    time::{Date, Deadline, Timestamp},
    unit::{Unit, UnitId, UnitType},
};

pub(crate) const OCTOBER: &str = "2025-10-03T08:00:00+07:00";

/// The coordinating office.
pub(crate) const OFFICE: u128 = 1;
pub(crate) const SCHOOL: u128 = 2;
pub(crate) const STATION: u128 = 3;
pub(crate) const VILLAGE: u128 = 4;

pub(crate) fn text<const MAX: usize>(raw: &str) -> Text<MAX> {
    Text::parse(raw).unwrap()
}

pub(crate) fn at(instant: &str) -> Timestamp {
    Timestamp::parse(instant).unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn fresh() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1_000_000);
    Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

pub(crate) fn fresh_id<T>() -> Id<T> {
    Id::new(fresh())
}

pub(crate) fn moment(now: Timestamp) -> Moment<'static> {
    Moment { now, fresh: &fresh }
}

pub(crate) fn actor(role: Role, unit: u128, person: u128) -> Actor {
    let bound = matches!(role, Role::UnitOfficer | Role::UnitHead | Role::Communications);
    Actor {
        id: id(person),
        person: id(person),
        kind: PrincipalKind::Person,
        issuer: "https://issuer.example".into(),
        subject: format!("person-{person}"),
        name: "Nguyễn Văn A".into(),
        authentication: None,
        title: None,
        unit: Some(id(unit)),
        roles: vec![(role, bound.then(|| id(unit)))],
        mandates: Vec::new(),
        heritage: Vec::new(),
    }
}

pub(crate) fn officer() -> Actor {
    actor(Role::UnitOfficer, SCHOOL, 20)
}
pub(crate) fn head() -> Actor {
    actor(Role::UnitHead, SCHOOL, 21)
}
pub(crate) fn coordinator() -> Actor {
    actor(Role::Coordinator, OFFICE, 10)
}
pub(crate) fn chair() -> Actor {
    actor(Role::Chair, OFFICE, 11)
}
pub(crate) fn clerk() -> Actor {
    actor(Role::Clerk, OFFICE, 12)
}
pub(crate) fn portal() -> Actor {
    actor(Role::Portal, OFFICE, 13)
}

/// Asks the policy and carries the command out.
pub(crate) fn act<C: Command<S>, S: Subject>(
    actor: &Actor,
    subject: S,
    command: C,
    now: Timestamp,
) -> Result<Change<C::Of>, Refusal> {
    permit::<C, S>(actor, subject)?.carry_out(command, moment(now))
}

/// The stage that was reached, or the code of the refusal.
pub(crate) fn outcome<A: Aggregate>(result: &Result<Change<A>, Refusal>) -> &'static str {
    match result {
        Ok(change) => change.next().stage_code(),
        Err(refusal) => refusal.code.as_str(),
    }
}

/// The fields that a refusal names, with their codes.
pub(crate) fn faults<A: Aggregate + Debug>(result: Result<Change<A>, Refusal>) -> Vec<(String, &'static str)> {
    let refusal = result.unwrap_err();
    refusal.faults.into_iter().map(|fault| (fault.pointer, fault.code.as_str())).collect()
}

pub(crate) fn insurance() -> Measure {
    Measure::Share { direction: Direction::AtLeast, baseline: None, planned: "97".parse().unwrap() }
}

pub(crate) fn share(numerator: &str, denominator: &str) -> Value {
    Value::Share { numerator: numerator.parse().unwrap(), denominator: denominator.parse().unwrap() }
}

pub(crate) fn hectares(planned: &str) -> Measure {
    let planned = planned.parse().unwrap();
    Measure::Quantitative { measure_unit: text("ha"), direction: Direction::AtLeast, baseline: None, planned }
}

pub(crate) fn signature() -> Signature {
    Signature {
        person: id(11),
        name: "Phạm Văn Thung".into(),
        capacity: Capacity::OnBehalf,
        head: None,
        authorisation: None,
        authentication: None,
        title: None,
        signed_at: at("2025-09-12T09:00:00+07:00"),
    }
}

fn issue() -> IssueInfo {
    let document: DocumentId = id(900);
    IssueInfo { document, symbol: text("45/KH-UBND"), issued_on: day("2025-09-12") }
}

pub(crate) fn campaign() -> Campaign {
    let stage = Stage::Running { signature: signature(), issue: issue(), started_on: day("2025-09-15") };
    Campaign {
        root: root(500),
        code: text("gia-loc-2025"),
        issuer: id(9),
        issuer_symbol: text("UBND"),
        coordinating_unit: id(OFFICE),
        stage,
        plan: plan(),
        format_check: None,
        drafters: vec![id(10)],
        submitters: vec![id(10)],
    }
}

pub(crate) fn root<A>(number: u128) -> crate::change::Root<A> {
    let now = at("2025-09-15T08:00:00+07:00");
    crate::change::Root { id: id(number), version: 1, created_at: now, updated_at: now }
}

pub(crate) fn unit(number: u128) -> Unit {
    let (code, name, unit_type) = match number {
        OFFICE => ("VHXH", "Phòng Văn hóa – Xã hội", UnitType::Department),
        SCHOOL => ("TH1", "Trường tiểu học mẫu", UnitType::School),
        STATION => ("TYT", "Trạm y tế mẫu", UnitType::HealthStation),
        _ => ("THON", "Thôn mẫu", UnitType::Village),
    };
    let code = if number <= VILLAGE { code.to_owned() } else { format!("{code}{number}") };
    Unit {
        root: root(number),
        code: text(&code),
        name: text(name),
        unit_type,
        parent: None,
        valid_from: day("2025-07-01"),
        valid_before: None,
        managing_authority: None,
        stage: crate::unit::Stage::Active,
        acts: Vec::new(),
        heritage: Vec::new(),
        sample: true,
    }
}

pub(crate) fn registered(code: &str, measure: Measure) -> RegisteredTarget {
    let topic = Topic { task: Some(text("3.2.7")), ..Topic::default() };
    RegisteredTarget { code: text(code), name: text("Vận động tham gia"), topic, measure }
}

pub(crate) fn content(codes: &[&str]) -> Content {
    let programme =
        ActionProgramme {
            title: text("Chương trình hành động"), measures: text("Vận động."), symbol: None
        };
    Content {
        targets: codes.iter().map(|code| registered(code, hectares("10"))).collect(),
        action_programme: Some(programme),
    }
}

pub(crate) fn target(number: u128, unit: u128, code: &str, measure: Measure) -> Target {
    Target {
        root: root(number),
        campaign: id(500),
        unit: id(unit),
        code: text(code),
        name: text("Chỉ tiêu"),
        topic: Topic { task: Some(text("3.2.7")), ..Topic::default() },
        measure,
        origin: Origin::Registration { registration: id(700) },
        restricted: false,
        retired_at: None,
    }
}

pub(crate) fn plan_target(number: u128, unit: u128, code: &str) -> Target {
    Target { origin: Origin::Plan, ..target(number, unit, code, insurance()) }
}

/// A monthly period that is planned, due before 5 November.
pub(crate) fn period(number: u128, owing: &[u128]) -> Period {
    let owed = |unit: &u128| -> Owed {
        let unit: UnitId = id(*unit);
        Owed { unit, obligation: text("O3"), source: text("định kỳ báo cáo kết quả về UBND xã") }
    };
    Period {
        root: root(number),
        campaign: id(500),
        schedule: None,
        code: text(&format!("2025-{number}")),
        name: text("Kỳ báo cáo"),
        kind: PeriodKind::Monthly,
        starts_on: day("2025-10-01"),
        ends_on: day("2025-10-31"),
        opens_at: at("2025-10-25T00:00:00+07:00"),
        due_before: Deadline::before(day("2025-11-05")),
        closes_at: at("2025-11-10T00:00:00+07:00"),
        stage: crate::period::Stage::Planned,
        owed: owing.iter().map(owed).collect(),
    }
}

/// A small plan: three fields, of which one holds a restricted task, a target for the whole commune, two movements; schools
/// and the health station report by the office, and Văn phòng has a periodic report of its own.
pub(crate) fn plan() -> Plan {
    let words = |text: &str| json!({ "printed": text });
    let source = json!({ "place": "V.7.2", "text": words("định kỳ báo cáo kết quả về UBND xã") });
    let task = |code: &str, field: &str, restricted: bool| json!({ "code": code, "field": field, "shortTitle": code, "text": words(code), "restricted": restricted });
    let group = json!(["SCHOOL", "HEALTH_STATION"]);
    let plan = json!({
        "title": "Phát động Đợt thi đua", "shortName": "Đợt thi đua", "kind": "THEMATIC", "endDate": "2025-12-31",
        "parties": [
            { "code": "UBND", "name": "Ủy ban nhân dân xã", "kind": "AUTHORITY" },
            { "code": "VHXH", "name": "Phòng Văn hóa – Xã hội", "kind": "UNIT" },
            { "code": "VP", "name": "Văn phòng", "kind": "UNIT" },
            { "code": "DVDB", "name": "Các trường học, trạm y tế", "kind": "GROUP", "unitTypes": group },
        ],
        "fields": [{ "code": "3.1", "name": "a" }, { "code": "3.2", "name": "b" }, { "code": "3.3", "name": "c" }],
        "tasks": [
            task("3.1.1", "3.1", false), task("3.2.1", "3.2", false), task("3.2.7", "3.2", false),
            task("3.3.1", "3.3", true),
        ],
        "planTargets": [{
            "code": "BHYT", "name": "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%", "task": "3.2.7", "owner": "VHXH",
            "measure": insurance(), "source": source,
        }],
        "projects": [{ "code": "P1", "name": "P1", "text": words("P1"), "kind": "LAND_CLEARANCE", "task": "3.1.1" }],
        "movements": [
            { "code": "M1", "name": "M1", "kind": "NAMED", "source": source },
            { "code": "M2", "name": "M2", "kind": "NAMED", "source": source },
        ],
        "deadlines": [{ "code": "D4", "source": source, "dueBefore": "2025-12-15T00:00:00+07:00" }],
        "obligations": [
            { "code": "O3", "party": "DVDB", "kind": "PERIODIC", "through": "VHXH", "source": source },
            { "code": "O4", "party": "VP", "kind": "PERIODIC", "source": source },
            { "code": "O5", "party": "VP", "kind": "INTERIM", "to": "UBND", "source": source },
            { "code": "O7", "party": "VHXH", "kind": "CITY_FINAL", "deadline": "D4", "source": source },
        ],
    });
    serde_json::from_value(plan).unwrap()
}

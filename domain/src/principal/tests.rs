use super::*;
use crate::{
    document::{Capacity, Signature, SignedPaper},
    policy::{could, permit},
    registration::fixtures::*,
    unit::UnitType,
};

fn now() -> Timestamp {
    at(OCTOBER)
}

fn authorisation(papers: &[DocumentType]) -> Authorisation {
    Authorisation {
        head: text("Chủ tịch"),
        given_by: text("Phạm Văn Thung"),
        document: crate::document::symbol::DocSymbol::parse("30/GUQ-UBND").unwrap(),
        issue_date: day("2025-11-28"),
        papers: papers.to_vec(),
    }
}

fn grant(role: Role, mandate: Mandate, limited: bool) -> Grant {
    let valid_before = limited.then(now);
    Grant { role, unit: None, mandate: Some(mandate), valid_from: now(), valid_before }
}

/// Where registering somebody with this grant is refused, and as what.
fn refused(grant: Grant, titled: bool) -> Vec<(String, Code)> {
    let line = |said: &str| -> Line { text(said) };
    let command = RegisterPrincipal {
        person: None,
        kind: PrincipalKind::Person,
        issuer: line("https://issuer.example"),
        subject: line("someone"),
        name: line("Nguyễn Văn A"),
        title: titled.then(|| line("Chánh Văn phòng")),
        unit: None,
        grants: vec![grant],
    };
    let system = actor(Role::System, OFFICE, 1);
    let registered = permit::<RegisterPrincipal, _>(&system, Directory).unwrap().carry_out(command, moment(now()));
    registered.err().into_iter().flat_map(|no| no.faults).map(|fault| (fault.pointer, fault.code)).collect()
}

#[test]
fn a_role_is_held_only_in_ways_that_the_law_knows_with_all_that_the_paper_prints() {
    let (order, authority) = (
        |papers: &[DocumentType]| Mandate::ByOrder { authorisation: authorisation(papers) },
        |papers: &[DocumentType]| Mandate::ByAuthority { authorisation: authorisation(papers) },
    );
    let deputy = || Mandate::Deputy { head: text("Hiệu trưởng") };
    let report = [DocumentType::Report];
    for (role, mandate) in [
        (Role::Chair, Mandate::Acting),
        (Role::UnitHead, Mandate::Acting),
        (Role::UnitHead, deputy()),
        (Role::Office, order(&report)),
        (Role::Coordinator, authority(&report)),
    ] {
        assert_eq!(refused(grant(role, mandate, true), true), []);
    }
    let unfit = |role, mandate| refused(grant(role, mandate, true), true);
    for (role, mandate) in [
        (Role::ViceChair, Mandate::Acting),
        (Role::Chair, deputy()),
        (Role::Clerk, order(&report)),
        (Role::Chair, authority(&report)),
    ] {
        assert_eq!(unfit(role, mandate), [("/grants/0/mandate".to_owned(), Code::MandateUnfit)], "{role:?}");
    }
    let missing = |pointer: &str| vec![(pointer.to_owned(), Code::FieldMissing)];
    assert_eq!(refused(grant(Role::Office, authority(&report), false), true), missing("/grants/0/validBefore"));
    assert_eq!(refused(grant(Role::Office, order(&report), false), true), [], "an order may last");
    assert_eq!(refused(grant(Role::Office, order(&[]), true), true), missing("/grants/0/mandate/papers"));
    assert_eq!(refused(grant(Role::UnitHead, deputy(), true), false), missing("/title"));
}

/// Somebody with a title who holds a role in this way.
fn holder(role: Role, unit: Option<UnitId>, mandate: Option<Mandate>) -> Actor {
    let mut actor = Actor { title: Some("Chánh Văn phòng".into()), ..actor(role, OFFICE, 40) };
    actor.mandates = mandate.map(|mandate| (role, unit, mandate)).into_iter().collect();
    actor
}

#[test]
fn how_a_role_is_held_decides_in_which_capacity_somebody_signs() {
    let signed = |actor: &Actor, role, unit| {
        let unit: Option<UnitId> = unit;
        let unit = unit.map(|unit| (unit, UnitType::School));
        let signature = Signature::of(actor, role, SignedPaper { unit, document_type: DocumentType::Report }, now());
        (signature.capacity, signature.title.is_some(), signature.head.map(|head| head.to_string()))
    };
    let school = Some(id(SCHOOL));
    let deputy = Mandate::Deputy { head: text("Hiệu trưởng") };
    let order = Mandate::ByOrder { authorisation: authorisation(&[DocumentType::Report]) };
    let head = |title: &str| Some(title.to_owned());
    for (role, unit, mandate, expected) in [
        (Role::Chair, None, None, (Capacity::OnBehalf, false, None)),
        (Role::Chair, None, Some(Mandate::Acting), (Capacity::ActingChair, false, None)),
        (Role::ViceChair, None, None, (Capacity::ForTheChair, false, None)),
        (Role::UnitHead, school, None, (Capacity::HeadOfUnit, true, None)),
        (Role::UnitHead, school, Some(Mandate::Acting), (Capacity::ActingHead, true, None)),
        (Role::UnitHead, school, Some(deputy), (Capacity::ForTheHead, true, head("Hiệu trưởng"))),
        (Role::Office, None, Some(order), (Capacity::ByOrder, true, head("Chủ tịch"))),
    ] {
        assert_eq!(signed(&holder(role, unit, mandate), role, unit), expected, "{role:?}");
    }
    // Of whom nobody entered a title, heads of such units are called so; what the law calls somebody is no title of his.
    let untitled = |role, unit| {
        let actor = Actor { title: None, ..holder(role, unit, None) };
        let unit = unit.map(|unit| (unit, UnitType::School));
        Signature::of(&actor, role, SignedPaper { unit, document_type: DocumentType::Report }, now()).title
    };
    assert_eq!(untitled(Role::UnitHead, school), head("Hiệu trưởng"));
    assert_eq!(untitled(Role::Chair, None), None);
    // A deputy elsewhere heads the school all the same.
    let elsewhere = Mandate::Deputy { head: text("Hiệu trưởng") };
    let elsewhere = holder(Role::UnitHead, Some(id(OFFICE)), Some(elsewhere));
    assert_eq!(signed(&elsewhere, Role::UnitHead, school).0, Capacity::HeadOfUnit);
}

#[test]
fn who_is_authorised_signs_what_the_document_names_and_nothing_else() {
    use crate::campaign::{Campaign, SignCampaign};
    let submitted = || Campaign { stage: crate::campaign::Stage::Submitted, ..campaign() };
    let authority =
        |paper| holder(Role::Office, None, Some(Mandate::ByAuthority { authorisation: authorisation(&[paper]) }));
    assert_eq!(could::<SignCampaign, _>(&authority(DocumentType::Plan), &submitted()), Ok(()));
    assert_eq!(could::<SignCampaign, _>(&authority(DocumentType::Report), &submitted()), Err(Code::RoleMissing));
    assert_eq!(could::<SignCampaign, _>(&holder(Role::Office, None, None), &submitted()), Err(Code::RoleMissing));
    let signed = permit::<SignCampaign, _>(&authority(DocumentType::Plan), submitted()).unwrap();
    let signed = signed.carry_out(SignCampaign, moment(now())).unwrap();
    let signature = signed.next().stage.signature().unwrap();
    assert_eq!(signature.capacity, Capacity::ByAuthority);
    let given = signature.authorisation.as_ref().unwrap();
    assert_eq!((given.document.to_string().as_str(), given.given_by.as_str()), ("30/GUQ-UBND", "Phạm Văn Thung"));
}

//! Who sends to whom: what the installation is set up with, and what the plan says where it is set up with nothing.

use super::{Agency, AgencyCode, Channel};
use crate::{
    campaign::Plan, consolidation::ConsolidatedKind, document::IssueInfo, text::Line, time::Timestamp, unit::Unit,
};

/// To whom something is sent, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recipient {
    /// Who.
    pub agency: Agency,
    /// How.
    pub channel: Channel,
    /// It is only to know of it (để báo cáo, để biết): what it answers says nothing about the report.
    pub for_information: bool,
}

/// To whom this installation sends, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Addressed {
    /// Its name, as printed; absent for whom the plan names.
    pub name: Option<Line>,
    /// Its code, where it is known.
    pub code: Option<AgencyCode>,
    /// How.
    pub channel: Channel,
    /// It is only to know of it.
    pub for_information: bool,
}

/// With whom this installation exchanges documents. It is configuration: codes are given by others, and where packages go
/// is decided by whoever runs the service, not by those who use it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Correspondents {
    /// The code of the commune, where it is known.
    pub own_code: Option<AgencyCode>,
    /// To whom reports to the city are sent.
    pub recipients: Vec<Addressed>,
}

/// What sending must know: who sends to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Posting {
    /// Who sends.
    pub sender: Agency,
    /// Place of issue, as printed in the head of the plan.
    pub place: Option<Line>,
    /// To whom.
    pub recipients: Vec<Recipient>,
    /// The issued document that the report replaces or supplements.
    pub earlier: Option<IssueInfo>,
}

impl Posting {
    /// Who sends a report to the city to whom. Where nobody is set up whose answer counts, it is whoever the plan names,
    /// without a code, and the clerk hands the package on.
    #[must_use]
    pub fn to_the_city(
        correspondents: &Correspondents,
        plan: &Plan,
        issuer: &Unit,
        earlier: Option<IssueInfo>,
        now: Timestamp,
    ) -> Self {
        let named = |one: &Addressed| {
            let name = one.name.as_ref().or_else(|| city(plan))?.clone();
            let agency = Agency { code: one.code.clone(), name };
            Some(Recipient { agency, channel: one.channel, for_information: one.for_information })
        };
        let by_hand = Addressed { name: None, code: None, channel: Channel::ByHand, for_information: false };
        let decides = correspondents.recipients.iter().any(|one| !one.for_information);
        let by_hand = (!decides).then_some(&by_hand);
        let recipients = by_hand.into_iter().chain(&correspondents.recipients).filter_map(named).collect();
        let sender = Agency { code: correspondents.own_code.clone(), name: issuer.name_on(now.date()).clone() };
        Self { sender, place: plan.header.as_ref().map(|header| header.place.clone()), recipients, earlier }
    }
}

/// The city, as the plan calls it.
fn city(plan: &Plan) -> Option<&Line> {
    let duty = ConsolidatedKind::CityFinal.obligation(plan)?;
    plan.party(duty.to.as_ref()?).map(|party| &party.name)
}

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

/// With whom this installation exchanges documents. It is configuration: codes are given by others, and where packages go
/// is decided by whoever runs the service, not by those who use it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Correspondents {
    /// The code of the commune, where it is known.
    pub own_code: Option<AgencyCode>,
    /// To whom reports to the city are sent.
    pub recipients: Vec<Recipient>,
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
        let mut recipients = correspondents.recipients.clone();
        if recipients.iter().all(|recipient| recipient.for_information)
            && let Some(name) = city(plan)
        {
            let agency = Agency { code: None, name: name.clone() };
            recipients.insert(0, Recipient { agency, channel: Channel::ByHand, for_information: false });
        }
        let sender = Agency { code: correspondents.own_code.clone(), name: issuer.name_on(now.date()).clone() };
        Self { sender, place: plan.header.as_ref().map(|header| header.place.clone()), recipients, earlier }
    }
}

/// The city, as the plan calls it.
fn city(plan: &Plan) -> Option<&Line> {
    let duty = ConsolidatedKind::CityFinal.obligation(plan)?;
    plan.party(duty.to.as_ref()?).map(|party| &party.name)
}

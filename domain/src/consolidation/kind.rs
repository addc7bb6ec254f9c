//! Which of the commune's own reports it is: the kind decides who compiles it, who signs it and to whom it goes.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::{
        Plan,
        plan::{Obligation, ObligationKind, PartyKind},
    },
    period::PeriodKind,
    policy::Addressee,
    text::Token,
};

/// Which of the commune's own reports it is (`domain.md` §0.5).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConsolidatedKind {
    /// The final report to UBND thành phố, by the coordinating office.
    CityFinal,
    /// Báo cáo định kỳ, by Văn phòng for UBND xã.
    Periodic,
    /// Báo cáo sơ kết, by Văn phòng for UBND xã.
    Interim,
    /// Báo cáo tổng kết, by Văn phòng for UBND xã.
    Summary,
}

impl ConsolidatedKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::CityFinal, Self::Periodic, Self::Interim, Self::Summary];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CityFinal => "CITY_FINAL",
            Self::Periodic => "PERIODIC",
            Self::Interim => "INTERIM",
            Self::Summary => "SUMMARY",
        }
    }

    /// To whom it goes.
    #[must_use]
    pub const fn addressee(self) -> Addressee {
        match self {
            Self::CityFinal => Addressee::City,
            Self::Periodic | Self::Interim | Self::Summary => Addressee::Committee,
        }
    }

    /// Whether it can rest on a period of this sort: a periodic report on what comes regularly, sơ kết on everything but
    /// the end; tổng kết and the report to the city look back on all of it.
    #[must_use]
    pub const fn rests_on(self, period: PeriodKind) -> bool {
        match self {
            Self::Periodic => matches!(period, PeriodKind::Monthly | PeriodKind::Quarterly),
            Self::Interim => !matches!(period, PeriodKind::Final),
            Self::Summary | Self::CityFinal => true,
        }
    }

    /// The obligation of the plan from which it follows, if the plan asks for it.
    ///
    /// What is for the committee is asked of one office by name, with no way by another one: whoever reports through the
    /// coordinating office, or as one of a group, reports as a unit (part V.7) and compiles nothing. Where no addressee is
    /// printed it is the authority that issues the plan.
    #[must_use]
    pub fn obligation(self, plan: &Plan) -> Option<&Obligation> {
        let kind_of = |code: &Token| plan.party(code).map(|party| party.kind);
        let fits = |obligation: &&Obligation| match self.addressee() {
            Addressee::City => true,
            Addressee::Committee => {
                obligation.through.is_none()
                    && kind_of(&obligation.party) == Some(PartyKind::Unit)
                    && obligation.to.as_ref().is_none_or(|to| kind_of(to) == Some(PartyKind::Authority))
            }
        };
        plan.obligations.iter().filter(|obligation| obligation.kind == self.owed_as()).find(fits)
    }

    const fn owed_as(self) -> ObligationKind {
        match self {
            Self::CityFinal => ObligationKind::CityFinal,
            Self::Periodic => ObligationKind::Periodic,
            Self::Interim => ObligationKind::Interim,
            Self::Summary => ObligationKind::Summary,
        }
    }
}

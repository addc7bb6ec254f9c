//! The lines above a signature: who signs, and how (NĐ 30/2020, article 13; appendix I, part II, point 7).

use thidua_domain::{
    document::{self, Capacity},
    unit::UnitType,
};

use crate::words::Words;

/// How somebody signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signing<'a> {
    /// The head of a body that decides as one, on its behalf: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    OnBehalf {
        /// The body.
        body: &'a str,
        /// The head's title.
        title: &'a str,
    },
    /// A deputy for that head: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    OnBehalfForHead {
        /// The body.
        body: &'a str,
        /// The head's title.
        head: &'a str,
        /// The signer's own.
        title: &'a str,
    },
    /// The head of an agency, by that title alone: `CHÁNH VĂN PHÒNG`.
    Head {
        /// The title.
        title: &'a str,
    },
    /// A deputy for that head: `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    ForHead {
        /// The head's title.
        head: &'a str,
        /// The signer's own.
        title: &'a str,
    },
    /// By order of the head: `TL. CHỦ TỊCH`, `CHÁNH VĂN PHÒNG`.
    ByOrder {
        /// The head's title.
        head: &'a str,
        /// The signer's own.
        title: &'a str,
    },
    /// By authority given in writing: `TUQ. CHỦ TỊCH`, `TRƯỞNG PHÒNG`.
    ByAuthority {
        /// The head's title.
        head: &'a str,
        /// The signer's own.
        title: &'a str,
    },
    /// Acting as the head, and so for the body where it decides as one: `TM. ỦY BAN NHÂN DÂN`, `Q. CHỦ TỊCH`.
    Acting {
        /// The body, where it decides as one.
        body: Option<&'a str>,
        /// The title that is held for the time being.
        title: &'a str,
    },
}

impl Signing<'_> {
    /// The lines above the name, in capitals.
    #[must_use]
    pub fn lines(self) -> Vec<Words> {
        let marked = |mark: &str, text: &str| format!("{mark} {text}");
        let lines = match self {
            Self::OnBehalf { body, title } => vec![marked("TM.", body), title.to_owned()],
            Self::OnBehalfForHead { body, head, title } => {
                vec![marked("TM.", body), marked("KT.", head), title.to_owned()]
            }
            Self::Head { title } => vec![title.to_owned()],
            Self::ForHead { head, title } => vec![marked("KT.", head), title.to_owned()],
            Self::ByOrder { head, title } => vec![marked("TL.", head), title.to_owned()],
            Self::ByAuthority { head, title } => vec![marked("TUQ.", head), title.to_owned()],
            Self::Acting { body, title } => {
                body.map(|body| marked("TM.", body)).into_iter().chain([marked("Q.", title)]).collect()
            }
        };
        lines.iter().map(|line| Words::of(line.to_uppercase())).collect()
    }
}

/// The body and the titles of a commune.
const COMMITTEE: &str = "Ủy ban nhân dân";
const CHAIR: &str = "Chủ tịch";
const DEPUTY: &str = "Phó Chủ tịch";

/// What stands for the title in a signature that was recorded without one.
const UNTITLED: &str = "Thủ trưởng đơn vị";

/// The lines of a signature that was recorded.
#[must_use]
pub fn of_signature(signature: &document::Signature) -> Vec<Words> {
    let title = signature.title.as_deref().unwrap_or(UNTITLED);
    let head = signature.head.as_ref().map_or(CHAIR, |head| head.as_str());
    let signing = match signature.capacity {
        Capacity::OnBehalf => Signing::OnBehalf { body: COMMITTEE, title: CHAIR },
        Capacity::ForTheChair => Signing::OnBehalfForHead { body: COMMITTEE, head: CHAIR, title: DEPUTY },
        Capacity::ActingChair => Signing::Acting { body: Some(COMMITTEE), title: CHAIR },
        Capacity::HeadOfUnit => Signing::Head { title },
        Capacity::ForTheHead => Signing::ForHead { head, title },
        Capacity::ActingHead => Signing::Acting { body: None, title },
        Capacity::ByOrder => Signing::ByOrder { head, title },
        Capacity::ByAuthority => Signing::ByAuthority { head, title },
    };
    signing.lines()
}

/// The lines that stand there before anybody has signed what the committee issues.
#[must_use]
pub fn of_the_committee(by_a_deputy: bool) -> Vec<Words> {
    let chair = Signing::OnBehalf { body: COMMITTEE, title: CHAIR };
    let deputy = Signing::OnBehalfForHead { body: COMMITTEE, head: CHAIR, title: DEPUTY };
    if by_a_deputy { deputy.lines() } else { chair.lines() }
}

/// The lines that stand there before the head of a unit of this sort has signed.
#[must_use]
pub fn of_the_head(of: UnitType) -> Vec<Words> {
    Signing::Head { title: of.head() }.lines()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_signing_has_its_own_lines() {
        let (body, head) = (COMMITTEE, CHAIR);
        let told = |signing: Signing<'_>| signing.lines().iter().map(Words::to_string).collect::<Vec<_>>().join(" / ");
        assert_eq!(told(Signing::OnBehalf { body, title: head }), "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH");
        assert_eq!(
            told(Signing::OnBehalfForHead { body, head, title: DEPUTY }),
            "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
        );
        assert_eq!(told(Signing::Head { title: "Chánh Văn phòng" }), "CHÁNH VĂN PHÒNG");
        assert_eq!(told(Signing::ForHead { head, title: DEPUTY }), "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH");
        assert_eq!(told(Signing::ByOrder { head, title: "Chánh Văn phòng" }), "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG");
        assert_eq!(told(Signing::ByAuthority { head, title: "Trưởng phòng" }), "TUQ. CHỦ TỊCH / TRƯỞNG PHÒNG");
        assert_eq!(told(Signing::Acting { body: Some(body), title: head }), "TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH");
        assert_eq!(told(Signing::Acting { body: None, title: "Giám đốc" }), "Q. GIÁM ĐỐC");
    }
}

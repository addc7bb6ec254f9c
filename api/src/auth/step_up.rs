//! A stronger or more recent proof of who somebody is, asked of the issuer where a signature is recorded (RFC 9470).

use crate::problem::{Problem, Trouble};

/// What an issuer is asked for before a signature is recorded.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StepUp {
    /// The classes of proof, one of which suffices (`acr`); none where any will do.
    pub classes: Vec<String>,
    /// How many seconds ago the proof was given at most (`auth_time`).
    pub most_seconds: Option<i64>,
}

/// What a token says of the proof.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Proof {
    pub(super) class: Option<String>,
    pub(super) given_at: Option<i64>,
}

impl StepUp {
    /// Asks whether a proof is strong and recent enough.
    ///
    /// # Errors
    /// 401 `insufficient_user_authentication`, which says what would be.
    pub(super) fn satisfied_by(&self, proof: &Proof, now: i64, leeway: i64) -> Result<(), Problem> {
        let strong = self.classes.is_empty()
            || proof.class.as_ref().is_some_and(|class| self.classes.iter().any(|one| one == class));
        let fresh = |most: i64| {
            proof.given_at.is_some_and(|at| {
                at <= now.saturating_add(leeway) && now.saturating_sub(at) <= most.saturating_add(leeway)
            })
        };
        if strong && self.most_seconds.is_none_or(fresh) { Ok(()) } else { Err(self.challenge()) }
    }

    fn challenge(&self) -> Problem {
        let mut challenge = "Bearer error=\"insufficient_user_authentication\"".to_owned();
        if !self.classes.is_empty() {
            challenge.push_str(&format!(", acr_values=\"{}\"", self.classes.join(" ")));
        }
        if let Some(most) = self.most_seconds {
            challenge.push_str(&format!(", max_age=\"{most}\""));
        }
        Problem::from(Trouble::StepUpRequired).challenging(challenge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(class: &str, given_at: i64) -> Proof {
        Proof { class: Some(class.to_owned()), given_at: Some(given_at) }
    }

    #[test]
    fn a_proof_is_of_one_of_the_classes_and_not_too_old() {
        let asked = StepUp { classes: vec!["high".to_owned(), "token".to_owned()], most_seconds: Some(300) };
        let fits = |proof: &Proof| asked.satisfied_by(proof, 10_000, 30).is_ok();
        assert!(fits(&proof("high", 9_700)) && fits(&proof("token", 9_670)) && fits(&proof("high", 10_030)));
        assert!(!fits(&proof("low", 10_000)), "another class");
        assert!(!fits(&proof("high", 9_669)), "too old");
        assert!(!fits(&proof("high", 10_031)), "from the future");
        assert!(!fits(&Proof::default()), "a token that says nothing");
        assert!(!fits(&proof("high", i64::MIN)), "beyond reason");
        assert!(StepUp::default().satisfied_by(&Proof::default(), 0, 30).is_ok(), "nothing is asked for");
    }
}

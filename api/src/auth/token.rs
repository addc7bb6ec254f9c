//! The rules for accepting a token (`trust.md` §1.3: RFC 8725, RFC 9068), in one function.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
    time::Instant,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk},
};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use thidua_domain::{principal::Authentication, time::Timestamp};
use thidua_persistence::Identity;

use super::{
    jwks::{FRESH, Issuer},
    step_up::{Proof, StepUp},
};
use crate::problem::{Problem, Trouble};

/// Seconds by which clocks may differ.
const LEEWAY: i64 = 30;
/// The longest life of a token, in seconds.
const LONGEST_LIFE: i64 = 3600;
/// The longest name of a class of proof that is kept.
const MOST_OF_A_CLASS: usize = 200;
/// How many verified tokens are remembered.
const MOST_REMEMBERED: usize = 10_000;

/// Who a token speaks for.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Issuer and subject, for the store.
    pub identity: Identity,
    /// The scopes that the token names; `None` for a token without the claim.
    scopes: Option<HashSet<String>>,
    expires: i64,
    proof: Proof,
    /// What the issuer is asked for where a signature is recorded.
    step_up: Option<StepUp>,
}

impl Verified {
    /// Whether the token lets its bearer do what needs this scope; a token without scopes does not narrow.
    #[must_use]
    pub fn covers(&self, scope: &str) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| scopes.contains(scope))
    }

    /// Asks whether a signature can be recorded for the bearer now.
    ///
    /// # Errors
    /// 401 where the issuer is asked for a stronger or more recent proof of who the bearer is.
    pub fn signs(&self) -> Result<(), Problem> {
        self.step_up.as_ref().map_or(Ok(()), |asked| asked.satisfied_by(&self.proof, security_clock(), LEEWAY))
    }
}

/// Verifies tokens of the configured issuers.
#[derive(Debug)]
pub struct Verifier {
    issuers: Vec<Issuer>,
    // An ES256 signature costs as much as the rest of a read; revocation does not suffer, since the principal is read
    // on every request. None is remembered for longer than a key set is used, or a key that was removed would live on.
    // Keys of the map are hashes, so that a dump of memory holds no usable token.
    remembered: Mutex<HashMap<[u8; 32], (Instant, Verified)>>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Value,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    // Present by RFC 9068, section 2.2; of no further use here.
    #[serde(rename = "jti")]
    _jti: String,
    client_id: String,
    scope: Option<String>,
    cnf: Option<Value>,
    // Of other forms they say nothing; a token is not refused for what only signing needs.
    #[serde(default)]
    acr: Value,
    #[serde(default)]
    auth_time: Value,
}

impl Verifier {
    /// A verifier for these issuers.
    #[must_use]
    pub fn new(issuers: Vec<Issuer>) -> Self {
        Self { issuers, remembered: Mutex::default() }
    }

    /// Who the token speaks for.
    ///
    /// # Errors
    /// 401 where a rule is broken, without saying which; 503 where no keys can be had at all.
    pub async fn verify(&self, token: &str) -> Result<Verified, Problem> {
        let now = security_clock();
        let hash: [u8; 32] = Sha256::digest(token).into();
        let known = self.remembered.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned();
        if let Some((checked, known)) = known
            && checked.elapsed() < FRESH
        {
            return if known.expires > now - LEEWAY { Ok(known) } else { Err(Trouble::InvalidToken.into()) };
        }
        let verified = self.check(token, now).await?;
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(hash, (Instant::now(), verified.clone()));
        Ok(verified)
    }

    async fn check(&self, token: &str, now: i64) -> Result<Verified, Problem> {
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Trouble::InvalidToken.into());
        };
        let header: Header = decode(header)?;
        let claims: Claims = decode(payload)?;
        let algorithm = match header.alg.as_str() {
            "ES256" => Algorithm::ES256,
            "RS256" => Algorithm::RS256,
            _ => return Err(Trouble::InvalidToken.into()),
        };
        let typed = header.typ.as_deref().map(str::to_ascii_lowercase);
        let is_access_token = matches!(typed.as_deref(), Some("at+jwt" | "application/at+jwt"));
        if !is_access_token || header.crit.is_some() || claims.cnf.is_some() {
            return Err(Trouble::InvalidToken.into());
        }
        let issuer = self.issuers.iter().find(|issuer| issuer.name == claims.iss).ok_or(Trouble::InvalidToken)?;
        let kid = header.kid.ok_or(Trouble::InvalidToken)?;
        let (jwk, fetched) = issuer.key(&kid).await?;
        if fetched {
            // A key set that changed may have lost the key of a token that is remembered.
            self.remembered.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        verify_signature(token, &jwk, algorithm)?;
        timely(&claims, now)?;
        if !meant_for(&claims.aud, &issuer.audience) {
            return Err(Trouble::InvalidToken.into());
        }
        let issued_at = chrono::DateTime::from_timestamp(claims.iat, 0).map(Timestamp::new);
        let machine = claims.sub == claims.client_id;
        let class = claims.acr.as_str().filter(|class| class.chars().count() <= MOST_OF_A_CLASS).map(str::to_owned);
        let proof = Proof { class, given_at: claims.auth_time.as_i64() };
        let given_at = proof.given_at.and_then(|at| chrono::DateTime::from_timestamp(at, 0)).map(Timestamp::new);
        let says = proof.class.is_some() || given_at.is_some();
        let authentication = says.then(|| Authentication { class: proof.class.clone(), given_at });
        Ok(Verified {
            identity: Identity { issuer: claims.iss, subject: claims.sub, machine, authentication, issued_at },
            scopes: claims.scope.map(|scope| scope.split(' ').map(str::to_owned).collect()),
            expires: claims.exp,
            proof,
            step_up: issuer.step_up.clone(),
        })
    }
}

fn decode<T: for<'de> Deserialize<'de>>(part: &str) -> Result<T, Problem> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| Trouble::InvalidToken)?;
    serde_json::from_slice(&bytes).map_err(|_| Trouble::InvalidToken.into())
}

/// The key must be of the very kind that the header names; `jku`, `x5u` and `jwk` in the header are never looked at.
fn verify_signature(token: &str, jwk: &Jwk, algorithm: Algorithm) -> Result<(), Problem> {
    let fits = match (&jwk.algorithm, algorithm) {
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => key.curve == EllipticCurve::P256,
        (AlgorithmParameters::RSA(key), Algorithm::RS256) => {
            BASE64_URL_SAFE_NO_PAD.decode(&key.n).is_ok_and(|modulus| modulus.len() >= 256)
        }
        _ => false,
    };
    let named = jwk.common.key_algorithm.is_none_or(|named| named.to_string() == format!("{algorithm:?}"));
    if !fits || !named {
        return Err(Trouble::InvalidToken.into());
    }
    let key = DecodingKey::from_jwk(jwk).map_err(|_| Trouble::InvalidToken)?;
    // The library's own checks of claims are too lenient, so that it only checks the signature here.
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    jsonwebtoken::decode::<Value>(token, &key, &validation).map(drop).map_err(|_| Trouble::InvalidToken.into())
}

fn timely(claims: &Claims, now: i64) -> Result<(), Problem> {
    let timely = claims.exp > now - LEEWAY
        && claims.iat <= now + LEEWAY
        && claims.nbf.is_none_or(|not_before| not_before <= now + LEEWAY)
        && claims.exp.checked_sub(claims.iat).is_some_and(|life| (0..=LONGEST_LIFE).contains(&life))
        && !claims.sub.is_empty();
    if timely { Ok(()) } else { Err(Trouble::InvalidToken.into()) }
}

fn meant_for(audience: &Value, ours: &str) -> bool {
    match audience {
        Value::String(one) => one == ours,
        Value::Array(many) => many.iter().any(|one| one == ours),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// Seconds since 1970 by the real clock: tokens never live by the business clock.
#[expect(clippy::disallowed_methods, reason = "the security clock is the real one")]
pub(super) fn security_clock() -> i64 {
    chrono::Utc::now().timestamp()
}

//! What all papers share on the wire: reasons, numbers, signatures.

use serde::{Deserialize, Serialize};
use thidua_documents::{Words, signing};
use thidua_domain::{
    document::{Capacity, DocumentType, FormatCheck, IssueInfo, Numbering, Signature, symbol::Grammar},
    principal::Authorisation,
    time::Date,
    unit::UnitId,
};
use thidua_persistence::{StoreError, Tx, facts};
use utoipa::ToSchema;
use validator::Validate;

use crate::input::{DateOnly, DocumentKey, Instant, PersonKey, Str, Whole, present};

/// Why something is done that others have to bear with.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Reason)]
pub(crate) struct ReasonBody {
    /// The reason, for those concerned and for the log; no personal data.
    #[schema(example = "Đề nghị bổ sung căn cứ pháp lý.")]
    pub(crate) reason: Str<2000>,
}

/// Number and day of issue of a signed paper, where its series says that the clerk types them. Where it says that the system
/// gives them, nothing of this is sent.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Numbering)]
pub(crate) struct NumberingBody {
    /// The number in series and year, as the book elsewhere says.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = 145)]
    number: Option<Whole<1, 99_999>>,
    /// The day of issue: not before the signature, not in the future.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-09-15")]
    issue_date: Option<DateOnly>,
    /// Why the day does not follow the order of the numbers, where the book elsewhere says so.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sổ giấy ghi số này cho văn bản ký trước.")]
    order_comment: Option<Str<2000>>,
}

impl NumberingBody {
    /// The same, of a body that has more members.
    pub(crate) const fn typed(
        number: Option<Whole<1, 99_999>>,
        issue_date: Option<DateOnly>,
        order_comment: Option<Str<2000>>,
    ) -> Self {
        Self { number, issue_date, order_comment }
    }

    /// What is numbered, with what the register says of its series, which is locked from now on.
    ///
    /// # Errors
    /// The register cannot be asked.
    pub(crate) async fn numbering(
        &self,
        tx: &Tx,
        issuer: UnitId,
        of: DocumentType,
        signed_on: Date,
    ) -> Result<Numbering, StoreError> {
        let number = self.number.map(Whole::get);
        let issue_date = self.issue_date.map(|day| day.0);
        let facts = facts::documents::numbering(tx, issuer, of, number, issue_date, signed_on).await?;
        Ok(Numbering { number, issue_date, order_comment: self.order_comment.clone().map(Str::into_text), facts })
    }
}

/// Whose way of writing a symbol follows: STATE as in 232/KH-UBND, PARTY as in 41-CT/TW. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum SymbolGrammarCode {
    State,
    Party,
}

impl From<Grammar> for SymbolGrammarCode {
    fn from(grammar: Grammar) -> Self {
        match grammar {
            Grammar::State => Self::State,
            Grammar::Party => Self::Party,
        }
    }
}

impl From<SymbolGrammarCode> for Grammar {
    fn from(grammar: SymbolGrammarCode) -> Self {
        match grammar {
            SymbolGrammarCode::State => Self::State,
            SymbolGrammarCode::Party => Self::Party,
        }
    }
}

/// Somebody other than who drafted a document answers for its form (kiểm tra thể thức).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FormatCheck)]
pub(crate) struct FormatCheckView {
    /// Identifies the person who checked it.
    checked_by_id: PersonKey,
    /// Name of the person who checked it.
    #[schema(max_length = 300, pattern = "^.+$", example = "Hoàng Văn Nam")]
    checked_by_name: String,
    /// When, by the business clock.
    checked_at: Instant,
}

impl From<&FormatCheck> for FormatCheckView {
    fn from(check: &FormatCheck) -> Self {
        Self {
            checked_by_id: check.person.into(),
            checked_by_name: check.name.clone(),
            checked_at: Instant(check.checked_at),
        }
    }
}

/// A recorded signature.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Signature)]
pub(crate) struct SignatureView {
    /// Identifies the person who signed.
    person_id: PersonKey,
    /// Name of who signed, as it is printed.
    #[schema(max_length = 300, pattern = "^.+$", example = "Phạm Văn Thung")]
    name: String,
    /// In which capacity. Clients must tolerate new values.
    capacity: CapacityCode,
    /// The lines above the name, as they are printed.
    #[schema(max_length = 700, pattern = r"^[\s\S]+$", example = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")]
    capacity_label: String,
    /// What lets the signer sign for the chairman (TL., TUQ.).
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<SigningAuthorityView>,
    /// When, by the business clock.
    signed_at: Instant,
    /// The class of the proof by which the signer was known (`acr`), where the issuer of the token says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, pattern = "^.+$", example = "urn:example:acr:token")]
    authentication_class: Option<String>,
    /// When that proof was given (`auth_time`), by the issuer's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    authenticated_at: Option<Instant>,
}

/// In which capacity somebody signs (NĐ 30/2020, article 13): of the committee ON_BEHALF (TM.) by the chairman, FOR_THE_CHAIR (KT.)
/// by a deputy, ACTING_CHAIR (Q.); of an office HEAD_OF_UNIT, FOR_THE_HEAD (KT.) by a deputy, ACTING_HEAD (Q.); for the chairman BY_ORDER
/// (TL.) and BY_AUTHORITY (TUQ.). Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum CapacityCode {
    OnBehalf,
    ForTheChair,
    ActingChair,
    HeadOfUnit,
    ForTheHead,
    ActingHead,
    ByOrder,
    ByAuthority,
}

impl From<Capacity> for CapacityCode {
    fn from(capacity: Capacity) -> Self {
        match capacity {
            Capacity::OnBehalf => Self::OnBehalf,
            Capacity::ForTheChair => Self::ForTheChair,
            Capacity::ActingChair => Self::ActingChair,
            Capacity::HeadOfUnit => Self::HeadOfUnit,
            Capacity::ForTheHead => Self::ForTheHead,
            Capacity::ActingHead => Self::ActingHead,
            Capacity::ByOrder => Self::ByOrder,
            Capacity::ByAuthority => Self::ByAuthority,
        }
    }
}

/// What lets somebody sign for the chairman, as it was recorded when the role was given.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SigningAuthority)]
pub(crate) struct SigningAuthorityView {
    /// Name of the person who gave it.
    #[schema(max_length = 300, pattern = "^.+$", example = "Phạm Văn Thung")]
    given_by: String,
    /// Number and symbol of the document that says so.
    #[schema(max_length = 60, pattern = "^.+$", example = "30/GUQ-UBND")]
    symbol: String,
    /// The day on which that document was issued.
    issue_date: DateOnly,
}

impl SigningAuthorityView {
    fn of(given: &Authorisation) -> Self {
        Self {
            given_by: given.given_by.as_str().to_owned(),
            symbol: given.document.to_string(),
            issue_date: DateOnly(given.issue_date),
        }
    }
}

/// The lines above a signer's name, as papers print them: they are part of the form of a paper, and are not translated.
pub(crate) fn lines_above(signature: &Signature) -> String {
    let lines = signing::of_signature(signature);
    lines.iter().map(Words::as_str).collect::<Vec<_>>().join("\n")
}

impl SignatureView {
    pub(crate) fn of(signature: &Signature) -> Self {
        let proof = signature.authentication.as_ref();
        Self {
            person_id: signature.person.into(),
            name: signature.name.clone(),
            capacity: signature.capacity.into(),
            capacity_label: lines_above(signature),
            authority: signature.authorisation.as_ref().map(SigningAuthorityView::of),
            signed_at: Instant(signature.signed_at),
            authentication_class: proof.and_then(|proof| proof.class.clone()),
            authenticated_at: proof.and_then(|proof| proof.given_at).map(Instant),
        }
    }
}

/// What a paper was issued as.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IssuedDocument)]
pub(crate) struct IssuedView {
    /// The entry in the outgoing register.
    document_id: DocumentKey,
    /// Number and symbol, as they are printed.
    #[schema(max_length = 60, pattern = "^.+$", example = "145/KH-UBND")]
    symbol: String,
    /// The day on which it was issued.
    issue_date: DateOnly,
}

impl IssuedView {
    pub(crate) fn of(issue: &IssueInfo) -> Self {
        Self {
            document_id: issue.document.into(),
            symbol: issue.symbol.as_str().to_owned(),
            issue_date: DateOnly(issue.issued_on),
        }
    }
}

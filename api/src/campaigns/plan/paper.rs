//! The paper itself: its words, head and foot, the documents it rests on, whom it names and to whom it is sent.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::duty::MonthOnly;
use crate::{
    input::{CodeText, DateOnly, Str, present},
    papers::SymbolGrammarCode,
    units::UnitTypeCode,
};

/// A piece of the paper: as printed, and put right where the print is wrong.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Wording {
    /// The words as printed, misprints included; only the white space of the page is gone.
    #[schema(example = "Phấn đầu tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%.")]
    printed: Str<20_000>,
    /// The words as they were meant; absent where the print is right.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Phấn đấu tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%.")]
    corrected: Option<Str<20_000>>,
}

/// A piece of the paper with its place, as evidence for what was made of it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct WordingSource {
    /// Code of the section, field, task, solution or duty; or HEADER, TITLE, RECIPIENTS, SIGNATURE.
    #[schema(example = "3.2.7")]
    place: CodeText,
    /// The words that stand there.
    #[validate(nested)]
    text: Wording,
}

/// The form of emulation: THEMATIC for a purpose and a time (theo đợt, theo chuyên đề), REGULAR with the daily work
/// (thường xuyên). Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum PlanKindCode {
    Thematic,
    Regular,
}

/// The head of the paper, with number and day still blank.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanHeader {
    /// The issuing authority, as printed.
    #[validate(nested)]
    issuer: Wording,
    /// The line of the symbol; the number is given at issue.
    #[schema(example = "Số: /KH-UBND")]
    symbol: Str<300>,
    /// The place where the paper is issued.
    #[schema(example = "Gia Lộc")]
    place: Str<300>,
    /// Place and day as printed; the day is given at issue.
    #[schema(example = "Gia Lộc, ngày tháng 9 năm 2025")]
    dateline: Str<300>,
    /// Type of the document, as printed.
    #[schema(example = "KẾ HOẠCH")]
    document_type: Str<300>,
    /// The title as it stands in the head, which may be shorter than the title in full.
    #[validate(nested)]
    title: Wording,
    /// The month of issue, where the paper prints it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-09")]
    issued_month: Option<MonthOnly>,
}

/// In which capacity the paper says that it is signed (NĐ 30/2020, article 13): ON_BEHALF of the committee by its chairman,
/// FOR_THE_CHAIR by a deputy. Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum SignerCapacityCode {
    OnBehalf,
    ForTheChair,
}

/// Who signs, as printed; the act of signing is recorded when it happens.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanSigner {
    /// Name of the person who signs.
    #[schema(example = "Phạm Văn Thung")]
    name: Str<300>,
    /// Title above the name, as printed.
    #[schema(example = "CHỦ TỊCH")]
    title: Str<300>,
    /// In which capacity the person signs.
    capacity: SignerCapacityCode,
}

/// An event that the campaign commemorates.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanEvent {
    /// Short code, unique in the plan.
    #[schema(example = "E1")]
    code: CodeText,
    /// Name of the event, as printed.
    #[schema(example = "Đại hội Thi đua yêu nước thành phố lần thứ I (2025 - 2030)")]
    name: Str<300>,
}

/// A document that the plan rests on or refers to; some are named without a number.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanLegalBasis {
    /// Short code, unique in the plan.
    #[schema(example = "KH232")]
    code: CodeText,
    /// The symbol, put right; absent for a document that is named without one.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "232/KH-UBND")]
    symbol: Option<CodeText>,
    /// Whose grammar the symbol follows, that of its issuer; present exactly where the symbol is.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    grammar: Option<SymbolGrammarCode>,
    /// The day on which the document was issued, where it is known.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-09-09")]
    issue_date: Option<DateOnly>,
    /// Who issued the document, where it is known.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "UBND thành phố Hải Phòng")]
    issuer: Option<Str<300>>,
    /// What the document is about.
    #[schema(example = "phát động đợt thi đua năm 2025")]
    subject: Str<2000>,
    /// Where the plan refers to it, and how it is printed there.
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    citations: Vec<PlanCitation>,
}

/// A place where the plan refers to a document.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanCitation {
    /// The place: a code of the plan, or HEADER, TITLE, RECIPIENTS, SIGNATURE.
    #[schema(example = "PREAMBLE")]
    place: CodeText,
    /// The symbol as printed there, misprints included; of a document without one, its name.
    #[schema(example = "232/KH-UBND")]
    printed: Str<300>,
}

/// What sort of party: AUTHORITY and UNIT are in the directory under the same code, GROUP is every unit of certain types,
/// MENTIONED is only named and owes nothing. Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum PartyKindCode {
    Authority,
    Unit,
    Group,
    Mentioned,
}

/// Somebody whom the plan names; all its references to units are to the codes of its parties.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanParty {
    /// Short code, unique among the parties; of a single unit, its code in the directory.
    #[schema(example = "VHXH")]
    code: CodeText,
    /// Name of the party, as printed.
    #[schema(example = "Phòng Văn hóa – Xã hội")]
    name: Str<300>,
    /// What sort of party it is.
    kind: PartyKindCode,
    /// Of a group, and only of a group: its members are the units of these types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    unit_types: Vec<UnitTypeCode>,
}

/// A section of the paper, with its heading, its text or both.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanSection {
    /// The numbering of the paper, unique in the plan.
    #[schema(example = "I.2a")]
    code: CodeText,
    /// Short title of the section, for lists.
    #[schema(example = "Yêu cầu")]
    title: Str<300>,
    /// The heading, without its numbering.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    heading: Option<Wording>,
    /// The text, without its numbering.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    text: Option<Wording>,
}

/// A rule on awards that the plan itself sets; what the law says is no part of it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanAwardRule {
    /// Short code, unique in the plan.
    #[schema(example = "W1")]
    code: CodeText,
    /// The rule in short words.
    #[schema(example = "Khen thưởng đúng đối tượng, đúng thành tích; công khai, khách quan.")]
    rule: Str<2000>,
    /// The words of the paper that the rule comes from.
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    sources: Vec<WordingSource>,
}

/// A line of the list of recipients (nơi nhận).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanRecipient {
    /// Short code, unique in the plan.
    #[schema(example = "R1")]
    code: CodeText,
    /// The line, as the paper has it.
    #[validate(nested)]
    text: Wording,
    /// Code of the party that the line names.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "MTTQ")]
    party: Option<CodeText>,
    /// Whether this is the copy that stays in the house (Lưu).
    #[serde(default)]
    filed: bool,
}

/// A misprint of the paper that was put right.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanCorrection {
    /// Short code, unique among the corrections.
    #[schema(example = "K1")]
    code: CodeText,
    /// Where it stands: codes of the plan, or HEADER, TITLE, RECIPIENTS, SIGNATURE.
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    places: Vec<CodeText>,
    /// What was printed there.
    #[schema(example = "phù họp")]
    printed: Str<300>,
    /// What was meant instead.
    #[schema(example = "phù hợp")]
    corrected: Str<300>,
}

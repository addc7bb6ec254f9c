//! What stands in front of the documents in a package: who sends what to whom.
//!
//! Its members follow the header of an exchanged document as QCVN 102:2016/BTTTT names them (`docs/OPERATING.md` has the
//! table); it is JSON, for what carries it to the axis to translate.

use serde::Serialize;
use thidua_domain::{
    attachment::Checksum,
    dispatch::{Agency, Dispatch, Purpose, number_and_notation},
};
use utoipa::ToSchema;

use crate::{
    input::{ChecksumText, CodeText, DateOnly, DispatchKey, Instant, Str},
    language::Language,
    papers::lines_above,
};

/// The form of the manifest; another form gets another name.
const FORM: &str = "urn:thidua:dispatch:1";

/// The manifest of a package: who sends which document to whom, and the files that go with it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DispatchManifest)]
pub(super) struct ManifestView {
    /// The form of this manifest.
    #[schema(max_length = 60, pattern = "^urn:thidua:dispatch:[0-9]+$", example = "urn:thidua:dispatch:1")]
    form: &'static str,
    /// Identifies the dispatch: the same package that comes twice is one.
    dispatch_id: DispatchKey,
    /// Who sends (`From`).
    from: PartyView,
    /// To whom (`To`).
    to: PartyView,
    /// Identity of the document: code of the sender, day of issue, symbol (`DocumentId`). Absent where the sender's code is
    /// not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        max_length = 120,
        pattern = "^[^,]+,[0-9]{4}/[0-9]{2}/[0-9]{2},.+$",
        example = "H24,2025/12/12,25/BC-UBND"
    )]
    document_id: Option<String>,
    /// Number and symbol (`Code`).
    code: SymbolView,
    /// Where and when it was issued (`PromulgationInfo`).
    promulgation_info: PromulgationView,
    /// What sort of document (`DocumentType`).
    document_type: TypeView,
    /// What it is about (`Subject`).
    #[schema(example = "Báo cáo kết quả Đợt thi đua năm 2025")]
    subject: Str<2_000>,
    /// Who signed (`SignerInfo`).
    signer_info: SignerView,
    /// How urgent it is (`Priority`): reports have no degree of urgency. Clients must tolerate new values.
    priority: Priority,
    /// Why it is sent (`Bussiness`). Clients must tolerate new values.
    purpose: PurposeCode,
    /// The document that it replaces or supplements.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_document: Option<EarlierView>,
    /// When it was sent, by the business clock (`Timestamp`).
    sent_at: Instant,
    /// The files that go with it, in their order in the package: the signed copy of the document, or the paper where there is
    /// none, and the report as data.
    #[schema(min_items = 1, max_items = 50)]
    attachments: Vec<EnclosedView>,
}

/// A party of the exchange.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ManifestParty)]
struct PartyView {
    /// Its electronic code (`OrganId`), where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 3, max_length = 35, pattern = r"^[A-Y][0-9]{2}(\.[A-Z0-9]+)*$", example = "H24")]
    organ_id: Option<String>,
    /// Its name (`OrganName`).
    #[schema(example = "Ủy ban nhân dân thành phố Hải Phòng")]
    organ_name: Str<300>,
}

impl From<&Agency> for PartyView {
    fn from(agency: &Agency) -> Self {
        let organ_id = agency.code.as_ref().map(|code| code.as_str().to_owned());
        Self { organ_id, organ_name: agency.name.clone().into() }
    }
}

/// Number and symbol of a document.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ManifestCode)]
struct SymbolView {
    /// The number (`CodeNumber`).
    #[schema(max_length = 60, pattern = "^.+$", example = "25")]
    code_number: String,
    /// What follows the number (`CodeNotation`).
    #[schema(max_length = 60, pattern = "^.*$", example = "BC-UBND")]
    code_notation: String,
}

/// Where and when a document was issued.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ManifestPromulgation)]
struct PromulgationView {
    /// The place, as printed (`Place`), where the plan says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Gia Lộc")]
    place: Option<Str<300>>,
    /// The day (`PromulgationDate`).
    promulgation_date: DateOnly,
}

/// What sort of document it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ManifestDocumentType)]
struct TypeView {
    /// The type, by its abbreviation in NĐ 30/2020, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 10, pattern = "^[A-Za-z]+$", example = "BC")]
    abbreviation: Option<&'static str>,
    /// The type, as printed (`TypeName`).
    #[schema(max_length = 100, pattern = "^.+$", example = "Báo cáo")]
    type_name: String,
}

/// Who signed a document.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ManifestSigner)]
struct SignerView {
    /// The lines above the name, as printed (`Competence`, `Position`).
    #[schema(max_length = 200, pattern = r"^[\s\S]+$", example = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")]
    position: String,
    /// The name (`FullName`).
    #[schema(max_length = 300, pattern = "^.+$", example = "Phạm Văn Thung")]
    full_name: String,
}

/// How urgent a document is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = DispatchPriority)]
enum Priority {
    Normal,
}

/// Why a document is sent.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = DispatchPurpose)]
enum PurposeCode {
    New,
    Replacement,
    Supplement,
}

impl From<Purpose> for PurposeCode {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::New => Self::New,
            Purpose::Replacement => Self::Replacement,
            Purpose::Supplement => Self::Supplement,
        }
    }
}

/// The document that was sent before.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ManifestEarlierDocument)]
struct EarlierView {
    /// Its identity, where the sender's code is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        max_length = 120,
        pattern = "^[^,]+,[0-9]{4}/[0-9]{2}/[0-9]{2},.+$",
        example = "H24,2025/12/12,25/BC-UBND"
    )]
    document_id: Option<String>,
    /// Number and symbol, as printed.
    #[schema(example = "25/BC-UBND")]
    symbol: CodeText,
    /// The day on which it was issued.
    promulgation_date: DateOnly,
}

/// A file of the package.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ManifestAttachment)]
pub(super) struct EnclosedView {
    /// Its name in the package.
    #[schema(min_length = 3, max_length = 60, pattern = "^[A-Za-z0-9.-]+$", example = "25-BC-UBND-2025.json")]
    pub(super) name: String,
    /// The media type of what it is.
    #[schema(max_length = 100, pattern = "^[a-z]+/[a-z0-9.+-]+$", example = "application/json")]
    pub(super) media_type: &'static str,
    /// How many bytes it has.
    #[schema(minimum = 1, maximum = 1_073_741_824_i64)]
    pub(super) size: u64,
    /// The SHA-256 of its bytes.
    pub(super) sha256: ChecksumText,
}

impl EnclosedView {
    pub(super) fn of(name: String, media_type: &'static str, size: u64, sha256: Checksum) -> Self {
        Self { name, media_type, size, sha256: sha256.into() }
    }
}

impl ManifestView {
    /// The manifest of a dispatch with these files; it is in Vietnamese, whoever reads it.
    pub(super) fn of(dispatch: &Dispatch, attachments: Vec<EnclosedView>) -> Self {
        let (paper, language) = (&dispatch.paper, Language::Vi);
        let (number, notation) = number_and_notation(&paper.issue.symbol);
        Self {
            form: FORM,
            dispatch_id: dispatch.root.id.into(),
            from: (&dispatch.sender).into(),
            to: (&dispatch.recipient).into(),
            document_id: dispatch.document_code(),
            code: SymbolView { code_number: number.to_owned(), code_notation: notation.to_owned() },
            promulgation_info: PromulgationView {
                place: paper.place.clone().map(Into::into),
                promulgation_date: DateOnly(paper.issue.issued_on),
            },
            document_type: TypeView {
                abbreviation: paper.document_type.abbreviation(),
                type_name: language.label("documentType", paper.document_type.as_str()),
            },
            subject: paper.subject.clone().into(),
            signer_info: SignerView {
                position: lines_above(&paper.signature),
                full_name: paper.signature.name.clone(),
            },
            priority: Priority::Normal,
            purpose: paper.purpose.into(),
            earlier_document: paper.earlier.as_ref().map(|earlier| EarlierView {
                document_id: dispatch.earlier_code(),
                symbol: earlier.symbol.clone().into(),
                promulgation_date: DateOnly(earlier.issued_on),
            }),
            sent_at: Instant(dispatch.departure.sent_at),
            attachments,
        }
    }
}

//! Documents of the outgoing register as they come in, and which of them are asked for.

use serde::{Deserialize, Serialize};
use thidua_domain::{document::PaperSignature, time::Timestamp};
use thidua_persistence::DocumentFilter;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{
    kind::DocumentTypeCode,
    relation::RelationNew,
    view::{DocumentStage, SealMannerCode},
};
use crate::{
    input::{CampaignKey, CursorText, DateOnly, DocumentSeriesKey, Limit, Str, UnitKey, Whole, present},
    papers::NumberingBody,
};

/// Who signed it outside this system, as the paper says.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PaperSignatureNew {
    /// The lines above the name, as they are printed.
    #[schema(example = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")]
    capacity: Str<2000>,
    /// The name of who signed, as printed.
    #[schema(example = "Trần Quốc Mẫu")]
    name: Str<300>,
    /// The day on which it was signed: not in the future, and not after the day of issue.
    #[schema(example = "2025-09-16")]
    signed_date: DateOnly,
}

impl PaperSignatureNew {
    pub(super) fn signature(&self) -> PaperSignature {
        PaperSignature {
            capacity: self.capacity.clone().into_text(),
            name: self.name.clone().into_text(),
            signed_on: self.signed_date.0,
        }
    }
}

/// A document that was drafted and signed outside this system, to be numbered.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DocumentNew {
    /// The unit that issues it.
    pub(super) issuer_unit_id: UnitKey,
    /// What sort of document it is.
    pub(super) document_type: DocumentTypeCode,
    /// The unit that drafted it; the symbol of an official letter names it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) drafting_unit_id: Option<UnitKey>,
    /// The campaign that it belongs to.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) campaign_id: Option<CampaignKey>,
    /// What it is about (trích yếu).
    #[schema(example = "Đính chính Kế hoạch phát động Đợt thi đua năm 2025")]
    pub(super) subject: Str<2000>,
    /// To whom it goes (nơi nhận), as the printed book lists them; each once.
    #[serde(default)]
    #[schema(max_items = 50, example = json!(["Ủy ban nhân dân thành phố", "Các cơ quan, đơn vị trên địa bàn"]))]
    #[validate(length(max = 50))]
    pub(super) recipients: Vec<Str<300>>,
    /// How many copies were made (số lượng bản).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = 12)]
    pub(super) copies: Option<Whole<1, 9_999>>,
    /// Who signed it, as the paper says.
    #[validate(nested)]
    pub(super) signature: PaperSignatureNew,
    /// The number in series and year, where the clerk types it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = 158)]
    number: Option<Whole<1, 99_999>>,
    /// The day of issue, where the clerk types it: not before the signature, not in the future.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-09-16")]
    issue_date: Option<DateOnly>,
    /// Why the day does not follow the order of the numbers, where the book elsewhere says so.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    order_comment: Option<Str<2000>>,
    /// What it does to earlier documents of the same issuer.
    #[serde(default)]
    #[schema(max_items = 10)]
    #[validate(length(max = 10), nested)]
    pub(super) relations: Vec<RelationNew>,
}

impl DocumentNew {
    pub(super) fn numbering(&self) -> NumberingBody {
        NumberingBody::typed(self.number, self.issue_date, self.order_comment.clone())
    }
}

/// How the agency stands for a document.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SealingBody {
    /// With its seal, or with its digital signature.
    pub(super) manner: SealMannerCode,
}

/// Which documents, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentQuery {
    /// Only what this unit issued.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    issuer_unit_id: Option<UnitKey>,
    /// Only documents of these types; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 30, required = false)]
    #[validate(length(max = 30))]
    document_type: Vec<DocumentTypeCode>,
    /// Only what was numbered in this series.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    document_series_id: Option<DocumentSeriesKey>,
    /// Only documents of this year.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = 2025)]
    year: Option<Whole<2000, 2099>>,
    /// Only documents of this campaign.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    campaign_id: Option<CampaignKey>,
    /// Only documents in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    stage: Vec<DocumentStage>,
    /// Only what should have left the house by now and has not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[param(required = false, example = false)]
    dispatch_overdue: bool,
    /// Part of the subject, without regard to case and accents.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "thi dua")]
    q: Option<Str<60>>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    pub(super) limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub(super) include_total: bool,
}

impl DocumentQuery {
    pub(super) fn filter(&self, now: Timestamp) -> DocumentFilter {
        DocumentFilter {
            issuer: self.issuer_unit_id.map(UnitKey::id),
            types: self.document_type.iter().map(|one| one.0).collect(),
            series: self.document_series_id.map(DocumentSeriesKey::id),
            year: self.year.map(|year| year.get()),
            campaign: self.campaign_id.map(CampaignKey::id),
            stages: self.stage.iter().map(|stage| stage.as_str()).collect(),
            overdue_at: self.dispatch_overdue.then_some(now),
            text: self.q.as_ref().map(|text| text.as_str().to_owned()),
        }
    }
}

//! What is decided about units.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    text::Token,
    unit::{CreateUnit, Decision, Grounds, NewUnit, Placement, Unit, UnitId},
};
use utoipa::ToSchema;
use validator::Validate;

use super::kind::UnitTypeCode;
use crate::input::{CodeText, DateOnly, Str, UnitKey, present};

/// A unit to be entered into the directory.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitNew {
    /// Short code as plans use it, unique.
    #[schema(example = "TYT")]
    code: CodeText,
    /// Full name as printed.
    #[schema(example = "Trạm Y tế xã")]
    name: Str<300>,
    /// What sort of unit.
    #[serde(rename = "type")]
    unit_type: UnitTypeCode,
    /// The unit above, of which it is a part; one without an end.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) parent_id: Option<UnitKey>,
    /// The body that manages it (cơ quan quản lý cấp trên), as printed; it need not be in the directory.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sở Y tế")]
    managing_authority: Option<Str<300>>,
    /// First day of its existence.
    #[schema(example = "2025-07-01")]
    valid_from_date: DateOnly,
    /// Made up for demonstration; never part of a real directory.
    #[serde(default)]
    sample: bool,
}

impl UnitNew {
    pub(super) fn command(&self, parent: Option<Unit>) -> CreateUnit {
        CreateUnit {
            code: self.code.clone().into_text(),
            name: self.name.clone().into_text(),
            unit_type: self.unit_type.into(),
            parent,
            managing_authority: self.managing_authority.clone().map(Str::into_text),
            valid_from: self.valid_from_date.0,
            sample: self.sample,
        }
    }
}

/// The document by which a competent body decided on a unit.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DecidingDocument {
    /// Number and symbol, as printed.
    #[schema(example = "1274/QĐ-UBND")]
    pub(super) symbol: CodeText,
    /// The day of issue; not in the future.
    #[schema(example = "2025-10-20")]
    pub(super) issue_date: DateOnly,
    /// The body that issued it.
    #[schema(example = "Ủy ban nhân dân thành phố")]
    pub(super) issuer: Str<300>,
}

/// What each of the acts below rests on.
pub(super) fn grounds(effective_date: DateOnly, decision: &DecidingDocument, reason: &Str<2000>) -> Grounds {
    Grounds {
        effective_on: effective_date.0,
        decision: Decision {
            symbol: decision.symbol.clone().into_text(),
            issued_on: decision.issue_date.0,
            issuer: decision.issuer.clone().into_text(),
        },
        reason: reason.clone().into_text(),
    }
}

/// Another name of a unit, from a day on.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitRenaming {
    /// The full name from then on, as printed.
    #[schema(example = "Phòng Văn hóa, Xã hội và Nội vụ")]
    pub(super) name: Str<300>,
    /// The first day on which it counts: after the unit's first day, and not before what was recorded of it last.
    #[schema(example = "2025-11-01")]
    pub(super) effective_date: DateOnly,
    /// The document that decided it.
    #[validate(nested)]
    pub(super) decision: DecidingDocument,
    /// Why; no personal data.
    #[schema(example = "Sắp xếp tổ chức bộ máy.")]
    pub(super) reason: Str<2000>,
}

/// Another place of a unit, or another body that manages it, from a day on; at least one of the two.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitTransfer {
    /// The unit above from then on, one without an end; without it, the unit stays where it is.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) parent_id: Option<UnitKey>,
    /// The body that manages it from then on (cơ quan quản lý cấp trên); without it, that stays as it is.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sở Giáo dục và Đào tạo")]
    pub(super) managing_authority: Option<Str<300>>,
    /// The first day on which it counts: after the unit's first day, and not before what was recorded of it last.
    #[schema(example = "2025-11-01")]
    pub(super) effective_date: DateOnly,
    /// The document that decided it.
    #[validate(nested)]
    pub(super) decision: DecidingDocument,
    /// Why; no personal data.
    #[schema(example = "Sắp xếp tổ chức bộ máy.")]
    pub(super) reason: Str<2000>,
}

/// Where a unit goes that stood under one that ends.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitPlacement {
    /// The unit that stood under it.
    unit_id: UnitKey,
    /// The unit above it from then on, one without an end.
    parent_id: UnitKey,
}

impl From<&UnitPlacement> for Placement {
    fn from(body: &UnitPlacement) -> Self {
        Self { unit: body.unit_id.id(), parent: body.parent_id.id() }
    }
}

/// The end of a unit in whose place nobody comes.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitDissolution {
    /// Where each unit goes that stands under it then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    pub(super) subordinates: Vec<UnitPlacement>,
    /// The first day on which it no longer exists: after its first day, and not before what was recorded of it last.
    #[schema(example = "2025-11-01")]
    pub(super) effective_date: DateOnly,
    /// The document that decided it.
    #[validate(nested)]
    pub(super) decision: DecidingDocument,
    /// Why; no personal data.
    #[schema(example = "Sắp xếp tổ chức bộ máy.")]
    pub(super) reason: Str<2000>,
}

/// A unit to be founded by a merger or a split, on the day from which that counts.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitFounding {
    /// Short code as plans use it, unique.
    #[schema(example = "TH-GL")]
    code: CodeText,
    /// Full name as printed.
    #[schema(example = "Trường Tiểu học Gia Lộc")]
    name: Str<300>,
    /// What sort of unit.
    #[serde(rename = "type")]
    unit_type: UnitTypeCode,
    /// The unit above, one without an end; without it, none stands above.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    parent_id: Option<UnitKey>,
    /// The body that manages it (cơ quan quản lý cấp trên), as printed.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sở Giáo dục và Đào tạo")]
    managing_authority: Option<Str<300>>,
}

impl From<UnitFounding> for NewUnit {
    fn from(body: UnitFounding) -> Self {
        Self {
            code: body.code.into_text(),
            name: body.name.into_text(),
            unit_type: body.unit_type.into(),
            parent: body.parent_id.map(UnitKey::id),
            managing_authority: body.managing_authority.map(Str::into_text),
        }
    }
}

/// Units that end, and the one that takes their place: one to be founded, or one that goes on.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitMerger {
    /// The units that end: at least two where one is founded.
    #[validate(length(min = 1, max = 50))]
    #[schema(min_items = 1, max_items = 50)]
    pub(super) unit_ids: Vec<UnitKey>,
    /// The unit that is founded in their place (hợp nhất); this or `intoUnitId`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub(super) new_unit: Option<UnitFounding>,
    /// The unit that goes on in their place (sáp nhập); this or `newUnit`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) into_unit_id: Option<UnitKey>,
    /// The first day on which they no longer exist: after the first day of each, and not before what was recorded last of any.
    #[schema(example = "2025-11-01")]
    pub(super) effective_date: DateOnly,
    /// The document that decided it.
    #[validate(nested)]
    pub(super) decision: DecidingDocument,
    /// Why; no personal data.
    #[schema(example = "Sắp xếp tổ chức bộ máy.")]
    pub(super) reason: Str<2000>,
}

/// Where a unit goes that stood under one that is split.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitSplitPlacement {
    /// The unit that stood under it.
    unit_id: UnitKey,
    /// The code of the unit above it from then on: one that is founded, or another one without an end.
    #[schema(example = "TH-GL")]
    parent_code: CodeText,
}

impl From<UnitSplitPlacement> for (UnitId, Token) {
    fn from(body: UnitSplitPlacement) -> Self {
        (body.unit_id.id(), body.parent_code.into_text())
    }
}

/// Several units out of one.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitSplit {
    /// The units that are founded: at least two where the unit ends.
    #[validate(length(min = 1, max = 50), nested)]
    #[schema(min_items = 1, max_items = 50)]
    pub(super) new_units: Vec<UnitFounding>,
    /// Whether the unit goes on beside them (tách); otherwise it ends, and they stand in its place (chia).
    pub(super) goes_on: bool,
    /// Where units go that stand under it then: each of them where it ends; where it goes on, those that leave it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    pub(super) subordinates: Vec<UnitSplitPlacement>,
    /// The first day on which the new units exist: after the unit's first day, and not before what was recorded of it last.
    #[schema(example = "2025-11-01")]
    pub(super) effective_date: DateOnly,
    /// The document that decided it.
    #[validate(nested)]
    pub(super) decision: DecidingDocument,
    /// Why; no personal data.
    #[schema(example = "Sắp xếp tổ chức bộ máy.")]
    pub(super) reason: Str<2000>,
}

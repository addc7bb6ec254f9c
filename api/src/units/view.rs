//! Units as they are shown: by the day that is asked for, with what became of them.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    principal::Actor,
    time::Date,
    unit::{Act, Decision, DissolveUnit, Happening, RenameUnit, SplitUnit, Stage, TransferUnit, Unit, UnitId},
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{body::DecidingDocument, kind::UnitTypeCode};
use crate::{
    command::ActionView,
    input::{CodeText, CursorText, DateOnly, Instant, Limit, Str, UnitKey, present},
    language::Language,
    list::paged,
};

/// Whether an end of the unit is recorded, and which; it may lie ahead. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UnitStage {
    Active,
    Merged,
    Divided,
    Dissolved,
}

impl From<&Stage> for UnitStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Active => Self::Active,
            Stage::Merged { .. } => Self::Merged,
            Stage::Divided { .. } => Self::Divided,
            Stage::Dissolved => Self::Dissolved,
        }
    }
}

/// What an act made of the unit. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UnitActKind {
    Renamed,
    Transferred,
    Merged,
    TookOver,
    Divided,
    GaveOff,
    Founded,
    Dissolved,
}

/// One act of reorganisation, as it concerns the unit.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UnitAct)]
pub(crate) struct ActView {
    /// The first day on which it counts.
    effective_date: DateOnly,
    /// What it made of the unit.
    kind: UnitActKind,
    /// What it made of the unit, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đổi tên")]
    kind_label: String,
    /// The document that decided it.
    decision: DecidingDocument,
    /// Why, as it was recorded.
    reason: Str<2000>,
    /// The name from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Str<300>>,
    /// The unit above from then on; of a transfer that names neither this nor a managing body, none stands above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<UnitKey>,
    /// The units out of which it was made, or whose place it took.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    predecessor_ids: Vec<UnitKey>,
    /// The units that take its place, or were made out of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    successor_ids: Vec<UnitKey>,
    /// The body that manages it from then on (cơ quan quản lý cấp trên).
    #[serde(skip_serializing_if = "Option::is_none")]
    managing_authority: Option<Str<300>>,
}

impl ActView {
    fn of(act: Act, language: Language) -> Self {
        let kind_label = language.label("unitAct", act.what.as_str());
        let Decision { symbol, issued_on, issuer } = act.grounds.decision;
        let mut view = Self {
            effective_date: DateOnly(act.grounds.effective_on),
            kind: UnitActKind::Dissolved,
            kind_label,
            decision: DecidingDocument {
                symbol: symbol.into(),
                issue_date: DateOnly(issued_on),
                issuer: issuer.into(),
            },
            reason: act.grounds.reason.into(),
            name: None,
            parent_id: None,
            predecessor_ids: Vec::new(),
            successor_ids: Vec::new(),
            managing_authority: None,
        };
        let keys = |units: Vec<UnitId>| units.into_iter().map(Into::into).collect();
        match act.what {
            Happening::Renamed { name } => {
                view.kind = UnitActKind::Renamed;
                view.name = Some(name.into());
            }
            Happening::Transferred { parent, managing_authority, .. } => {
                view.kind = UnitActKind::Transferred;
                view.parent_id = parent.map(Into::into);
                view.managing_authority = managing_authority.map(Into::into);
            }
            Happening::Merged { into } => {
                view.kind = UnitActKind::Merged;
                view.successor_ids = keys(vec![into]);
            }
            Happening::TookOver { from } => {
                view.kind = UnitActKind::TookOver;
                view.predecessor_ids = keys(from);
            }
            Happening::Divided { into } => {
                view.kind = UnitActKind::Divided;
                view.successor_ids = keys(into);
            }
            Happening::GaveOff { into } => {
                view.kind = UnitActKind::GaveOff;
                view.successor_ids = keys(into);
            }
            Happening::Founded { from } => {
                view.kind = UnitActKind::Founded;
                view.predecessor_ids = keys(from);
            }
            Happening::Dissolved => {}
        }
        view
    }
}

/// A unit of the commune or on its soil, as it is on a day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Unit)]
pub(crate) struct UnitView {
    /// Identifies the unit, for ever.
    id: UnitKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// Short code as plans use it; it never changes.
    #[schema(example = "VHXH")]
    code: CodeText,
    /// The day for which name, place and management are shown. Of a day on which the unit does not exist, those of the
    /// nearest on which it does are shown.
    as_of_date: DateOnly,
    /// Whether the unit exists on that day.
    exists: bool,
    /// Full name as printed.
    #[schema(example = "Phòng Văn hóa – Xã hội")]
    name: Str<300>,
    /// What sort of unit.
    #[serde(rename = "type")]
    unit_type: UnitTypeCode,
    /// The sort of unit in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Phòng chuyên môn")]
    type_label: String,
    /// The unit above; absent for the authority itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<UnitKey>,
    /// The body that manages it (cơ quan quản lý cấp trên), which proposes titles for its people; absent where nobody
    /// said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sở Giáo dục và Đào tạo")]
    managing_authority: Option<Str<300>>,
    /// First day of its existence.
    valid_from_date: DateOnly,
    /// First day on which it no longer exists; absent while no end is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_before_date: Option<DateOnly>,
    /// Whether an end is recorded, and which.
    stage: UnitStage,
    /// Whether an end is recorded, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang hoạt động")]
    stage_label: String,
    /// The units that ended and in whose place it stands on that day, those of earlier changes among them. Those who work for
    /// it read what they left.
    #[schema(max_items = 1000)]
    predecessor_ids: Vec<UnitKey>,
    /// The units that take its place once it has ended.
    #[schema(max_items = 200)]
    successor_ids: Vec<UnitKey>,
    /// Made up for demonstration.
    sample: bool,
    /// When it was entered, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What became of it, by the day from which it counts, whatever day is shown; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 1000)]
    history: Option<Vec<ActView>>,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl UnitView {
    /// The unit on a day, with what became of it and what this caller could do.
    pub(super) fn of(unit: Unit, day: Date, actor: &Actor, language: Language) -> Self {
        let actions = vec![
            ActionView::of::<RenameUnit, _>(actor, &unit),
            ActionView::of::<TransferUnit, _>(actor, &unit),
            ActionView::of::<SplitUnit, _>(actor, &unit),
            ActionView::of::<DissolveUnit, _>(actor, &unit),
        ];
        let history = unit.acts.iter().map(|act| ActView::of(act.clone(), language)).collect();
        Self { history: Some(history), actions, ..Self::listed(unit, day, language) }
    }

    pub(super) fn listed(unit: Unit, day: Date, language: Language) -> Self {
        let faces = unit.faces();
        let face = faces.on(day);
        Self {
            id: unit.root.id.into(),
            version: unit.root.version,
            as_of_date: DateOnly(day),
            exists: unit.exists_on(day),
            name: face.name.clone().into(),
            type_label: language.label("unitType", unit.unit_type.as_str()),
            unit_type: unit.unit_type.into(),
            parent_id: face.parent.map(Into::into),
            managing_authority: face.managing_authority.clone().map(Into::into),
            valid_from_date: DateOnly(unit.valid_from),
            valid_before_date: unit.valid_before.map(DateOnly),
            stage: (&unit.stage).into(),
            stage_label: language.label("unitStage", unit.stage.code()),
            predecessor_ids: unit.predecessors_on(day).map(Into::into).collect(),
            successor_ids: unit.stage.successors().iter().copied().map(Into::into).collect(),
            sample: unit.sample,
            created_at: Instant(unit.root.created_at),
            updated_at: Instant(unit.root.updated_at),
            code: unit.code.into(),
            history: None,
            actions: Vec::new(),
        }
    }
}

/// A page of the directory of units.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UnitPage {
    /// The units of this page.
    #[schema(max_items = 100)]
    items: Vec<UnitView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which units, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnitQuery {
    /// Only the units that exist on this day, called and placed as they are then; without it, every unit, whether it still
    /// exists or not, as it is today.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-11-30")]
    pub(super) as_of_date: Option<DateOnly>,
    /// Only units of these types; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 20, required = false)]
    #[validate(length(max = 20))]
    pub(super) r#type: Vec<UnitTypeCode>,
    /// Part of the name, without regard to case and accents; without `asOfDate`, of any name that the unit has had.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "truong")]
    pub(super) q: Option<Str<60>>,
    /// Only units that stand directly under this one; without `asOfDate`, that ever did.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) parent_id: Option<UnitKey>,
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

/// As it is on which day.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnitDayQuery {
    /// The day for which name, place and management are shown; today without it.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false, example = "2025-11-30")]
    pub(super) as_of_date: Option<DateOnly>,
}

paged!(UnitQuery, UnitPage of UnitView);

//! Who does what, who owes which paper to whom, and until when.

use serde::{Deserialize, Serialize};

use super::{Month, Source, Wording};
use crate::{
    text::Token,
    time::{Date, Deadline},
};

/// The part that a line gives to somebody; the paper's own verb.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DutyRole {
    /// Chủ trì.
    Lead,
    /// Tham mưu.
    Advise,
    /// Phối hợp.
    Coordinate,
    /// Tổ chức.
    Organise,
    /// Phát động.
    Launch,
}

/// One line of duties.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Duty {
    /// Number of the party's section and of the line: `V.2.3`.
    pub code: Token,
    /// Whose duty it is; a single unit where the line says "chủ trì".
    pub party: Token,
    /// Its parts, as far as the line says one of the five verbs of it; a line may say none, or several.
    #[serde(default)]
    pub roles: Vec<DutyRole>,
    /// With whom.
    #[serde(default)]
    pub with: Vec<Token>,
    /// The line.
    pub text: Wording,
}

/// A paper that somebody owes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Obligation {
    /// Short code.
    pub code: Token,
    /// Who owes it; of a group, each of its units.
    pub party: Token,
    /// What is owed.
    pub kind: ObligationKind,
    /// To whom, where the paper says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Token>,
    /// Through whom, where the paper says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Token>,
    /// The time limit, by its code; some give no day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Token>,
    /// The words that ask for it.
    pub source: Source,
}

/// What can be owed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ObligationKind {
    /// Chương trình hành động.
    ActionProgramme,
    /// Đăng ký nội dung, chỉ tiêu thi đua.
    Registration,
    /// Báo cáo định kỳ.
    Periodic,
    /// Báo cáo sơ kết.
    Interim,
    /// Báo cáo tổng kết.
    Summary,
    /// The report to the city.
    CityFinal,
}

/// A date or time limit of the paper, with what a machine can make of it: at most one of the values, or none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimeLimit {
    /// Short code.
    pub code: Token,
    /// The words.
    pub source: Source,
    /// Whom it concerns; empty where it concerns everybody.
    #[serde(default)]
    pub parties: Vec<Token>,
    /// A month without a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    /// A last day, included ("đến hết …").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_date: Option<Date>,
    /// The first instant that is too late ("trước ngày …").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Deadline>,
}

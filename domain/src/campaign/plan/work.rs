//! What a plan wants to see done: its own targets, projects and movements.

use serde::{Deserialize, Serialize};

use super::{Source, Wording};
use crate::{
    measure::Measure,
    text::{Line, Token},
};

/// A target that the plan itself sets for the whole commune.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanTarget {
    /// Short code.
    pub code: Token,
    /// What is to be reached, in words.
    pub name: Line,
    /// The task that sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Token>,
    /// The single unit that answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Token>,
    /// The paper names no owner: this one is assumed.
    #[serde(default)]
    pub owner_assumed: bool,
    /// How it is measured. Over several units a share is Σ numerators / Σ denominators, never a mean of shares.
    /// Steps of a milestone that are projects of the plan carry their codes.
    pub measure: Measure,
    /// The words that set it.
    pub source: Source,
}

/// A project, or a group of works, that a task names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Project {
    /// Short code.
    pub code: Token,
    /// Name for lists.
    pub name: Line,
    /// The name in the paper.
    pub text: Wording,
    /// What the plan follows of it.
    pub kind: ProjectKind,
    /// The task that names it.
    pub task: Token,
    /// Not one project but works whose number the paper does not tell.
    #[serde(default)]
    pub group: bool,
    /// The project of another list that it is the same as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<SameProject>,
}

/// What the plan follows of a project.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProjectKind {
    /// Giải phóng mặt bằng.
    LandClearance,
    /// Tiến độ thi công.
    Construction,
}

/// That two lists name one project, which is then followed under the code of the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SameProject {
    /// The other project, which is not itself the same as a third.
    pub project: Token,
    /// Not printed: a reader inferred it.
    #[serde(default)]
    pub inferred: bool,
}

/// A movement (*phong trào thi đua*), whose results the final report gives on their own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Movement {
    /// Short code.
    pub code: Token,
    /// Name for lists.
    pub name: Line,
    /// How the plan names it.
    pub kind: MovementKind,
    /// The task that names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Token>,
    /// The party whose duty it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Token>,
    /// The words that name it.
    pub source: Source,
}

/// How the plan names a movement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MovementKind {
    /// By name, among the solutions.
    Named,
    /// In passing, in a specific task (*nhiệm vụ cụ thể*).
    SectionThree,
    /// As a family, without the names of its movements.
    Family,
}

/// That the list of movements is open: reports may add others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenList {
    /// The words that leave it open.
    pub sources: Vec<Source>,
}

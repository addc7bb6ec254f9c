//! Measuring on the wire: what a target asks for, what a value says, and what a target is about.
//!
//! What a target asks for and what a value says come in four kinds, each a closed object that says which in `kind`. They
//! are read flat, with the members of all kinds, and then told apart: a tagged enum would be read twice, and a fault
//! would be told of the whole object instead of the member that has it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};
use thidua_domain::target::Topic;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, extensions::ExtensionsBuilder, schema::Type},
};
use validator::Validate;

use crate::input::{CodeText, INLINE, present};

mod measure;
mod value;

pub(crate) use measure::{DirectionCode, MeasureBody};
pub(crate) use value::ValueBody;

/// What a target is about: at most one item of the plan of each sort.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = TargetTopic)]
pub(crate) struct TopicBody {
    /// Code of the task of the plan that the target serves.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "3.2.7")]
    task: Option<CodeText>,
    /// Code of the movement of the plan that the target belongs to.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "M2")]
    movement: Option<CodeText>,
    /// Code of the project of the plan that the target follows.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "P1")]
    project: Option<CodeText>,
}

impl From<Topic> for TopicBody {
    fn from(topic: Topic) -> Self {
        Self {
            task: topic.task.map(Into::into),
            movement: topic.movement.map(Into::into),
            project: topic.project.map(Into::into),
        }
    }
}

impl From<TopicBody> for Topic {
    fn from(body: TopicBody) -> Self {
        Self {
            task: body.task.map(CodeText::into_text),
            movement: body.movement.map(CodeText::into_text),
            project: body.project.map(CodeText::into_text),
        }
    }
}

/// Which of the four kinds something is of, as it comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    Quantitative,
    Share,
    Qualitative,
    Milestone,
}

// A type for each kind, which has one value: the contract then says of each object which `kind` it has. Written by a macro,
// since utoipa neither knows such a type nor writes an enum out where it is used without contradicting itself.
macro_rules! kinds {
    ($( $(#[$doc:meta])* $name:ident = $code:literal; )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        struct $name;

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($code)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let mark = ExtensionsBuilder::new().add(INLINE, true).build();
                let kind = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([$code])).extensions(Some(mark));
                RefOr::T(Schema::Object(kind.build()))
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )* };
}

kinds! {
    /// A number in a unit of measure.
    QuantitativeKind = "QUANTITATIVE";
    /// A share of a whole.
    ShareKind = "SHARE";
    /// Judged in words.
    QualitativeKind = "QUALITATIVE";
    /// A list of steps.
    MilestoneKind = "MILESTONE";
}

/// A member that this kind must have.
///
/// # Errors
/// What serde itself says of a member that is missing, so that both get the same code.
fn needed<T>(member: Option<T>, name: &str) -> Result<T, String> {
    member.ok_or_else(|| format!("missing field `{name}`"))
}

/// Refuses the first member that is there but belongs to another kind.
///
/// # Errors
/// What serde itself says of a member that it does not know, so that both get the same code.
fn no_other(own: &[&str], given: &[(&str, bool)]) -> Result<(), String> {
    let foreign = given.iter().find(|(name, present)| *present && !own.contains(name));
    foreign.map_or(Ok(()), |(name, _)| Err(format!("unknown field `{name}`")))
}

#[cfg(test)]
mod tests;

//! The story: the real plan, played from its draft on through the ordinary write path, each step by the persona whose job
//! it is, with the business clock moved along. `thidua dev` plays it for its demonstration data, `thidua story` before your
//! eyes.

mod act;
mod calendar;
mod cast;
mod city_report;
mod client;
mod examples;
mod letters;
mod measure;
mod office_report;
mod plan;
mod printed;
mod registration;
mod reporting;

pub use act::{Scene, play};
pub use cast::{Cast, PersonaSeed, register_cast};
pub use client::{Answer, Exchange, Player, StoryError};
pub use examples::{Examples, Sample, collect};
pub use printed::print_city_report;

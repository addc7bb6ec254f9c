//! The rules of an emulation campaign (*đợt thi đua*), and nothing else: no I/O, no clock, no database, no web.
//!
//! Read it like a map. What every aggregate shares:
//!
//! * [`id`], [`time`], [`text`], [`measure`]: values that are parsed once and then always valid;
//! * [`refusal`]: every way in which the law or the state of things can say no, each with a stable code;
//! * [`policy`]: who may do what, to what, and never together with whom; the only maker of [`policy::Permitted`];
//! * [`change`]: what a permitted command returns; storage accepts nothing else;
//! * [`canonical`]: the one byte form of a state, that versions and the log hash.
//!
//! And one room for each thing that lives: [`principal`] and [`unit`] (who), [`calendar`] (which days are worked),
//! [`document`] (numbers and symbols, and what was issued), [`incoming`] (what arrived), [`campaign`] with its plan, [`period`], [`registration`], [`target`] with its
//! measurements, [`report`] with the [`rule`]s that it must keep and the [`attachment`]s that prove it, [`reminder`] (who is
//! told of a deadline), [`progress`], the [`rubric`] by which units are ranked, the [`assessment`]s of those who judge by it,
//! [`consolidation`], the reports to the city and to the committee, [`dispatch`], their way to a recipient and what it answers,
//! and [`import`], many rows carried out as one. A room holds the aggregate, its stages (`stage.rs`) and its commands.
//!
//! A command is a small struct with what its caller decides. It acts on a [`policy::Permitted`] object and answers
//! either a [`change::Change`] or a [`refusal::Refusal`]; the clock is handed in.

// Here a new variant must be thought through everywhere; foreign enums of the outer crates are another matter.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod assessment;
pub mod attachment;
pub mod calendar;
pub mod campaign;
pub mod canonical;
pub mod change;
pub mod consolidation;
pub mod dispatch;
pub mod document;
pub mod id;
pub mod import;
pub mod incoming;
pub mod measure;
pub mod period;
pub mod policy;
pub mod principal;
pub mod progress;
pub mod refusal;
pub mod registration;
pub mod reminder;
pub mod report;
pub mod rubric;
pub mod rule;
pub mod target;
pub mod text;
pub mod time;
pub mod unit;

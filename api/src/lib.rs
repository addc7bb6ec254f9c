//! The REST API: the contract, the gate in front of it, and a folder for each area of operations.
//!
//! A request passes [`gate`] (identity of the request, route, caller, shape of headers and body), then its handler, which
//! opens one of the two doors of the store and answers through [`reply`]. Whatever goes wrong becomes a [`problem`].

pub mod access;
pub mod app;
mod assessments;
mod attachments;
pub mod auth;
mod calendar;
pub mod campaigns;
mod chart;
pub mod cli;
pub mod cluster;
mod command;
pub mod config;
mod consolidated_reports;
mod dispatches;
mod documents;
mod dry_run;
pub mod enrolment;
pub mod export;
pub mod files;
mod gate;
mod imports;
mod incoming;
pub mod input;
mod language;
mod list;
pub mod mail;
mod measures;
mod notifications;
pub mod openapi;
mod papers;
pub mod people;
mod periods;
mod printing;
pub mod problem;
mod progress;
mod rate;
mod registrations;
pub mod reminders;
mod reply;
mod reports;
mod rules;
mod scoring;
pub mod service;
pub mod state;
mod status;
pub mod story;
mod targets;
mod telemetry;
pub mod units;
mod written;

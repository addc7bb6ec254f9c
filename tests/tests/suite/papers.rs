//! Papers: one snapshot in every form, the form of the law, and what must not get out of a text.

mod approved;
mod bad_input;
mod books;
mod capacities;
mod consolidated;
mod expected;
mod figures;
mod others;
mod pdf;
mod reading;
mod typeset;
mod unit_reports;

//! Periods, reports, and who still owes one.

//! The report to the city.

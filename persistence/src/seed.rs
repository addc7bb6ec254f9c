//! Seeds: real plans and made-up neighbours, as data.

/// The real plan of Gia Lộc, 2025, with the units that it names.
pub const GIA_LOC_2025: &str = include_str!("../seeds/gia-loc-2025.toml");
/// Units and callers made up for demonstration.
pub const SAMPLE: &str = include_str!("../seeds/sample.toml");
/// The working calendar, as far as it is known for sure.
pub const CALENDAR: &str = include_str!("../seeds/calendar.toml");
/// What those units register and first measure, step by step.
pub const SAMPLE_REGISTRATIONS: &str = include_str!("../seeds/sample-registrations.toml");
/// What they and two offices report for three periods, step by step.
pub const SAMPLE_REPORTS: &str = include_str!("../seeds/sample-reports.toml");
/// The interim report that Văn phòng compiles for the committee, made up too.
pub const SAMPLE_OFFICE_REPORT: &str = include_str!("../seeds/sample-office-report.toml");
/// What is written in the report to the city in the demonstration, made up too.
pub const SAMPLE_CITY_REPORT: &str = include_str!("../seeds/sample-city-report.toml");
/// A page of a signed copy and of a scan in the demonstration, made up too.
pub const SAMPLE_PDF: &str = include_str!("../seeds/sample-signed-copy.pdf");

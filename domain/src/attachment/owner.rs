//! What files are attached to, and what must be known of it before one is attached, taken away or shown.

use serde::{Deserialize, Serialize};

use super::{Attachment, Enclosure};
use crate::{
    change::Aggregate,
    document::{Document, DocumentId},
    incoming::{IncomingDocument, IncomingDocumentId},
    policy::{Existing, Subject},
    principal::Actor,
    report::{self, Report, ReportId},
    target::{Measurement, MeasurementId},
    unit::UnitId,
};

/// What a file is attached to: exactly one thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Owner {
    /// A unit's report.
    Report(ReportId),
    /// A measurement.
    Measurement(MeasurementId),
    /// An entry of the outgoing register.
    Document(DocumentId),
    /// An entry of the incoming register.
    IncomingDocument(IncomingDocumentId),
}

/// A measurement with what proves it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proven {
    /// The measurement.
    pub measurement: Measurement,
    /// What is attached to it now, in the order in which it was.
    pub evidence: Vec<Enclosure>,
}

/// A measurement as the subject of attaching.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provable {
    /// The measurement with its evidence.
    pub proven: Proven,
    /// Whether a report that was handed in, and not given back since, rests on it: what proves it is fixed then.
    pub reported: bool,
}

impl Provable {
    /// A measurement beside which nothing can stand yet.
    #[must_use]
    pub const fn just_recorded(measurement: Measurement) -> Self {
        Self { proven: Proven { measurement, evidence: Vec::new() }, reported: false }
    }
}

impl Subject for Provable {
    fn unit(&self) -> Option<UnitId> {
        Some(self.proven.measurement.unit)
    }
}

/// What a file is attached to, as it stands now.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Owned {
    /// A unit's report.
    Report(Box<Report>),
    /// A measurement.
    Measurement(Box<Provable>),
    /// An entry of the outgoing register.
    Document(Box<Document>),
    /// An entry of the incoming register.
    IncomingDocument(Box<IncomingDocument>),
}

impl From<Report> for Owned {
    fn from(report: Report) -> Self {
        Self::Report(Box::new(report))
    }
}

impl From<Document> for Owned {
    fn from(document: Document) -> Self {
        Self::Document(Box::new(document))
    }
}

impl From<IncomingDocument> for Owned {
    fn from(document: IncomingDocument) -> Self {
        Self::IncomingDocument(Box::new(document))
    }
}

impl From<Provable> for Owned {
    fn from(provable: Provable) -> Self {
        Self::Measurement(Box::new(provable))
    }
}

/// An attachment with what it belongs to.
#[derive(Clone, Debug, Deserialize)]
pub struct Attached {
    /// The attachment.
    pub attachment: Attachment,
    /// What it belongs to, as it stands now.
    pub owner: Owned,
}

impl Attached {
    /// Whether this caller may know of it: whoever sees its owner, but for what was removed from a report as long as it was
    /// the unit's own matter, which stays that.
    #[must_use]
    pub fn visible_to(&self, actor: &Actor) -> bool {
        match &self.owner {
            Owned::Report(report) if self.attachment.content_kept() => report.visible_to(actor),
            Owned::Report(report) => {
                Report::visibility(actor).admits(Some(report.unit), report::Stage::Draft.code(), &[])
            }
            Owned::Measurement(provable) => provable.proven.measurement.visible_to(actor),
            Owned::Document(document) => document.visible_to(actor),
            Owned::IncomingDocument(document) => document.visible_to(actor),
        }
    }
}

impl Subject for Attached {
    // What stands in a register is nobody's but the clerk's, whichever unit issued or received it.
    fn unit(&self) -> Option<UnitId> {
        (!self.in_register()).then_some(self.attachment.unit)
    }
    fn coordinating_unit(&self) -> Option<UnitId> {
        match &self.owner {
            Owned::Report(report) => report.coordinating_unit(),
            Owned::Measurement(_) | Owned::Document(_) | Owned::IncomingDocument(_) => None,
        }
    }
    fn in_register(&self) -> bool {
        matches!(self.owner, Owned::Document(_) | Owned::IncomingDocument(_))
    }
}

impl Existing for Attached {
    fn version(&self) -> i64 {
        self.attachment.root.version
    }
}

//! What each operation asks of its caller. Default deny: an operation that is not in this table is refused, and the same
//! table writes security, 401 and 403 into the contract.

use thidua_domain::policy::Action;

/// What an operation asks of its caller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Nothing: the public area.
    Public,
    /// To be registered here; what is seen then is decided object by object.
    Registered,
    /// To be registered here, for what is the caller's own and nobody else's: it is nobody's job, and leaves no event.
    Own,
    /// What the policy says of this action.
    Command(Action),
}

/// The operations that change nothing, or nothing but what is the caller's own.
const READS: &[(&str, Access)] = &[
    ("readStatus", Access::Public),
    ("readContract", Access::Public),
    ("readMe", Access::Registered),
    ("listUnits", Access::Registered),
    ("readUnit", Access::Registered),
    ("listCampaigns", Access::Registered),
    ("readCampaign", Access::Registered),
    ("readCampaignPlan", Access::Registered),
    ("readCampaignPlanDocument", Access::Registered),
    ("listRegistrations", Access::Registered),
    ("readRegistration", Access::Registered),
    ("listTargets", Access::Registered),
    ("readTarget", Access::Registered),
    ("listMeasurements", Access::Registered),
    ("listCampaignMeasurements", Access::Registered),
    ("readMeasurement", Access::Registered),
    ("listPeriods", Access::Registered),
    ("readPeriod", Access::Registered),
    ("listReports", Access::Registered),
    ("readReport", Access::Registered),
    ("readReportDocument", Access::Registered),
    ("listAttachments", Access::Registered),
    ("listMeasurementAttachments", Access::Registered),
    ("readAttachment", Access::Registered),
    ("readAttachmentContent", Access::Registered),
    ("readCompliance", Access::Registered),
    ("readComplianceDocument", Access::Registered),
    ("readProgress", Access::Registered),
    ("listDocuments", Access::Registered),
    ("readDocument", Access::Registered),
    ("listDocumentAttachments", Access::Registered),
    ("listIncomingDocuments", Access::Registered),
    ("readIncomingDocument", Access::Registered),
    ("readOutgoingBook", Access::Registered),
    ("readIncomingBook", Access::Registered),
    ("listIncomingDocumentAttachments", Access::Registered),
    ("listDocumentSeries", Access::Registered),
    ("readDocumentSeries", Access::Registered),
    ("listConsolidatedReports", Access::Registered),
    ("readConsolidatedReport", Access::Registered),
    ("listDispatches", Access::Registered),
    ("readDispatch", Access::Registered),
    ("readDispatchManifest", Access::Registered),
    ("readDispatchPackage", Access::Registered),
    ("readConsolidatedReportDocument", Access::Registered),
    ("readConsolidatedReportDifferences", Access::Registered),
    ("listValidationRules", Access::Registered),
    ("readValidationRule", Access::Registered),
    ("listScoringRubrics", Access::Registered),
    ("readScoringRubric", Access::Registered),
    ("readRanking", Access::Registered),
    ("readRankingChart", Access::Registered),
    ("listAssessments", Access::Registered),
    ("readAssessment", Access::Registered),
    ("readCalendar", Access::Registered),
    ("readCalendarDay", Access::Registered),
    ("previewPeriodSchedule", Access::Registered),
    ("readPeriodSchedule", Access::Registered),
    ("listTargetProgress", Access::Registered),
    ("readProgressChart", Access::Registered),
    ("readProgressTrend", Access::Registered),
    ("readProgressTrendChart", Access::Registered),
    ("readTargetTrend", Access::Registered),
    ("readTargetTrendChart", Access::Registered),
    ("readChanges", Access::Registered),
    ("listReminderRules", Access::Registered),
    ("readReminderRule", Access::Registered),
    ("listReminders", Access::Registered),
    ("readReminder", Access::Registered),
    ("listNotifications", Access::Registered),
    ("markNotificationRead", Access::Own),
    ("readEmailAddress", Access::Registered),
    ("replaceEmailAddress", Access::Own),
    ("listUndeliveredMail", Access::Registered),
    ("readImport", Access::Registered),
    ("readMeasurementTemplate", Access::Registered),
    ("readRegistrationTemplate", Access::Registered),
    ("readUnitTemplate", Access::Registered),
];

/// What the operation asks; `None` for one that is not known, which nobody may call.
#[must_use]
pub fn of(operation: &str) -> Option<Access> {
    let read = READS.iter().find(|(name, _)| *name == operation).map(|(_, access)| *access);
    read.or_else(|| {
        Action::ALL.iter().find(|action| action.as_str() == operation).map(|action| Access::Command(*action))
    })
}

impl Access {
    /// The scope that a token must have if it names any: scopes only narrow.
    #[must_use]
    pub const fn scope(self) -> Option<&'static str> {
        match self {
            Self::Public => None,
            Self::Registered => Some(READ_SCOPE),
            Self::Own | Self::Command(_) => Some(WRITE_SCOPE),
        }
    }
}

/// Scope of operations that change nothing.
pub const READ_SCOPE: &str = "thidua.read";
/// Scope of operations that change something.
pub const WRITE_SCOPE: &str = "thidua.write";

//! Every way in which the domain says no. A refusal knows nothing of HTTP; the edge maps its [`Kind`].

mod code;
mod fault;
mod rules;

pub use code::Kind;
pub use fault::{Fault, Refusal};

rules::and_rules! {
    Forbidden {
        /// None of the caller's roles may do this.
        RoleMissing = "policy.roleMissing",
        /// The role is held, but for another unit.
        OtherUnit = "policy.otherUnit",
        /// The same person took the earlier part that this act must be separate from.
        SamePerson = "policy.samePerson",
        /// An office never decides on what it handed in itself.
        OwnUnit = "policy.ownUnit",
        /// The role may do this, but on reports to another addressee.
        OtherAddressee = "policy.otherAddressee",
        /// The criterion names other roles as those that judge.
        OtherJudge = "policy.otherJudge",
    }
    Conflict {
        /// The campaign is not a draft.
        CampaignNotDraft = "campaign.notDraft",
        /// The campaign was not submitted for signature.
        CampaignNotSubmitted = "campaign.notSubmitted",
        /// The campaign is not signed.
        CampaignNotSigned = "campaign.notSigned",
        /// The campaign is not issued.
        CampaignNotIssued = "campaign.notIssued",
        /// The campaign is not running.
        CampaignNotRunning = "campaign.notRunning",
        /// An issued plan is only ended by a document that replaces it.
        CampaignAlreadyIssued = "campaign.alreadyIssued",
        /// The principal is disabled already.
        PrincipalDisabled = "principal.disabled",
        /// A principal with this issuer and subject exists.
        PrincipalTaken = "principal.taken",
        /// A unit with this code exists.
        UnitCodeTaken = "unit.codeTaken",
        /// An end of the unit is recorded.
        UnitEnded = "unit.ended",
        /// The unit issues or compiles a campaign, or answers for a target of its plan.
        UnitLeadsCampaign = "unit.leadsCampaign",
        /// A campaign with this code exists.
        CampaignCodeTaken = "campaign.codeTaken",
        /// The number is used in this series and year.
        NumberTaken = "document.numberTaken",
        /// The document is sealed, or signed for the agency, already.
        DocumentSealed = "document.sealedAlready",
        /// The document is neither sealed nor signed for the agency.
        DocumentNotSealed = "document.notSealed",
        /// The document has left the house already.
        DocumentDispatched = "document.dispatchedAlready",
        /// The document is the paper of a report, and leaves with it.
        DocumentLeavesWithReport = "document.leavesWithReport",
        /// The document was called back.
        DocumentRecalled = "document.recalled",
        /// The day that is compared with lies after the day that is shown.
        ComparedToLater = "progress.comparedToLater",
        /// Another document came in its place.
        DocumentReplaced = "document.replaced",
        /// The form was checked already since the paper was handed in.
        FormatChecked = "format.checkedAlready",
        /// The document of the report is neither sealed nor signed for the agency.
        ConsolidatedReportNotSealed = "consolidatedReport.notSealed",
        /// A series of this issuer and type is in force.
        DocumentSeriesTaken = "documentSeries.taken",
        /// The series is retired already.
        DocumentSeriesRetired = "documentSeries.retired",
        /// The same document of the same sender is in the register.
        IncomingRecordedAlready = "incoming.recordedAlready",
        /// The entry was put right as often as it can be.
        CorrectionsTooMany = "incoming.correctionsTooMany",
        /// The target no longer counts.
        TargetRetired = "target.retired",
        /// A period with this code exists.
        PeriodCodeTaken = "period.codeTaken",
        /// The unit has an accepted registration.
        RegistrationAccepted = "registration.accepted",
        /// The unit has an open registration.
        RegistrationOpen = "registration.open",
        /// The unit has a report for this period.
        ReportExists = "report.exists",
        /// The report has an open correction.
        CorrectionOpen = "report.correctionOpen",
        /// The registration is neither a draft nor returned.
        RegistrationNotEditable = "registration.notEditable",
        /// The registration was not handed in, or was judged already.
        RegistrationNotSubmitted = "registration.notSubmitted",
        /// The registration is neither a draft nor waiting to be judged.
        RegistrationNotWithdrawable = "registration.notWithdrawable",
        /// Only what is accepted, and still counts, can be corrected.
        CorrectsNotAccepted = "correction.notAccepted",
        /// The period was opened already.
        PeriodNotPlanned = "period.notPlanned",
        /// The period is not open for reports.
        PeriodNotOpen = "period.notOpen",
        /// The period is not closed.
        PeriodNotClosed = "period.notClosed",
        /// The report is neither a draft nor returned.
        ReportNotEditable = "report.notEditable",
        /// The report was not handed in, or was judged already.
        ReportNotSubmitted = "report.notSubmitted",
        /// The document has its signed copy; there is one.
        SignedCopyAttached = "document.signedCopyAttached",
        /// What it belongs to has as many attachments as it can have.
        AttachmentsTooMany = "attachment.tooMany",
        /// A report that was handed in rests on the measurement, whose evidence is fixed by that.
        MeasurementReported = "measurement.reported",
        /// The attachment was removed already.
        AttachmentRemoved = "attachment.removed",
        /// A report to the city exists, and this one does not replace it.
        ConsolidatedReportExists = "consolidatedReport.exists",
        /// Only the last report to the city, once refused, can be replaced.
        ReplacesNotRefused = "consolidatedReport.replacesNotRefused",
        /// A report of the same kind on the same periods exists, and this one does not replace it.
        ConsolidatedReportExistsForPeriods = "consolidatedReport.existsForPeriods",
        /// Only a report of the same kind on the same periods, once the committee has it, can be replaced.
        ReplacesNotReceived = "consolidatedReport.replacesNotReceived",
        /// The consolidated report is not a draft.
        ConsolidatedReportNotDraft = "consolidatedReport.notDraft",
        /// The consolidated report is not under review.
        ConsolidatedReportNotUnderReview = "consolidatedReport.notUnderReview",
        /// The consolidated report is not signed, or was issued already.
        ConsolidatedReportNotSigned = "consolidatedReport.notSigned",
        /// The consolidated report is not issued, or has left the house already.
        ConsolidatedReportNotIssued = "consolidatedReport.notIssued",
        /// The report to the city was not sent, or was answered already.
        ConsolidatedReportNotSent = "consolidatedReport.notSent",
        /// The recipient has answered already, and otherwise.
        DispatchAnswered = "dispatch.answered",
        /// The package is on its way or there, or the clerk hands it on.
        DeliveryNotGivenUp = "dispatch.notGivenUp",
        /// The city has not acknowledged the report, or it is supplemented already.
        ConsolidatedReportNotAcknowledged = "consolidatedReport.notAcknowledged",
        /// The report was not laid before the committee, or it has taken note of it already.
        ConsolidatedReportNotPresented = "consolidatedReport.notPresented",
        /// Accepted reports have changed since the freeze.
        SnapshotStale = "consolidatedReport.snapshotStale",
        /// A rule of the campaign has this code.
        ValidationRuleCodeTaken = "validationRule.codeTaken",
        /// The rule is retired already.
        ValidationRuleRetired = "validationRule.retired",
        /// A rubric of the campaign is in force.
        ScoringRubricTaken = "scoringRubric.taken",
        /// The rubric is retired already.
        ScoringRubricRetired = "scoringRubric.retired",
        /// The unit has its points for this criterion.
        AssessmentExists = "assessment.exists",
        /// An exception of the calendar holds for this day.
        CalendarDayTaken = "calendarDay.taken",
        /// The exception of the calendar was withdrawn already.
        CalendarDayWithdrawn = "calendarDay.withdrawn",
        /// A reminder rule of the campaign has this code.
        ReminderRuleCodeTaken = "reminderRule.codeTaken",
        /// The reminder rule is retired already.
        ReminderRuleRetired = "reminderRule.retired",
        /// Nothing of the rule is due, or it was sent already.
        ReminderNotDue = "reminder.notDue",
        /// The same command with the same key is still running.
        TwinInFlight = "idempotency.inFlight",
    }
}

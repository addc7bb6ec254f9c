//! Every way in which the domain says no. A refusal knows nothing of HTTP; the edge maps its [`Kind`].

mod code;
mod fault;
pub use self::{code::Kind, fault::*};

code::codes! {
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
        /// The report or the measurement has as many attachments as it can have.
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
    Rule {
        /// One or more fields break a rule; the faults say which.
        Invalid = "rule.invalid",
        /// The role is not held in such a way.
        MandateUnfit = "principal.mandateUnfit",
        /// The unit does not exist on the day concerned.
        UnitNotThere = "unit.notThere",
        /// A unit is reorganised after its first day.
        ActBeforeFounding = "unit.actBeforeFounding",
        /// A later change of the unit is recorded already.
        ActOutOfOrder = "unit.actOutOfOrder",
        /// Everything is as it was.
        NothingChanges = "unit.nothingChanges",
        /// The unit does not stand below the one that ends.
        NotSubordinate = "unit.notSubordinate",
        /// A unit below one that ends has no place.
        SubordinateUnplaced = "unit.subordinateUnplaced",
        /// Too few units for a merger or a split.
        TooFewUnits = "unit.tooFew",
        /// A merger names a unit that goes on or one to be founded, one of the two.
        SuccessorNotOne = "unit.successorNotOne",
        /// A unit would stand above itself.
        UnitUnderItself = "unit.underItself",
        /// Launching before the day of issue.
        LaunchBeforeIssue = "campaign.launchBeforeIssue",
        /// The day of issue lies before the day of signing.
        IssueBeforeSigning = "document.issueBeforeSigning",
        /// The day of issue lies before the first day of its series.
        IssueBeforeSeries = "document.beforeSeries",
        /// The number or the day is the system's to give.
        NumberGivenHere = "document.givenBySystem",
        /// The day does not follow the order of the numbers, and nobody says why.
        IssueOutOfOrder = "document.outOfOrder",
        /// The day follows the order of the numbers, so that there is nothing to explain.
        OrderCommentNeedless = "document.orderCommentNeedless",
        /// The issuer has no series for this type.
        DocumentSeriesMissing = "document.seriesMissing",
        /// Only who issued the earlier document puts it right, replaces it or calls it back.
        RelationOfOtherIssuer = "relation.otherIssuer",
        /// The document concerned is later than the one that would change it.
        RelationToLater = "relation.toLater",
        /// Form is put right by an official letter, content by a document of the same type.
        RelationByOtherType = "relation.byOtherType",
        /// The document concerned was replaced or called back already.
        RelationToWithdrawn = "relation.toWithdrawn",
        /// A document that is dated later than it arrived.
        DatedAfterArrival = "incoming.datedAfterArrival",
        /// The day of arrival does not follow the order of the numbers, and nobody says why.
        ArrivalOutOfOrder = "incoming.outOfOrder",
        /// The day of arrival is of another year than the book.
        ArrivalInOtherYear = "incoming.otherYear",
        /// The entry says so already.
        EntryUnchanged = "incoming.unchanged",
        /// What is printed is a symbol, or one is given.
        PrintedSymbolNeedless = "incoming.printedSymbolNeedless",
        /// The symbol carries another year than the day.
        SymbolOfOtherYear = "document.symbolOfOtherYear",
        /// Where numbers are typed, the book elsewhere says with which it begins.
        FirstNumberElsewhere = "documentSeries.firstNumberElsewhere",
        /// The day lies in the future.
        DayInFuture = "date.inFuture",
        /// The campaign ends before it starts.
        EndBeforeStart = "date.endBeforeStart",
        /// The value is of another kind than the target asks for.
        ValueOfOtherKind = "measure.otherKind",
        /// A milestone target without a step, or with too many.
        StepsOutOfBounds = "measure.stepsOutOfBounds",
        /// A share below 0 or above its whole.
        ShareOverWhole = "measure.shareOverWhole",
        /// A share of zero.
        ShareOfNothing = "measure.shareOfNothing",
        /// A measurement for a day before the campaign began.
        MeasuredBeforeStart = "measurement.beforeStart",
        /// A correction names what it corrects and why.
        CorrectionIncomplete = "correction.incomplete",
        /// A code keeps its kind and its unit of measure; another measure is another target.
        MeasureChanged = "target.measureChanged",
        /// Needed before it can be handed in.
        FieldMissing = "field.missing",
        /// A remark points at nothing in the content.
        UnknownPointer = "remark.unknownPointer",
        /// A period opens, falls due and closes in this order.
        PeriodOutOfOrder = "period.outOfOrder",
        /// A period stays open while reports can still be on time.
        PeriodStillDue = "period.stillDue",
        /// Of each target in force a report gives a value or says why there is none.
        TargetUnanswered = "report.targetUnanswered",
        /// The measurement is of another target.
        MeasurementOfOtherTarget = "measurement.otherTarget",
        /// The measurement holds for a day after the last one that the report is about.
        MeasurementAfterPeriod = "measurement.afterPeriod",
        /// A movement is named by its code in the plan or by its name, not by both.
        MovementCodeOrName = "movement.codeOrName",
        /// A file is called as one of another kind than its content is.
        FileNameOfOtherType = "file.nameOfOtherType",
        /// Some systems take a file of this name for a device.
        FileNameReserved = "file.nameReserved",
        /// The content is of no kind that can be attached.
        FileTypeUnknown = "file.typeUnknown",
        /// The content breaks off, or is not what its beginning says.
        FileDamaged = "file.damaged",
        /// The content needs a password.
        FileEncrypted = "file.encrypted",
        /// The content brings a program along.
        FileWithMacros = "file.withMacros",
        /// Unpacked, the content is larger than is safe.
        FileUnpacksTooLarge = "file.unpacksTooLarge",
        /// An archive within the content.
        FileNestedArchive = "file.nestedArchive",
        /// A picture of more pixels than is safe.
        FilePictureTooLarge = "file.pictureTooLarge",
        /// The bytes are not those of which the caller named the digest.
        FileDigestMismatch = "file.digestMismatch",
        /// The very same file is attached already.
        AttachedAlready = "attachment.attachedAlready",
        /// The deadline lies in the past.
        DeadlinePassed = "deadline.passed",
        /// The plan asks nobody for a report of this kind to the committee.
        ReportNotAskedFor = "consolidatedReport.notAskedFor",
        /// A report of this kind does not rest on periods of that sort.
        PeriodOfOtherKind = "consolidatedReport.periodOfOtherKind",
        /// The deadline follows from the plan, or from the report that is replaced.
        DeadlineGiven = "consolidatedReport.deadlineGiven",
        /// A figure is of a later day than the cut-off.
        CutOffBeforeFigure = "snapshot.cutOffBeforeFigure",
        /// The same key came with another request.
        KeyReused = "idempotency.keyReused",
        /// Something referred to does not exist, or not for this caller.
        UnknownReference = "reference.unknown",
        /// The same value stands twice where each may stand once.
        Duplicate = "list.duplicate",
        /// A symbol does not follow the grammar of its issuer.
        SymbolMalformed = "document.symbolMalformed",
        /// More entries than the list may have.
        ListTooLong = "list.tooLong",
        /// Something without which a plan cannot be handed in is missing.
        PlanIncomplete = "plan.incomplete",
        /// Exactly one unit can be in the lead.
        LeadNotOne = "plan.leadNotOne",
        /// A group of a plan names the types of its units, and only a group does.
        GroupWithoutTypes = "plan.groupWithoutTypes",
        /// A project can only be the same as one that stands for itself.
        SameAsChain = "plan.sameAsChain",
        /// A time limit has more than one machine value.
        DeadlineAmbiguous = "plan.deadlineAmbiguous",
        /// The campaign starts before the document that it carries out.
        StartBeforeBasis = "campaign.startBeforeBasis",
        /// A figure violates a rule of the campaign that blocks.
        RuleViolated = "rule.violated",
        /// A rule of the campaign warns of a figure, and nobody says why it is so.
        RuleCommentMissing = "rule.commentMissing",
        /// The most is less than the least.
        BoundsOutOfOrder = "condition.boundsOutOfOrder",
        /// Nothing of the sort is asked by a condition of this kind.
        ConditionMember = "condition.memberOfOtherKind",
        /// The points of a criterion are more than zero, 1000 at most, with two decimals at most.
        PointsOutOfBounds = "scoringRubric.pointsOutOfBounds",
        /// A role that judges nobody by a rubric.
        RoleCannotJudge = "scoringRubric.roleCannotJudge",
        /// The criterion is counted, and nobody judges by it.
        CriterionCounted = "assessment.criterionCounted",
        /// The points lie between none and those of the criterion, with two decimals at most.
        PointsOverCriterion = "assessment.pointsOutOfBounds",
        /// Only a Saturday or Sunday is worked to make up for another day.
        MakeUpOnWeekday = "calendarDay.makeUpOnWeekday",
        /// Rows of an import break rules.
        ImportRows = "import.rowsInvalid",
        /// No row of an import says anything.
        ImportEmpty = "import.empty",
        /// Two rows of an import are about the same.
        ImportRowTwice = "import.rowTwice",
        /// The unit above comes with a row before, which was left out.
        ImportRowAbove = "import.rowAbove",
        /// Another row of the same unit is wrong, and its registration is one paper.
        ImportPaperIncomplete = "import.paperIncomplete",
        /// Rows of one unit give different reasons for one correction.
        ImportReasonsDiffer = "import.reasonsDiffer",
        /// Months and quarters have their own codes, names and deadlines.
        ScheduleNamesItself = "periodSchedule.namesItself",
        /// A schedule counts working days or names the last day, one of the two.
        ScheduleDueNotOne = "periodSchedule.dueNotOne",
        /// The last days of a schedule lie behind the years that can be named.
        ScheduleBeyondCalendar = "periodSchedule.beyondCalendar",
        /// The plan sets no such deadline, so that nobody would ever be reminded.
        DeadlineNotSet = "reminderRule.deadlineNotSet",
        /// A role that has nothing to do with this deadline.
        RoleNotConcerned = "reminderRule.roleNotConcerned",
        /// The unit owes no report for the period, or has handed it in.
        NothingOwed = "reminder.nothingOwed",
        /// The day itself is so many days away from nothing.
        DaysOnTheDay = "reminderRule.daysOnTheDay",
    }
}

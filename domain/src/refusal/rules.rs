//! The rules, as the last part of the table of all codes.

// A table in two files: what is written before comes in, the whole goes to where the codes are made.
macro_rules! and_rules {
    ($($before:tt)*) => {
        $crate::refusal::code::codes! {
            $($before)*
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
                /// The unit has no symbol, so that it issues nothing under a number.
                UnitWithoutSymbol = "unit.withoutSymbol",
                /// A report that was issued before its period began.
                IssueBeforePeriod = "report.issuedBeforePeriod",
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
                /// The signed copy of a document is a PDF.
                SignedCopyNotPdf = "document.signedCopyNotPdf",
                /// The signed copy leaves no room in the package that it goes with.
                SignedCopyTooLarge = "document.signedCopyTooLarge",
                /// The scan of a document that arrived is a PDF or a picture.
                ScanOfOtherType = "incoming.scanOfOtherType",
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
                /// The symbol is that of another type of document.
                SymbolOfOtherType = "document.symbolOfOtherType",
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
                /// A document that does not ask units for anything, or is not for them to read.
                ReminderByOtherType = "reminder.byOtherType",
                /// The document belongs to another campaign.
                ReminderOfOtherCampaign = "reminder.ofOtherCampaign",
                /// The document has not left the house.
                ReminderDocumentNotDispatched = "reminder.documentNotDispatched",
                /// The document was replaced or called back.
                ReminderDocumentWithdrawn = "reminder.documentWithdrawn",
                /// The day itself is so many days away from nothing.
                DaysOnTheDay = "reminderRule.daysOnTheDay",
            }
        }
    };
}
pub(super) use and_rules;

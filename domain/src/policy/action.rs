//! The table of who may do what. A lawyer can read it; the oracle under `tests/` was written without it.

use super::{Part, Relation, Rule, Way};
use crate::principal::Role;

// One table instead of an enum, its names and its rules that must agree.
macro_rules! actions {
    ($( $(#[$doc:meta])* $name:ident = $operation:literal: [$( $role:ident $relation:ident ),*] $(apart from [$( $part:ident ),*])?; )*) => {
        /// Something that changes the state of things; its name is the operation's on the wire.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Action { $( $(#[$doc])* $name, )* }

        impl Action {
            /// All actions.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The operationId of the contract.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $operation, )* }
            }

            /// Who may take it.
            #[must_use]
            pub const fn rule(self) -> Rule {
                match self {
                    $( Self::$name => Rule {
                        ways: &[ $( Way { role: Role::$role, relation: Relation::$relation } ),* ],
                        apart_from: &[ $( $( Part::$part ),* )? ],
                    }, )*
                }
            }
        }
    };
}

actions! {
    /// Enter a unit into the directory.
    CreateUnit = "createUnit": [Admin Any, System Any];
    /// Give a unit another name from a day on.
    RenameUnit = "renameUnit": [Admin Any];
    /// Put a unit under another one, or under the management of another body.
    TransferUnit = "transferUnit": [Admin Any];
    /// End units in whose place another one comes.
    MergeUnits = "mergeUnits": [Admin Any];
    /// Make several units out of one.
    SplitUnit = "splitUnit": [Admin Any];
    /// End a unit in whose place nobody comes.
    DissolveUnit = "dissolveUnit": [Admin Any];
    /// Register a caller.
    RegisterPrincipal = "registerPrincipal": [System Any];
    /// Shut a caller out.
    DisablePrincipal = "disablePrincipal": [Admin Any, System Any];

    /// Begin the draft of a campaign.
    CreateCampaign = "createCampaign": [Coordinator Any, Office Any];
    /// Replace the plan of a draft as a whole.
    ReplaceCampaignPlan = "replaceCampaignPlan": [Coordinator Any, Office Any];
    /// Hand the plan in for signature.
    SubmitCampaign = "submitCampaign": [Coordinator Any];
    /// Give it back with a reason.
    ReturnCampaign = "returnCampaign": [Chair Any, ViceChair Any];
    /// Answer for its form before it is signed; never by who drafted it.
    CheckCampaignFormat = "checkCampaignFormat": [Office Any] apart from [Drafter, Submitter];
    /// Sign it, for the chairman also by who is authorised to; never by who drafted it.
    SignCampaign = "signCampaign": [Chair Any, ViceChair Any, Coordinator Authorised, Office Authorised]
        apart from [Drafter, Submitter];
    /// Number and issue it.
    IssueCampaign = "issueCampaign": [Clerk Any];
    /// Open it for registration and reporting.
    LaunchCampaign = "launchCampaign": [Chair Any];
    /// Give it up before it is issued.
    CancelCampaign = "cancelCampaign": [Chair Any];

    /// Enter a document that was signed elsewhere into the outgoing register.
    RegisterDocument = "registerDocument": [Clerk Any];
    /// Seal it, or sign it for the agency.
    SealDocument = "sealDocument": [Clerk Any];
    /// Send it off.
    DispatchDocument = "dispatchDocument": [Clerk Any];
    /// Record a series in which documents are numbered.
    CreateDocumentSeries = "createDocumentSeries": [Office Any, System Any];
    /// Number nothing in it any more.
    RetireDocumentSeries = "retireDocumentSeries": [Office Any];
    /// Enter a document that arrived into the incoming register.
    RecordIncomingDocument = "recordIncomingDocument": [Clerk Any];
    /// Put an entry of it right.
    CorrectIncomingDocument = "correctIncomingDocument": [Clerk Any];
    /// Attach its signed copy to a document that has not left the house.
    AttachToDocument = "attachToDocument": [Clerk Any];
    /// Attach the scan of a document that arrived.
    AttachToIncomingDocument = "attachToIncomingDocument": [Clerk Any];

    /// Draft a unit's registration.
    CreateRegistration = "createRegistration": [UnitOfficer OwnUnit, UnitHead OwnUnit];
    /// Replace the content of a drafted or returned registration.
    ReplaceRegistration = "replaceRegistration": [UnitOfficer OwnUnit, UnitHead OwnUnit];
    /// Hand it in.
    SubmitRegistration = "submitRegistration": [UnitHead OwnUnit];
    /// Take note of it (ghi nhận); never by who handed it in.
    AcceptRegistration = "acceptRegistration": [Coordinator Any] apart from [Submitter];
    /// Ask for adjustment (đề nghị điều chỉnh), by field.
    ReturnRegistration = "returnRegistration": [Coordinator Any] apart from [Submitter];
    /// Take it back before it is accepted.
    WithdrawRegistration = "withdrawRegistration": [UnitHead OwnUnit];

    /// Record a value of a target.
    AppendMeasurement = "appendMeasurement": [UnitOfficer OwnUnit, UnitHead OwnUnit];
    /// Attach a file to one, until a report that rests on it is handed in.
    AttachToMeasurement = "attachToMeasurement": [UnitOfficer OwnUnit, UnitHead OwnUnit];

    /// Record values of targets from a table; each row is judged as it would be on its own.
    ImportMeasurements = "importMeasurements": [UnitOfficer Any, UnitHead Any];
    /// Draft registrations from a table; each unit's is judged as it would be on its own.
    ImportRegistrations = "importRegistrations": [UnitOfficer Any, UnitHead Any];
    /// Enter units into the directory from a table.
    ImportUnits = "importUnits": [Admin Any, System Any];

    /// Plan a reporting period.
    CreatePeriod = "createPeriod": [Coordinator Any];
    /// Open it for reports.
    OpenPeriod = "openPeriod": [Coordinator Any];
    /// Close it.
    ClosePeriod = "closePeriod": [Coordinator Any];
    /// Open it again, with a reason.
    ReopenPeriod = "reopenPeriod": [Coordinator Any];

    /// Draft a unit's report.
    CreateReport = "createReport": [UnitOfficer OwnUnit, UnitHead OwnUnit];
    /// Replace the content of a drafted or returned report.
    ReplaceReport = "replaceReport": [UnitOfficer OwnUnit, UnitHead OwnUnit];
    /// Sign and hand it in.
    SubmitReport = "submitReport": [UnitHead OwnUnit];
    /// Accept it; the coordinating office's own is for the office of UBND or a deputy chairman.
    AcceptReport = "acceptReport": [Coordinator NotOwnUnit, Office OfCoordinatingUnit, ViceChair OfCoordinatingUnit]
        apart from [Drafter, Submitter];
    /// Return it with reasons by field.
    ReturnReport = "returnReport": [Coordinator NotOwnUnit, Office Any, ViceChair OfCoordinatingUnit]
        apart from [Drafter, Submitter];
    /// Attach a file to a drafted or returned report.
    AttachToReport = "attachToReport": [UnitOfficer OwnUnit, UnitHead OwnUnit];
    /// Take it, that of a measurement, or one of a register away again.
    RemoveAttachment = "removeAttachment": [UnitOfficer OwnUnit, UnitHead OwnUnit, Clerk InRegister];

    /// Freeze the accepted reports into a report: the coordinating office for the city, Văn phòng for the committee.
    CreateConsolidatedReport = "createConsolidatedReport": [Coordinator ToCity, Office ToCommittee];
    /// Write its narrative.
    ReplaceConsolidatedReport = "replaceConsolidatedReport": [Coordinator ToCity, Office ToCommittee];
    /// Freeze again, while it is a draft.
    FreezeConsolidatedReport = "freezeConsolidatedReport": [Coordinator ToCity, Office ToCommittee];
    /// Hand it in for review.
    SubmitConsolidatedReport = "submitConsolidatedReport": [Coordinator ToCity, Office ToCommittee];
    /// Give it back with a reason; an office's own by its head.
    ReturnConsolidatedReport = "returnConsolidatedReport":
        [Chair ToCity, ViceChair ToCity, Office ToCity, Office HeadsUnit];
    /// Answer for its form before it is signed; never by who compiled it.
    CheckConsolidatedReportFormat = "checkConsolidatedReportFormat": [Office Any] apart from [Drafter, Submitter];
    /// Sign it, an office's own by its head, the city's also by who is authorised to; never by who compiled it.
    SignConsolidatedReport = "signConsolidatedReport":
        [Chair ToCity, ViceChair ToCity, Office HeadsUnit, Coordinator Authorised, Office Authorised]
        apart from [Drafter, Submitter];
    /// Number and issue it.
    IssueConsolidatedReport = "issueConsolidatedReport": [Clerk Any];
    /// Send it to the city.
    SendConsolidatedReport = "sendConsolidatedReport": [Clerk ToCity];
    /// The city has it.
    AcknowledgeConsolidatedReport = "acknowledgeConsolidatedReport": [Portal ToCity];
    /// The city refuses it.
    RefuseConsolidatedReport = "refuseConsolidatedReport": [Portal ToCity];
    /// Record that the recipient has what was sent.
    ReceiveDispatch = "receiveDispatch": [Clerk Any, Portal ToCity];
    /// Record that the recipient takes it.
    AcceptDispatch = "acceptDispatch": [Clerk Any, Portal ToCity];
    /// Record that the recipient refuses it, be it after it had taken it.
    RefuseDispatch = "refuseDispatch": [Clerk Any, Portal ToCity];
    /// Order that a package which was given up is carried again.
    RedeliverDispatch = "redeliverDispatch": [Clerk Any, Admin Any];
    /// Begin a supplementary report beside an acknowledged one.
    SupplementConsolidatedReport = "supplementConsolidatedReport": [Coordinator ToCity];
    /// Lay an office's report before the committee.
    PresentConsolidatedReport = "presentConsolidatedReport": [Clerk ToCommittee];
    /// The committee takes note of it; never by who had a hand in it.
    ReceiveConsolidatedReport = "receiveConsolidatedReport": [Chair ToCommittee, ViceChair ToCommittee]
        apart from [Drafter, Submitter, Signer];
    /// The committee gives it back with its reasons; never by who had a hand in it.
    HandBackConsolidatedReport = "handBackConsolidatedReport": [Chair ToCommittee, ViceChair ToCommittee]
        apart from [Drafter, Submitter, Signer];

    /// Make a rule that the figures of reports must keep.
    CreateValidationRule = "createValidationRule": [Coordinator Any];
    /// Ask a rule no more.
    RetireValidationRule = "retireValidationRule": [Coordinator Any];
    /// Record what units are scored by.
    CreateScoringRubric = "createScoringRubric": [Coordinator Any];
    /// Rank by it no more.
    RetireScoringRubric = "retireScoringRubric": [Coordinator Any];
    /// Give a unit its points for a criterion that people judge; never one's own unit.
    AssessUnit = "assessUnit": [Coordinator Judges, Office Judges, Chair Judges, ViceChair Judges];
    /// Judge it anew.
    ReplaceAssessment = "replaceAssessment": [Coordinator Judges, Office Judges, Chair Judges, ViceChair Judges];
    /// Plan periods by a schedule.
    CreatePeriodSchedule = "createPeriodSchedule": [Coordinator Any];

    /// Record a day on which the working calendar is not what the week says.
    RecordCalendarDay = "recordCalendarDay": [Admin Any, System Any];
    /// Withdraw one.
    WithdrawCalendarDay = "withdrawCalendarDay": [Admin Any, System Any];

    /// Make a rule by which those who owe something are reminded.
    CreateReminderRule = "createReminderRule": [Coordinator Any, Office Any];
    /// Remind by a rule no more.
    RetireReminderRule = "retireReminderRule": [Coordinator Any, Office Any];
    /// Send a letter that asks units for what they owe.
    SendReminder = "sendReminder": [Office Any];
    /// Send what is due of a rule; the clock does it.
    SendDueReminder = "sendDueReminder": [System Any];
}

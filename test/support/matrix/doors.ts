import { type HolderCommand } from '@duban/access';
import { type BulletinCommand } from '@duban/bulletin';
import { type EvidenceCommand } from '@duban/evidence';
import { type HolidayCommand } from '@duban/holiday';
import { type IndicatorCommand } from '@duban/indicator';
import { type PlanCommand } from '@duban/plan';
import { type PolicyCommand } from '@duban/policy';
import { type ReminderCommand } from '@duban/reminder';
import { type RoundCommand, type SubmissionCommand } from '@duban/round';
import { type TaskCommand } from '@duban/task';
import { type GroupCommand, type PostCommand, type UnitCommand } from '@duban/unit';

type Command =
  | PlanCommand
  | TaskCommand
  | IndicatorCommand
  | RoundCommand
  | SubmissionCommand
  | UnitCommand
  | GroupCommand
  | PostCommand
  | EvidenceCommand
  | BulletinCommand
  | HolidayCommand
  | ReminderCommand
  | PolicyCommand
  | HolderCommand;

/** The command is what a request of some row of the matrix becomes. */
export const row = 'a row of the matrix';
const worker = 'the worker gives it';

/** Where each command comes from. The compiler asks for every command that the rules know. */
export const doors: Readonly<Record<Command['type'] | 'IssueKey' | 'RevokeKey', string>> = {
  ...{
    DraftPlan: row,
    ArrangeSections: row,
    WaiveFinding: row,
    NameGoalHolder: row,
    ApprovePlan: row,
    IssuePlan: row,
  },
  ...{ AmendPlan: row, ClosePlan: row, RegisterTask: row, DefineIndicator: row },
  IssueTask: 'follows from IssuePlan',
  ...{ AcknowledgeTask: row, ReportProgress: row, CorrectProgress: row, SubmitCompletion: row },
  ...{ RequestExtension: row, WithdrawExtension: row, DecideExtension: row, ReachMilestone: row },
  ...{ RaiseBlocker: row, ClearBlocker: row, ReviewCompletion: row, ReassignUnits: row },
  ...{ NameReportingLead: row, SetDueDate: row, SuspendTask: row, ResumeTask: row, ExemptTask: row },
  ...{ CancelTask: row, CloseTask: row, ReopenTask: row },
  ...{ ContestAssignment: row, DecideContest: row, RequestContribution: row, GiveContribution: row },
  ...{ GiveInstruction: row, AnswerInstruction: row },
  ...{ AmendTask: row, SetMilestone: row, ReviseMilestone: row },
  ...{ ReportValue: row, ReviseValue: row, CorrectValue: row, ConfirmValue: row, RejectValue: row },
  ...{ ReviseTarget: row, ExemptIndicator: row },
  ...{ ChangeDefinition: row, AssignOwner: row, AssignProvider: row, SetCadence: row },
  ...{ LinkIndicator: row, RecordBaseline: row, SetTarget: row, RecordComparator: row },
  AwaitValue: row,
  ...{ ScheduleRound: row, OpenRound: row, MoveRoundDue: row, CloseRound: row },
  OpenSubmission: 'follows from OpenRound',
  ...{ HandIn: row, WithdrawSubmission: row, ReturnSubmission: row, AcceptSubmission: row },
  WaiveSubmission: row,
  ...{ RegisterUnit: row, RenameUnit: row, AddAlias: row, MoveUnit: row, MergeUnit: row, SplitUnit: row },
  AdoptPolicy: row,
  ...{ CloseUnit: row, DefineGroup: row, JoinGroup: row, LeaveGroup: row, FillPost: row, VacatePost: row },
  ...{ StoreEvidence: row, WithdrawEvidence: row, AttachEvidence: 'follows from what names the file' },
  AnnounceHolidays: row,
  ...{ IssueKey: row, RevokeKey: row, AcknowledgeReminder: row },
  ...{ GrantAccess: row, RevokeAccess: row, GiveDelegation: row, EndDelegation: row },
  ...{ CirculateEdition: row, SeeEdition: row, ExplainCorrection: row, RestateEdition: row },
  ...{ PublishEdition: worker, NoteCorrection: worker, SettleCorrection: worker },
  ...{ IssueReminder: worker, SupersedeReminder: worker, RecordDelivery: worker, RecordFailure: worker },
};

/** The kinds of streams whose rules were looked through for commands. */
export const categories = [
  ...[
    'access',
    'calendar',
    'evidence',
    'group',
    'indicator',
    'obligation',
    'plan',
    'policy',
    'post',
    'rollup',
    'round',
    'subject',
  ],
  ...['submission', 'task', 'unit'],
];

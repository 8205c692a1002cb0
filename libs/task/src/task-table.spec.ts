import { fold, specFor } from '@duban/event-store';
import {
  accepted,
  acknowledged,
  asked,
  commands,
  contested,
  contextOn,
  contributionAsked,
  finance,
  instructed,
  issued,
  people,
} from './task-examples.js';
import { registered, returned, submitted } from './task-examples.js';
import type { TaskCommand, TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const reported = {
  type: 'ProgressReported',
  n: 1,
  unit: finance,
  period: '2023Q1',
  on: '2023-04-22',
  percent: 10,
  reporter: 'liaison',
  summary: 'begun',
  evidence: [],
  supersedes: null,
  effectiveOn: '2023-04-22',
} as const;
const blocked = {
  type: 'BlockerRaised',
  n: 1,
  unit: finance,
  kind: 'staff',
  note: 'nobody',
  on: '2023-04-23',
} as const;
const reason = { on: '2023-07-10', reason: 'flood', paper: null } as const;
const begun = [registered, issued, acknowledged(finance), reported, blocked];

/** How each state comes about. Where something may wait for its answer, it does for the commands that answer it. */
const histories: Record<string, readonly TaskEvent[]> = {
  none: [],
  draft: [registered],
  issued: [registered, issued],
  in_progress: begun,
  submitted: [...begun, submitted()],
  returned: [...begun, submitted(), returned()],
  accepted: [...begun, submitted(), accepted()],
  closed: [...begun, submitted(), accepted(), { type: 'TaskClosed', on: '2023-07-13', by: 'chief' }],
  cancelled: [...begun, { type: 'TaskCancelled', ...reason }],
  suspended: [...begun, { type: 'TaskSuspended', ...reason }],
  exempt: [...begun, { type: 'TaskExempted', ...reason }],
};
const states = Object.keys(histories);
/** What waits for the commands that answer it, in the states in which it can. */
const waiting: Partial<Record<string, TaskEvent>> = {
  WithdrawExtension: asked('2023-07-05'),
  DecideExtension: asked('2023-07-05'),
  DecideContest: contested(),
  GiveContribution: contributionAsked,
  AnswerInstruction: instructed,
};
const mayWait = ['in_progress', 'submitted', 'returned', 'suspended'];
const mayBeTold = [...mayWait, 'accepted', 'exempt'];

// The first column is the command, the others are the states above: the events that come, or the refusal.
const table = `
                  | none           | draft              | issued                              | in_progress           | submitted               | returned              | accepted                | closed                  | cancelled               | suspended             | exempt
RegisterTask      | TaskRegistered | -                  | -                                   | -                     | -                       | -                     | -                       | -                       | -                       | -                     | -
IssueTask         | task_not_found | TaskIssued         | task_already_issued                 | task_already_issued   | task_already_issued     | task_already_issued   | task_already_issued     | task_already_issued     | task_cancelled          | task_already_issued   | task_already_issued
AmendTask         | task_not_found | TaskAmended        | TaskAmended                         | TaskAmended           | TaskAmended             | TaskAmended           | TaskAmended             | task_closed             | task_cancelled          | TaskAmended           | TaskAmended
AcknowledgeTask   | task_not_found | task_not_issued    | TaskAcknowledged                    | TaskAcknowledged      | TaskAcknowledged        | TaskAcknowledged      | TaskAcknowledged        | task_closed             | task_cancelled          | TaskAcknowledged      | TaskAcknowledged
NameReportingLead | task_not_found | ReportingLeadNamed | ReportingLeadNamed                  | ReportingLeadNamed    | ReportingLeadNamed      | ReportingLeadNamed    | task_accepted           | task_closed             | task_cancelled          | ReportingLeadNamed    | ReportingLeadNamed
SetDueDate        | task_not_found | DueDateSet         | DueDateSet                          | DueDateSet            | DueDateSet              | DueDateSet            | task_accepted           | task_closed             | task_cancelled          | DueDateSet            | task_exempt
SetMilestone      | task_not_found | MilestoneSet       | MilestoneSet                        | MilestoneSet          | MilestoneSet            | MilestoneSet          | task_accepted           | task_closed             | task_cancelled          | MilestoneSet          | task_exempt
ReachMilestone    | task_not_found | task_not_issued    | TaskAcknowledged MilestoneReached   | MilestoneReached      | MilestoneReached        | MilestoneReached      | MilestoneReached        | task_closed             | task_cancelled          | MilestoneReached      | MilestoneReached
ReviseMilestone   | task_not_found | MilestoneRevised   | MilestoneRevised                    | MilestoneRevised      | MilestoneRevised        | MilestoneRevised      | task_accepted           | task_closed             | task_cancelled          | MilestoneRevised      | task_exempt
ReportProgress    | task_not_found | task_not_issued    | TaskAcknowledged ProgressReported   | ProgressReported      | ProgressReported        | ProgressReported      | ProgressReported        | task_closed             | task_cancelled          | ProgressReported      | ProgressReported
CorrectProgress   | task_not_found | task_not_issued    | report_not_found                    | ProgressCorrected     | ProgressCorrected       | ProgressCorrected     | ProgressCorrected       | ProgressCorrected       | task_cancelled          | ProgressCorrected     | ProgressCorrected
RaiseBlocker      | task_not_found | task_not_issued    | TaskAcknowledged BlockerRaised      | BlockerRaised         | BlockerRaised           | BlockerRaised         | task_accepted           | task_closed             | task_cancelled          | BlockerRaised         | BlockerRaised
ClearBlocker      | task_not_found | task_not_issued    | blocker_not_found                   | BlockerCleared        | BlockerCleared          | BlockerCleared        | BlockerCleared          | task_closed             | task_cancelled          | BlockerCleared        | BlockerCleared
SubmitCompletion  | task_not_found | task_not_issued    | TaskAcknowledged CompletionSubmitted | CompletionSubmitted  | completion_under_review | CompletionSubmitted   | task_accepted           | task_closed             | task_cancelled          | task_suspended        | task_exempt
ReviewCompletion  | task_not_found | task_not_issued    | no_completion                       | no_completion         | CompletionAccepted      | completion_reviewed   | completion_reviewed     | task_closed             | task_cancelled          | no_completion         | no_completion
CloseTask         | task_not_found | task_not_issued    | task_not_accepted                   | task_not_accepted     | task_not_accepted       | task_not_accepted     | TaskClosed              | task_closed             | task_cancelled          | task_not_accepted     | task_not_accepted
ReopenTask        | task_not_found | task_not_issued    | task_not_done                       | task_not_done         | task_not_done           | task_not_done         | TaskReopened            | TaskReopened            | task_cancelled          | task_not_done         | task_not_done
RequestExtension  | task_not_found | task_not_issued    | TaskAcknowledged ExtensionRequested | ExtensionRequested    | completion_under_review | ExtensionRequested    | task_accepted           | task_closed             | task_cancelled          | task_suspended        | task_exempt
WithdrawExtension | task_not_found | task_not_issued    | extension_not_found                 | ExtensionWithdrawn    | ExtensionWithdrawn      | ExtensionWithdrawn    | task_accepted           | task_closed             | task_cancelled          | ExtensionWithdrawn    | task_exempt
DecideExtension   | task_not_found | task_not_issued    | extension_not_found                 | ExtensionGranted      | ExtensionGranted        | ExtensionGranted      | task_accepted           | task_closed             | task_cancelled          | ExtensionGranted      | task_exempt
ReassignUnits     | task_not_found | UnitsReassigned    | UnitsReassigned                     | UnitsReassigned       | UnitsReassigned         | UnitsReassigned       | task_accepted           | task_closed             | task_cancelled          | UnitsReassigned       | UnitsReassigned
SuspendTask       | task_not_found | task_not_issued    | TaskSuspended                       | TaskSuspended         | TaskSuspended           | TaskSuspended         | task_accepted           | task_closed             | task_cancelled          | task_suspended        | task_exempt
ResumeTask        | task_not_found | task_not_issued    | task_not_suspended                  | task_not_suspended    | task_not_suspended      | task_not_suspended    | task_not_suspended      | task_closed             | task_cancelled          | TaskResumed           | task_exempt
ExemptTask        | task_not_found | task_not_issued    | TaskExempted                        | TaskExempted          | TaskExempted            | TaskExempted          | task_accepted           | task_closed             | task_cancelled          | TaskExempted          | task_exempt
CancelTask        | task_not_found | TaskCancelled      | TaskCancelled                       | TaskCancelled         | TaskCancelled           | TaskCancelled         | task_accepted           | task_closed             | task_cancelled          | TaskCancelled         | TaskCancelled
ContestAssignment   | task_not_found | task_not_issued    | contest_too_late                       | contest_too_late                    | contest_too_late                    | contest_too_late                    | task_accepted                       | task_closed    | task_cancelled | contest_too_late                    | task_exempt
DecideContest       | task_not_found | task_not_issued    | contest_not_found                      | ContestDecided                      | ContestDecided                      | ContestDecided                      | task_accepted                       | task_closed    | task_cancelled | ContestDecided                      | task_exempt
RequestContribution | task_not_found | task_not_issued    | TaskAcknowledged ContributionRequested | ContributionRequested               | ContributionRequested               | ContributionRequested               | task_accepted                       | task_closed    | task_cancelled | ContributionRequested               | task_exempt
GiveContribution    | task_not_found | task_not_issued    | contribution_not_found                 | TaskAcknowledged ContributionGiven  | TaskAcknowledged ContributionGiven  | TaskAcknowledged ContributionGiven  | TaskAcknowledged ContributionGiven  | task_closed    | task_cancelled | TaskAcknowledged ContributionGiven  | TaskAcknowledged ContributionGiven
GiveInstruction     | task_not_found | task_not_issued    | InstructionGiven                       | InstructionGiven                    | InstructionGiven                    | InstructionGiven                    | InstructionGiven                    | task_closed    | task_cancelled | InstructionGiven                    | task_exempt
AnswerInstruction   | task_not_found | task_not_issued    | instruction_not_found                  | InstructionAnswered                 | InstructionAnswered                 | InstructionAnswered                 | InstructionAnswered                 | task_closed    | task_cancelled | InstructionAnswered                 | InstructionAnswered
`;

const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()));
const cells = rows.flatMap(([command = '', ...outcomes]) =>
  outcomes.map((outcome, column) => ({ command, state: states[column] ?? '', outcome })),
);

const context = contextOn('2023-07-14', people.chief);

describe('the table of states and commands', () => {
  const given = specFor(taskDecider, context);

  it('names every state and every command', () => {
    expect(head.filter(name => name !== '')).toEqual(states);
    expect(rows.map(([command]) => command)).toEqual(Object.keys(commands));
    expect(cells).toHaveLength(states.length * Object.keys(commands).length);
  });

  it.each(cells)('$state × $command → $outcome', ({ command, state, outcome }) => {
    const asks = waiting[command];
    const isTelling = command === 'GiveContribution' || command === 'AnswerInstruction';
    const waits = asks && (isTelling ? mayBeTold : mayWait).includes(state);
    const history = [...(histories[state] ?? []), ...(waits ? [asks] : [])];
    const result = given(...history).when(commands[command as TaskCommand['type']]);
    if (outcome === '-') result.thenNothing();
    else if (outcome === outcome.toLowerCase()) result.thenRejected(outcome);
    else expect(typesOf(history, commands[command as TaskCommand['type']])).toBe(outcome);
  });
});

function typesOf(history: readonly TaskEvent[], command: TaskCommand): string {
  const events = taskDecider.decide(fold(taskDecider, history), command, context);
  return events.map(({ type }) => type).join(' ');
}

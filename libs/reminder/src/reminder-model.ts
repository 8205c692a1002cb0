import { type ObligationKind } from '@duban/ledger';
import { uuidFrom } from '@duban/platform';
import { type Stage } from './stages.js';

/** What a message says, as a code; `texts.ts` has the sentences. */
export type TextCode =
  'opening' | 'due_soon' | 'due_today' | 'overdue' | 'edition_circulated' | 'edition_changed';

/** What was owed when somebody was reminded of it. */
export type Subject = {
  obligation: string;
  plan: string;
  kind: ObligationKind;
  subject: string;
  title: string;
  period: string | null;
  holders: readonly string[];
};

/** Names one message to one recipient. */
export type Addressed = { stage: string; dueVersion: number; recipient: string };

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type ReminderEvent =
  | ({
      type: 'ReminderIssued';
      stage: string;
      stageKind: Stage['kind'];
      dueOn: string;
      dueVersion: number;
      recipients: readonly string[];
      overdueWorkdays: number;
      policy: string;
      skipped: readonly string[]; // lower stages that never went out, and no longer will
      text: TextCode;
      on: string;
    } & Subject)
  | ({ type: 'ReminderSuperseded'; reason: string; on: string } & Addressed & Digest)
  | ({ type: 'ReminderDelivered'; on: string } & Addressed & Digest & Sent)
  | ({ type: 'ReminderFailed'; attempts: number; on: string } & Addressed & Digest)
  | ({ type: 'ReminderAcknowledged'; by: string; on: string } & Addressed);

/** The digest in which a message travels: the `ordinal`-th of its recipient on a day. */
export type Digest = { delivery: string; day: string; ordinal: number };
export type Sent = { channels: readonly string[] };

export type ReminderCommand =
  | ({ type: 'IssueReminder' } & Omit<Extract<ReminderEvent, { type: 'ReminderIssued' }>, 'type' | 'on'>)
  | ({ type: 'SupersedeReminder'; reason: string } & Addressed & Digest)
  | ({ type: 'RecordDelivery' } & Addressed & Digest & Sent)
  | ({ type: 'RecordFailure'; attempts: number } & Addressed & Digest)
  | ({ type: 'AcknowledgeReminder'; by: string } & Addressed);

/** How a message fared. */
export type Fate = 'issued' | 'delivered' | 'failed' | 'superseded';

/** All that was ever said about one obligation. */
export type ReminderRecord = {
  plan: string;
  messages: readonly (Addressed & { on: string; fate: Fate; acknowledgedOn: string | null })[];
};

/** The stream of an obligation's messages. */
export function streamOf(obligation: string): string {
  return `obligation-${obligation}`;
}

/** The same message has the same id wherever it is spoken of. */
export function reminderId(obligation: string, { stage, dueVersion, recipient }: Addressed): string {
  return uuidFrom(JSON.stringify(['reminder', obligation, dueVersion, stage, recipient]));
}

/** The n-th digest of a recipient on a day. */
export function deliveryId(recipient: string, day: string, ordinal: number): string {
  return uuidFrom(JSON.stringify(['delivery', recipient, day, ordinal]));
}

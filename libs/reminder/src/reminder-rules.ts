import { type Decider, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import {
  type Addressed,
  type Fate,
  type ReminderCommand,
  type ReminderEvent,
  type ReminderRecord,
} from './reminder-model.js';

type Of<Type extends ReminderCommand['type']> = Extract<ReminderCommand, { type: Type }>;
type Message = ReminderRecord['messages'][number];

function decide(
  record: ReminderRecord | null,
  command: ReminderCommand,
  { today }: Context,
): readonly ReminderEvent[] {
  if (command.type === 'IssueReminder') return issue(record, command, today);
  const message = record?.messages.find(each => isSameMessage(each, command));
  if (!message) throw new Rejection('not_found', { what: `${command.stage} ${command.recipient}` });
  switch (command.type) {
    case 'AcknowledgeReminder':
      return message.acknowledgedOn ? [] : [recorded(command, 'ReminderAcknowledged', today)];
    case 'RecordDelivery':
      return message.fate === 'issued' ? [recorded(command, 'ReminderDelivered', today)] : [];
    case 'RecordFailure':
      return message.fate === 'issued' ? [recorded(command, 'ReminderFailed', today)] : [];
    case 'SupersedeReminder':
      return message.fate === 'issued' ? [recorded(command, 'ReminderSuperseded', today)] : [];
  }
}

/** Each recipient is told of a stage of one due day once, however often it is asked for. */
function issue(record: ReminderRecord | null, command: Of<'IssueReminder'>, today: string): ReminderEvent[] {
  const { stage, dueVersion } = command;
  const isNew = (recipient: string) =>
    !record?.messages.some(each => isSameMessage(each, { stage, dueVersion, recipient }));
  const recipients = [...new Set(command.recipients)].filter(isNew);
  if (recipients.length === 0) return [];
  return [{ ...command, type: 'ReminderIssued', recipients, on: today }];
}

function recorded<Type extends ReminderEvent['type'], C extends ReminderCommand>(
  command: C,
  type: Type,
  on: string,
): Omit<C, 'type'> & { type: Type; on: string } {
  return { ...command, type, on };
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(record: ReminderRecord | null, event: ReminderEvent): ReminderRecord | null {
  switch (event.type) {
    case 'ReminderIssued': {
      const { stage, dueVersion, on, plan, recipients } = event;
      const added = recipients.map((recipient): Message => ({
        stage,
        dueVersion,
        recipient,
        on,
        fate: 'issued',
        acknowledgedOn: null,
      }));
      return { plan, messages: [...(record?.messages ?? []), ...added] };
    }
    case 'ReminderDelivered':
      return withFate(record, event, 'delivered');
    case 'ReminderFailed':
      return withFate(record, event, 'failed');
    case 'ReminderSuperseded':
      return withFate(record, event, 'superseded');
    case 'ReminderAcknowledged':
      return change(record, event, message => ({ ...message, acknowledgedOn: event.on }));
    default:
      return record; // written by a newer version
  }
}

function withFate(record: ReminderRecord | null, event: Addressed, fate: Fate): ReminderRecord | null {
  return change(record, event, message => ({ ...message, fate }));
}

function change(
  record: ReminderRecord | null,
  of: Addressed,
  alter: (message: Message) => Message,
): ReminderRecord | null {
  return (
    record && {
      ...record,
      messages: record.messages.map(each => (isSameMessage(each, of) ? alter(each) : each)),
    }
  );
}

function isSameMessage(a: Addressed, b: Addressed): boolean {
  return a.stage === b.stage && a.dueVersion === b.dueVersion && a.recipient === b.recipient;
}

/** What is said about an obligation: to each recipient once a stage, and each message has one fate. */
export const reminderDecider: Decider<ReminderRecord | null, ReminderCommand, ReminderEvent, Context> = {
  initial: null,
  decide,
  evolve,
};

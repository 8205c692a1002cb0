import { type Decider, type FieldError, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import { jurisdictionOf } from './unit-id.js';
import type { Group, GroupCommand, GroupEvent } from './unit-model.js';

type Of<Type extends GroupCommand['type']> = Extract<GroupCommand, { type: Type }>;
type Membership = Group['members'][number];

function decide(group: Group | null, command: GroupCommand, context: Context): readonly GroupEvent[] {
  if (command.type === 'DefineGroup') return define(group, command, context);
  if (!group) throw new Rejection('group_not_found');
  return command.type === 'JoinGroup' ? join(group, command, context) : leave(group, command, context);
}

function define(
  group: Group | null,
  { type: _, members, ...named }: Of<'DefineGroup'>,
  { today }: Context,
): GroupEvent[] {
  if (group) {
    if (wasDefinedAs(group, named, members)) return [];
    throw new Rejection('group_already_defined', { group: named.name });
  }
  if (named.open && members.length > 0) throw new Rejection('group_open', { group: named.name });
  refuseFaultyMembers(named.jurisdiction, members);
  return [
    { type: 'GroupDefined', ...named, on: today },
    ...members.map(({ unit, from }) => ({ type: 'MemberJoined' as const, unit, from, on: today })),
  ];
}

/** Members who joined or left since do not make a repeated definition another group. */
function wasDefinedAs(
  group: Group,
  named: Omit<Group, 'members'>,
  members: Of<'DefineGroup'>['members'],
): boolean {
  const { members: joined, ...asDefined } = group;
  const hasJoined = ({ unit, from }: { unit: string; from: string }) =>
    joined.some(member => member.unit === unit && member.from === from);
  return isSame(asDefined, named) && members.every(hasJoined);
}

function refuseFaultyMembers(jurisdiction: string, members: Of<'DefineGroup'>['members']): void {
  const errors = members.flatMap(({ unit }, index): FieldError[] => {
    const pointer = `/members/${index}/unit`;
    const first = members.findIndex(member => member.unit === unit);
    if (first < index) return [{ pointer, code: 'member_twice', params: { unit } }];
    if (jurisdictionOf(unit) === jurisdiction) return [];
    return [{ pointer, code: 'other_jurisdiction', params: { unit, jurisdiction } }];
  });
  const [fault] = errors;
  if (fault) throw new Rejection(fault.code, fault.params, errors);
}

function join(group: Group, { unit, from }: Of<'JoinGroup'>, { today }: Context): GroupEvent[] {
  if (group.open) throw new Rejection('group_open', { group: group.name });
  refuseFaultyMembers(group.jurisdiction, [{ unit, from }]);
  const overlapping = group.members.find(
    member => member.unit === unit && (member.to === null || member.to > from),
  );
  if (overlapping?.from === from && overlapping.to === null) return [];
  if (overlapping) throw new Rejection('already_member', { unit, from: overlapping.from });
  return [{ type: 'MemberJoined', unit, from, on: today }];
}

function leave(group: Group, { unit, from }: Of<'LeaveGroup'>, { today }: Context): GroupEvent[] {
  const memberships = group.members.filter(member => member.unit === unit);
  const current = memberships.find(({ to }) => to === null);
  if (current && current.from <= from) return [{ type: 'MemberLeft', unit, from, on: today }];
  if (!current && memberships.some(({ to }) => to === from)) return [];
  throw new Rejection('not_a_member', { unit, on: from });
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(group: Group | null, event: GroupEvent): Group | null {
  if (event.type === 'GroupDefined') {
    const { jurisdiction, name, aliases, open } = event;
    return { jurisdiction, name, aliases, open, members: [] };
  }
  if (!group) return null;
  switch (event.type) {
    case 'MemberJoined':
      return { ...group, members: [...group.members, { unit: event.unit, from: event.from, to: null }] };
    case 'MemberLeft':
      return { ...group, members: group.members.map(member => afterLeaving(member, event)) };
    default:
      return group; // written by a newer version
  }
}

function afterLeaving(member: Membership, { unit, from }: { unit: string; from: string }): Membership {
  return member.unit === unit && member.to === null ? { ...member, to: from } : member;
}

/**
 * The members on the day, each once, in the order of joining. None for an open list ("and others"): nobody can be
 * asked by name.
 */
export function membersOn(group: Group, day: string): string[] {
  if (group.open) return [];
  const present = group.members.filter(({ from, to }) => from <= day && (to === null || day < to));
  return [...new Set(present.map(({ unit }) => unit))];
}

/** A group addressee such as all counties and parks, with the days on which members came and went. */
export const groupDecider: Decider<Group | null, GroupCommand, GroupEvent, Context> = {
  initial: null,
  decide,
  evolve,
};

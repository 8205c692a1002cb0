import type { Paper } from '@duban/platform';

/** The words of units, groups and posts. The rules stand in `unit.ts`, `group.ts` and `post.ts`. */

export type UnitKind =
  'bureau' | 'division' | 'county' | 'park' | 'party' | 'company' | 'institution' | 'office';

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type UnitEvent =
  | {
      type: 'UnitRegistered';
      jurisdiction: string;
      name: string;
      kind: UnitKind;
      parent: string | null;
      aliases: readonly string[];
      on: string;
    }
  | { type: 'UnitRenamed'; name: string; paper: Paper | null; on: string }
  | { type: 'UnitAliasAdded'; alias: string; on: string }
  | { type: 'UnitMoved'; parent: string | null; paper: Paper | null; on: string }
  | { type: 'UnitMerged'; into: string; paper: Paper | null; on: string; effectiveOn: string } // recorded on the unit that ends
  | { type: 'UnitSplit'; into: readonly string[]; paper: Paper | null; on: string; effectiveOn: string } // the first takes what is open
  | { type: 'UnitClosed'; reason: string; on: string };

export type UnitCommand =
  | {
      type: 'RegisterUnit';
      jurisdiction: string;
      name: string;
      kind: UnitKind;
      parent: string | null;
      aliases: readonly string[];
    }
  | { type: 'RenameUnit'; name: string; paper: Paper | null }
  | { type: 'AddAlias'; alias: string }
  | { type: 'MoveUnit'; parent: string | null; paper: Paper | null; ancestors: readonly string[] } // of the new parent, itself first: no circles
  | { type: 'MergeUnit'; into: string; from: string; paper: Paper | null; successors: readonly string[] } // `from`: the day it takes effect; successors of `into`
  | {
      type: 'SplitUnit';
      into: readonly string[];
      from: string;
      paper: Paper | null;
      successors?: readonly string[]; // of all units in `into`: no circles
    }
  | { type: 'CloseUnit'; reason: string };

export type Unit = {
  jurisdiction: string;
  names: readonly { name: string; from: string }[]; // the last is the current one
  kind: UnitKind;
  parent: string | null;
  aliases: readonly string[];
  registeredOn: string;
  ended: {
    how: 'merged' | 'split' | 'closed';
    on: string; // first day on which it no longer is, possibly still to come
    into: readonly string[];
    reason?: string; // of a closure
  } | null;
  registeredUnder?: string | null; // the parent at registration, kept once it moved
};

export type GroupEvent =
  | {
      type: 'GroupDefined';
      jurisdiction: string;
      name: string;
      aliases: readonly string[];
      open: boolean;
      on: string;
    }
  | { type: 'MemberJoined'; unit: string; from: string; on: string }
  | { type: 'MemberLeft'; unit: string; from: string; on: string }; // `from`: first day outside

export type GroupCommand =
  | {
      type: 'DefineGroup';
      jurisdiction: string;
      name: string;
      aliases: readonly string[];
      open: boolean;
      members: readonly { unit: string; from: string }[];
    }
  | { type: 'JoinGroup'; unit: string; from: string }
  | { type: 'LeaveGroup'; unit: string; from: string };

export type Group = {
  jurisdiction: string;
  name: string;
  aliases: readonly string[];
  open: boolean; // the document's list is open ended: nobody can be asked by name
  members: readonly { unit: string; from: string; to: string | null }[]; // `to`: first day outside
};

export type PostKind = 'liaison' | 'head' | 'deputy' | 'in_charge' | 'office_member';

/** What a post is over: a unit, a plan, or a section of one. `units`: with in_charge, the units this leader answers for. */
export type PostScope = { unit: string } | { plan: string; section?: string } | { units: readonly string[] };

export type PostEvent =
  | {
      type: 'PostFilled';
      jurisdiction: string;
      kind: PostKind;
      scope: PostScope;
      person: string;
      from: string;
      on: string;
    } // person: an id, never a name
  | { type: 'PostVacated'; from: string; on: string };

export type PostCommand =
  | { type: 'FillPost'; jurisdiction: string; kind: PostKind; scope: PostScope; person: string; from: string }
  | { type: 'VacatePost'; from: string };

export type Post = {
  jurisdiction: string;
  kind: PostKind;
  scope: PostScope;
  holders: readonly { person: string; from: string; to: string | null }[];
};

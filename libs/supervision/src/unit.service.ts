import { assertMay } from '@duban/access';
import { Rejection } from '@duban/event-store';
import { type LedgerReader } from '@duban/ledger';
import {
  type GroupCommand,
  groupDecider,
  type PostCommand,
  postDecider,
  successorsOf,
  type UnitCommand,
  unitDecider,
} from '@duban/unit';
import { type CommandRunner } from './command-runner.js';
import { type Outcome, type Request } from './request.js';

type Of<C extends { type: string }, T extends C['type']> = Omit<Extract<C, { type: T }>, 'type'>;

/** Units, groups and posts. Every method throws Rejection or VersionConflict. */
export class UnitService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly reader: LedgerReader,
  ) {}

  /** The key is `jurisdiction:name`, for ever, whatever the unit is called later. */
  async register(request: Request, unit: Of<UnitCommand, 'RegisterUnit'>): Promise<Outcome> {
    return this.decideUnit(request, `${unit.jurisdiction}:${unit.name}`, { type: 'RegisterUnit', ...unit });
  }

  async rename(request: Request, id: string, input: Of<UnitCommand, 'RenameUnit'>): Promise<Outcome> {
    return this.decideUnit(request, id, { type: 'RenameUnit', ...input });
  }

  async addAlias(request: Request, id: string, input: Of<UnitCommand, 'AddAlias'>): Promise<Outcome> {
    return this.decideUnit(request, id, { type: 'AddAlias', ...input });
  }

  async move(
    request: Request,
    id: string,
    { parent, paper }: Omit<Of<UnitCommand, 'MoveUnit'>, 'ancestors'>,
  ): Promise<Outcome> {
    const { units } = await this.reader.directory();
    const ancestors: string[] = [];
    for (let above = parent; above && !ancestors.includes(above); above = units.get(above)?.parent ?? null)
      ancestors.push(above);
    return this.decideUnit(request, id, { type: 'MoveUnit', parent, paper, ancestors });
  }

  /** What the unit owes and was named for passes on to `into`; its own record stays. */
  async merge(
    request: Request,
    id: string,
    { into, from, paper }: Omit<Of<UnitCommand, 'MergeUnit'>, 'successors'>,
  ): Promise<Outcome> {
    const successors = await this.successors([into]);
    return this.decideUnit(request, id, { type: 'MergeUnit', into, from, paper, successors });
  }

  /** The first of `into` takes what is open. */
  async split(
    request: Request,
    id: string,
    { into, from, paper }: Omit<Of<UnitCommand, 'SplitUnit'>, 'successors'>,
  ): Promise<Outcome> {
    const successors = await this.successors(into);
    return this.decideUnit(request, id, { type: 'SplitUnit', into, from, paper, successors });
  }

  async close(request: Request, id: string, input: Of<UnitCommand, 'CloseUnit'>): Promise<Outcome> {
    return this.decideUnit(request, id, { type: 'CloseUnit', ...input });
  }

  async defineGroup(request: Request, group: Of<GroupCommand, 'DefineGroup'>): Promise<Outcome> {
    return this.decideGroup(request, `${group.jurisdiction}:${group.name}`, {
      type: 'DefineGroup',
      ...group,
    });
  }

  async joinGroup(request: Request, id: string, input: Of<GroupCommand, 'JoinGroup'>): Promise<Outcome> {
    return this.decideGroup(request, id, { type: 'JoinGroup', ...input });
  }

  async leaveGroup(request: Request, id: string, input: Of<GroupCommand, 'LeaveGroup'>): Promise<Outcome> {
    return this.decideGroup(request, id, { type: 'LeaveGroup', ...input });
  }

  /** Posts are keyed by what they are over and their kind: `xiangtan:市科技局/liaison`. */
  async fillPost(request: Request, id: string, input: Of<PostCommand, 'FillPost'>): Promise<Outcome> {
    return this.decidePost(request, id, { type: 'FillPost', ...input });
  }

  async vacatePost(request: Request, id: string, input: Of<PostCommand, 'VacatePost'>): Promise<Outcome> {
    return this.decidePost(request, id, { type: 'VacatePost', ...input });
  }

  /** Whatever the units ended in or will. @throws Rejection `not_found` for one that nobody registered */
  private async successors(into: readonly string[]): Promise<string[]> {
    const { units } = await this.reader.directory();
    const unknown = into.find(unit => !units.has(unit));
    if (unknown !== undefined) throw new Rejection('not_found', { what: unknown });
    return successorsOf(id => units.get(id) ?? null, into);
  }

  private decideUnit(request: Request, id: string, command: UnitCommand): Promise<Outcome> {
    assertMay(request.actor, 'unit.manage');
    return this.runner.run(request, unitDecider, `unit-${id}`, command);
  }

  private decideGroup(request: Request, id: string, command: GroupCommand): Promise<Outcome> {
    assertMay(request.actor, 'unit.manage');
    return this.runner.run(request, groupDecider, `group-${id}`, command);
  }

  private decidePost(request: Request, id: string, command: PostCommand): Promise<Outcome> {
    assertMay(request.actor, 'unit.manage');
    return this.runner.run(request, postDecider, `post-${id}`, command);
  }
}

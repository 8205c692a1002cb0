import { type Day, dayOf } from '@duban/calendar';
import { type StoredEvent } from '@duban/event-store';
import { type Actor } from '@duban/platform';
import { accessFold } from './access-fold.js';
import { type HolderAccess, type HolderEvent } from './holder-model.js';
import { type KeyEvent, type KeyState } from './key.js';
import { actorOf, delegateOf, grantsOn } from './rights.js';

/** One way in which somebody could act on a day, and the event that gave it. Both days included. */
export type Standing = {
  by: 'key' | 'grant' | 'delegation';
  id: string;
  actor: Actor;
  from: Day;
  to: Day | null;
  /** The keys by which it could be used; without one it opened nothing. */
  keys: readonly string[];
  event: { id: string; position: number };
};

type Given = Pick<StoredEvent, 'id' | 'position'>;
type Key = KeyState & { id: string };
type State = KeyState | HolderAccess | null;

const keyless = { unit: null, units: null, plans: null };

/** Every event of access by type; the compiler asks for each. */
const types: Record<(KeyEvent | HolderEvent)['type'], true> = {
  ...{ KeyIssued: true, KeyRevoked: true, AccessGranted: true, AccessRevoked: true },
  ...{ DelegationGiven: true, DelegationEnded: true },
};
export const accessEvents = Object.keys(types);

/**
 * Who could have acted on any past day, from the events alone. Access is never given from a day that has begun before, so
 * what came later changes nothing of it but the last day.
 */
export class AccessRecord {
  private readonly states = new Map<string, State>();
  private readonly given = new Map<string, Given>();

  apply({ stream, version, id, position, event }: StoredEvent): this {
    const before = this.states.get(stream) ?? null;
    this.states.set(stream, accessFold.evolve(before, event as never));
    this.given.set(`${stream}/${version}`, { id, position });
    return this;
  }

  /** All that stood on a day, if only for a part of it; by holder. */
  standingOn(day: Day, zone: string): Standing[] {
    const keys = [...this.keysOn(day, zone)];
    const holders = [...this.holders()].map(access => everOn(access, day));
    const found = [
      ...keys.map(key => this.ofKey(key, zone)),
      ...holders.flatMap(access => this.grantsOf(access, keys, day)),
      ...holders.flatMap(access => this.delegationsOf(access, keys, day)),
    ];
    const order = ({ actor, by, id }: Standing) => `${actor.id}\n${by}\n${id}`;
    return found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  private *keysOn(day: Day, zone: string): Generator<Key> {
    for (const [stream, state] of this.states) {
      if (!state || !('issuedOn' in state) || state.issuedOn > day) continue;
      const last = lastDayOf(state, zone);
      if (last === null || day <= last) yield { ...state, id: stream.slice('access-'.length) };
    }
  }

  private *holders(): Generator<HolderAccess> {
    for (const state of this.states.values()) if (state && 'grants' in state) yield state;
  }

  private ofKey(key: Key, zone: string): Standing {
    const { id, issuedOn: from } = key;
    const given = this.givenBy(`access-${id}/1`);
    return { by: 'key', id, actor: actorOf(key), from, to: lastDayOf(key, zone), keys: [id], event: given };
  }

  private grantsOf(access: HolderAccess, all: readonly Key[], day: Day): Standing[] {
    const { holder } = access;
    return access.grants
      .filter(({ from, to, revokedOn }) => isOn({ from, to, endedOn: revokedOn }, day))
      .map(grant => {
        const { n, role, from, to, revokedOn } = grant;
        const keys = all.filter(
          key => key.holder === holder && key.role === role && (!grant.unit || !key.unit),
        );
        const actor = actorOf({ holder, kind: keys[0]?.kind ?? 'person', role, ...keyless }, [grant]);
        return this.entry('grant', `${holder}/${n}`, { actor, from, to: earlier(to, revokedOn), keys });
      });
  }

  private delegationsOf(access: HolderAccess, all: readonly Key[], day: Day): Standing[] {
    const { holder: giver } = access;
    return access.delegations
      .filter(({ from, to, endedOn }) => isOn({ from, to, endedOn }, day))
      .flatMap(given => {
        const { n, delegate, role, from, to, endedOn } = given;
        const holdings = {
          keys: all.filter(({ holder }) => holder === giver),
          grants: grantsOn(access, role, day),
        };
        const actor = delegateOf(given, giver, holdings);
        const keys = all.filter(({ holder, kind }) => holder === delegate && kind === 'person');
        const days = { from, to: earlier(to, endedOn) };
        return actor ? [this.entry('delegation', `${giver}/${n}`, { actor, ...days, keys })] : [];
      });
  }

  private entry(
    by: 'grant' | 'delegation',
    id: string,
    { keys, ...rest }: Pick<Standing, 'actor' | 'from' | 'to'> & { keys: readonly Key[] },
  ): Standing {
    return { by, id, ...rest, keys: keys.map(key => key.id), event: this.givenBy(`access-holder/${id}`) };
  }

  private givenBy(entry: string): Given {
    return this.given.get(entry) ?? { id: '', position: 0 };
  }
}

type Span = { from: Day; to: Day | null; endedOn: Day | null };

// What was ended on the day could be used until then.
const isOn = ({ from, to, endedOn }: Span, day: Day) =>
  from <= day && (to === null || day <= to) && (endedOn === null || day <= endedOn);

/** The same as it was before it was ended on that day or later. */
function everOn(access: HolderAccess, day: Day): HolderAccess {
  const grants = access.grants.map(each => ({
    ...each,
    to: earlier(each.to, each.revokedOn),
    revokedOn: each.revokedOn !== null && each.revokedOn < day ? each.revokedOn : null,
  }));
  return { ...access, grants };
}

function earlier(one: Day | null, other: Day | null): Day | null {
  return one === null || (other !== null && other < one) ? other : one;
}

function lastDayOf({ revokedOn, expiresAt }: KeyState, zone: string): Day | null {
  const expires = expiresAt === null ? null : dayOf(new Date(Date.parse(expiresAt) - 1).toISOString(), zone);
  return earlier(expires, revokedOn);
}

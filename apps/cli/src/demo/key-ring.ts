import { type NewKey } from '@duban/access';
import { type Core, type Request } from '@duban/supervision';
import { createHash } from 'node:crypto';
import { officeOf, secondOf, type Who } from './script/act.js';
import { doubleRole } from './script/story.js';
import { patiently } from './patience.js';

/** Who sets the demo up; nobody's key, it never speaks over HTTP. */
export const demonstrator: Request = {
  actor: { id: 'demo:script', kind: 'machine', role: 'admin' },
  channel: 'demo',
};

/** Keys of the demo beside those of units and offices. */
export const adminKey = 'admin';
export const auditorKey = 'auditor';
export const schedulerKey = 'scheduler';
export const leaderOfPlace = (jurisdiction: string): Who => `leader:${jurisdiction}`;

/**
 * The keys of everyone in the demo, by name. A token follows from the seed number and the name: the doors printed at the
 * end are the same in every run, which is as well for a ledger that anybody may see.
 */
export class KeyRing {
  constructor(private readonly seed: number) {}

  tokenOf = (who: Who): string => {
    const secret = this.secretOf(who);
    const id = createHash('sha256').update(`duban key id ${secret}`).digest('hex').slice(0, 12);
    return `dbn_${id}_${secret}`;
  };

  /** Issues every key; those that there are already stay. */
  async issueAll(core: Core): Promise<void> {
    const keys = [...(await keysOf(core))];
    const abreast = 4;
    const issueSome = async () => {
      for (let next = keys.pop(); next; next = keys.pop()) {
        const [who, key] = next;
        await patiently(() => core.access.issue(demonstrator, key, this.secretOf(who)));
      }
    };
    await Promise.all(Array.from({ length: abreast }, issueSome));
  }

  private secretOf(who: Who): string {
    return createHash('sha256').update(`duban demo ${this.seed} ${who}`).digest('base64url');
  }
}

async function keysOf(core: Core): Promise<Map<Who, NewKey>> {
  const { units } = await patiently(() => core.reader.directory());
  const plans = await patiently(() => core.reader.plans());
  const person = (holder: string) => ({ holder: `person:${holder}`, kind: 'person' as const });
  const machine = (holder: string) => ({ holder: `system:${holder}`, kind: 'machine' as const });
  const keys = new Map<Who, NewKey>([
    [adminKey, { ...person('admin'), role: 'admin' }],
    [auditorKey, { ...person('auditor'), role: 'auditor' }],
    [schedulerKey, { ...machine('scheduler'), role: 'scheduler' }],
  ]);
  for (const unit of units.keys()) keys.set(unit, { ...person(`${unit}/liaison`), role: 'unit', unit });
  for (const { code, office: unit } of plans) {
    const office = { role: 'office' as const, unit, plans: [code] };
    keys.set(officeOf(code), { ...person(`${unit}/office-${code}`), ...office });
    keys.set(secondOf(code), { ...person(`${unit}/office-${code}/second`), ...office });
    if (code === '004') keys.set(doubleRole, { ...person(`${unit}/liaison`), ...office });
  }
  for (const place of new Set(plans.map(({ jurisdiction }) => jurisdiction))) {
    const codes = plans.filter(({ jurisdiction }) => jurisdiction === place).map(({ code }) => code);
    keys.set(leaderOfPlace(place), { ...person(`${place}/in_charge`), role: 'leader', plans: codes });
  }
  return keys;
}

import { addDays, createCalendar, daysBetween } from '@duban/calendar';
import { type Obligation } from '@duban/ledger';
import { firstVersions, type Policies } from '@duban/policy';
import { adopted } from '../../policy/src/policy-examples.js';
import fc from 'fast-check';
import { mayBeReminded, nextDay, nextStage, rungsOf, type StageKey } from './ladder.js';
import { obligation } from './obligation-example.js';

const calendar = createCalendar();
const first: Policies = new Map();
const ladder = (of: Obligation) =>
  rungsOf(of, first, calendar).map(({ stage: { name }, on }) => `${name} ${on}`);
const next = (of: Obligation, today: string, issued: readonly StageKey[] = []) =>
  nextStage(of, first, issued, today, calendar);
const nameOn = (of: Obligation, today: string, issued?: readonly StageKey[]) =>
  next(of, today, issued)?.stage.name ?? null;
const issued = (...stages: string[]) => stages.map(stage => ({ stage, dueVersion: 1 }));

/** What goes out from day to day, when the sweep runs each day on which it is told to look, or as `runs` says. */
function messages(
  on: (day: string) => Obligation,
  from: string,
  to: string,
  runs: (day: string) => boolean = () => true,
) {
  const sent: { on: string; stage: string; skipped: readonly string[] }[] = [];
  const keys: StageKey[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const stage = runs(day) ? next(on(day), day, keys) : null;
    if (!stage) continue;
    keys.push({ stage: stage.stage.name, dueVersion: on(day).due.version });
    sent.push({ on: day, stage: stage.stage.name, skipped: stage.skipped });
  }
  return sent;
}

// Due on 31 July 2023: −10 is 17 July, −5 is 24 July, −3 is 26 July.
describe('a policy that was adopted', () => {
  const task = firstVersions.reminder.ladders.task_due;
  const five = { ...task, stages: [{ offset: -5, to: ['holders' as const] }, ...task.stages.slice(2)] };
  const content = { ladders: { ...firstVersions.reminder.ladders, task_due: five } };
  const from = (day: string, on: string) => adopted('reminder', { on, from: day, content });
  const rungs = (policies: Policies, of = obligation()) =>
    rungsOf(of, policies, calendar)
      .slice(0, 4)
      .map(({ stage: { name }, on, policy }) => `${name} ${on} ${policy}`);
  const said = (policies: Policies, issued: readonly StageKey[], today: string) =>
    nextStage(obligation(), policies, issued, today, calendar)?.stage.name ?? null;

  it('holds for what is due from its first day on, whole', () => {
    expect(rungs(from('2023-07-31', '2023-06-30'))).toEqual([
      ...['-5 2023-07-24 reminder@2', '0 2023-07-31 reminder@2'],
      ...['+1 2023-08-01 reminder@2', '+5 2023-08-07 reminder@2'],
    ]);
    expect(rungs(from('2023-08-01', '2023-06-30'))).toEqual([
      ...['-10 2023-07-17 reminder@1', '-3 2023-07-26 reminder@1'],
      ...['0 2023-07-31 reminder@1', '+1 2023-08-01 reminder@1'],
    ]);
    expect(
      rungsOf(obligation({ kind: 'receipt' }), from('2023-07-01', '2023-06-30'), calendar)[0],
    ).toMatchObject({
      ...{ stage: { name: '0' }, policy: 'reminder@2' }, // a ladder that it leaves as it was
    });
  });

  it('leaves what went out before, and makes up for nothing', () => {
    const late = from('2023-07-26', '2023-07-25'); // ten days were said, five were not, three no longer are
    expect(rungs(late).slice(0, 2)).toEqual(['-10 2023-07-17 reminder@1', '0 2023-07-31 reminder@2']);
    expect(said(late, issued('-10'), '2023-07-26')).toBeNull();
    expect(said(late, [], '2023-07-26')).toBe('-10'); // nobody had looked yet
    const inTime = from('2023-07-18', '2023-07-17');
    expect(said(inTime, issued('-10'), '2023-07-18')).toBeNull();
    expect(said(inTime, issued('-10'), '2023-07-24')).toBe('-5');
    const afterIt = from('2023-07-27', '2023-07-26');
    expect(said(afterIt, issued('-10', '-3'), '2023-07-27')).toBeNull();
  });

  it('never says a stage twice, nor two on one day, whenever it is adopted', () => {
    const day = fc.integer({ min: 0, max: 60 }).map(days => addDays('2023-06-20', days));
    const ladder = fc
      .uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 8 })
      .map(offsets => offsets.sort((a, b) => a - b).map(offset => ({ offset, to: ['holders' as const] })));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), ladder, (on, later, stages) => {
        const task_due = { stages };
        const other = { ladders: { ...content.ladders, task_due } };
        const policies = adopted('reminder', { on, from: addDays(on, later), content: other });
        const keys: StageKey[] = [];
        for (let today = '2023-06-20'; today <= '2023-10-01'; today = addDays(today, 1)) {
          const known: Policies = today > on ? policies : first; // adopted after the day's messages went out
          const stage = nextStage(obligation(), known, keys, today, calendar);
          if (stage) keys.push({ stage: stage.stage.name, dueVersion: 1 });
          expect(nextStage(obligation(), known, keys, today, calendar)).toBeNull();
        }
        const names = keys.map(({ stage }) => stage);
        expect(new Set(names).size).toBe(names.length);
        const places = names.map(Number);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the ladder', () => {
  it('of a task has ten, three and no workdays before, one and five after, then six more', () => {
    expect(ladder(obligation())).toEqual([
      ...['-10 2023-07-17', '-3 2023-07-26', '0 2023-07-31', '+1 2023-08-01', '+5 2023-08-07'],
      ...['+10 2023-08-14', '+15 2023-08-21', '+20 2023-08-28'],
      ...['+25 2023-09-04', '+30 2023-09-11', '+35 2023-09-18'],
    ]);
  });

  it('of a quarter begins with its announcement', () => {
    const report = obligation({
      kind: 'report',
      period: '2023Q2',
      openedOn: '2023-06-30',
      due: { on: '2023-07-07' },
    });
    expect(ladder(report).slice(0, 5)).toEqual([
      'opening 2023-07-03',
      '-3 2023-07-04',
      '0 2023-07-07',
      '+1 2023-07-10',
      '+5 2023-07-14',
    ]);
  });

  it('of a half-year due on a Saturday speaks on the Friday and the Monday', () => {
    const half = obligation({
      kind: 'submission',
      period: '2023H1',
      openedOn: '2023-06-30',
      due: { on: '2023-07-15' },
    });
    expect(ladder(half).slice(1, 5)).toEqual([
      '-3 2023-07-12',
      '0 2023-07-14',
      '+1 2023-07-17',
      '+5 2023-07-21',
    ]);
  });

  it('of a year that ends on a Sunday ends on the Friday', () => {
    const year = obligation({ due: { on: '2023-12-31' } });
    expect(ladder(year).slice(2, 4)).toEqual(['0 2023-12-29', '+1 2024-01-02']);
  });

  it('of a receipt has three stages', () => {
    const receipt = obligation({ kind: 'receipt', due: { on: '2023-04-24' } });
    expect(ladder(receipt)).toEqual(['0 2023-04-24', '+1 2023-04-25', '+5 2023-05-04']);
  });

  it('of a decision on more time reaches the leader (asked on 28 July, wanted on 2 August)', () => {
    const decision = obligation({
      kind: 'extension_decision',
      openedOn: '2023-07-28',
      due: { on: '2023-08-02', since: '2023-07-28' },
    });
    const told = rungsOf(decision, first, calendar).map(({ stage, on }) => `${on} ${stage.to.join()}`);
    expect(told.slice(0, 4)).toEqual([
      '2023-08-02 office',
      '2023-08-03 head',
      '2023-08-09 leader',
      '2023-08-16 leader',
    ]);
  });

  it('has nothing before it was owed', () => {
    expect(ladder(obligation({ openedOn: '2023-07-20' }))[0]).toBe('-3 2023-07-26');
    expect(ladder(obligation({ due: { since: '2023-07-31' } }))[0]).toBe('0 2023-07-31');
    const figure = obligation({
      kind: 'value',
      period: '2023H1',
      availableOn: '2023-07-31',
      openedOn: '2023-06-30',
    });
    expect(ladder(figure)[0]).toBe('0 2023-07-31');
  });

  it('announces a round that was opened late on that day', () => {
    const late = obligation({
      kind: 'report',
      period: '2023Q2',
      openedOn: '2023-07-05',
      due: { on: '2023-07-07' },
    });
    expect(ladder(late).slice(0, 2)).toEqual(['opening 2023-07-05', '0 2023-07-07']);
  });
});

describe('what goes out', () => {
  it('is each stage on its day, once', () => {
    const sent = messages(() => obligation(), '2023-04-20', '2023-12-31');
    expect(sent.map(({ on, stage }) => `${stage} ${on}`)).toEqual(ladder(obligation()));
  });

  it('is after an outage the highest stage alone, with those that it stands for', () => {
    expect(next(obligation(), '2023-07-27')).toMatchObject({ stage: { name: '-3' }, skipped: ['-10'] });
    expect(next(obligation(), '2023-08-09', issued('-10'))).toMatchObject({
      stage: { name: '+5' },
      skipped: ['-3', '0', '+1'],
    });
    expect(nameOn(obligation(), '2023-08-09', issued('+5'))).toBeNull();
  });

  it('is no reminder of a day that is over', () => {
    const saturday = obligation({ due: { on: '2023-07-15' } });
    expect(nameOn(saturday, '2023-07-14', issued('-10', '-3'))).toBe('0');
    expect(nameOn(saturday, '2023-07-15', issued('-10', '-3'))).toBeNull();
    expect(nameOn(saturday, '2023-07-17', issued('-10', '-3'))).toBe('+1');
  });

  it('is nothing on a rest day', () => {
    expect(nameOn(obligation(), '2023-08-05')).toBeNull();
    expect(nameOn(obligation({ due: { on: '2023-10-06' } }), '2023-10-07')).toBe('+1'); // a Saturday that works
  });

  it('begins anew with a new due day, from when it was set', () => {
    const granted = obligation({ due: { on: '2023-09-15', version: 2, since: '2023-08-08' } });
    const sent = messages(day => (day < '2023-08-08' ? obligation() : granted), '2023-07-31', '2023-09-15');
    expect(sent.map(({ on, stage }) => `${stage} ${on}`)).toEqual([
      '0 2023-07-31',
      '+1 2023-08-01',
      '+5 2023-08-07',
      '-10 2023-09-01',
      '-3 2023-09-12',
      '0 2023-09-15',
    ]);
  });

  it('restarts at +1 on the workday after a refusal and never jumps (001/1)', () => {
    const asked = obligation({
      tolled: { from: '2023-07-28', until: '2023-08-18' },
      due: { countsFrom: '2023-08-18' },
    });
    const refused = obligation({ due: { countsFrom: '2023-08-08' } });
    const sent = messages(
      day => (day < '2023-07-28' ? obligation() : day < '2023-08-08' ? asked : refused),
      '2023-07-24',
      '2023-08-16',
    );
    expect(sent).toEqual([
      { on: '2023-07-24', stage: '-10', skipped: [] },
      { on: '2023-07-26', stage: '-3', skipped: [] },
      { on: '2023-08-09', stage: '+1', skipped: ['0'] },
      { on: '2023-08-15', stage: '+5', skipped: [] },
    ]);
  });

  it.each<[string, Partial<Obligation>]>([
    ['handed in', { handedIn: { on: '2023-07-28', by: null, ref: { stream: 'task-004:3.1', type: 'X' } } }],
    ['accepted', { settledOn: '2023-07-28' }],
    ['suspended', { silenced: 'suspended' }],
    ['exempt', { silenced: 'exempt' }],
    ['cancelled', { silenced: 'cancelled' }],
    ['waived', { silenced: 'waived' }],
    ['before the plan', { silenced: 'before_plan' }],
    ['of a closed plan', { silenced: 'closed' }],
    ['tolled', { tolled: { from: '2023-07-28', until: '2023-08-18' } }],
    ['not published yet', { availableOn: '2023-08-30' }],
    ['not opened yet', { openedOn: '2023-09-01' }],
  ])('is nothing while it is %s', (_, parts) => {
    expect(nameOn(obligation(parts), '2023-08-07')).toBeNull();
  });
});

describe('when to look again', () => {
  const look = (of: Obligation, today: string, keys: readonly StageKey[] = []) =>
    nextDay(of, first, keys, today, calendar);

  it('is the day of the next stage, or today when one is due', () => {
    expect(look(obligation(), '2023-04-20')).toBe('2023-07-17');
    expect(look(obligation(), '2023-07-17')).toBe('2023-07-17');
    expect(look(obligation(), '2023-07-17', issued('-10'))).toBe('2023-07-26');
    expect(look(obligation(), '2023-08-05')).toBe('2023-08-07');
  });

  it('is the day on which silence ends by itself, or never', () => {
    expect(look(obligation({ tolled: { from: '2023-07-28', until: '2023-08-18' } }), '2023-08-01')).toBe(
      '2023-08-21',
    );
    expect(look(obligation({ silenced: 'suspended' }), '2023-08-01')).toBeNull();
    expect(look(obligation(), '2024-01-02', issued('+35'))).toBeNull();
  });
});

describe('every ladder', () => {
  const start = '2023-01-02';
  const day = (most: number) => fc.integer({ min: 0, max: most }).map(days => addDays(start, days));
  const anyObligation = fc
    .record({
      kind: fc.constantFrom('task_due' as const, 'report' as const, 'receipt' as const, 'review' as const),
      openedOn: day(120),
      due: fc.integer({ min: 0, max: 200 }),
      tolled: fc.option(fc.record({ from: day(200), days: fc.integer({ min: 0, max: 21 }) })),
      period: fc.constantFrom('2023Q1', '2023H1', null),
    })
    .map(({ kind, openedOn, due, tolled, period }) =>
      obligation({
        ...{ kind, openedOn, period },
        due: { on: addDays(openedOn, due) },
        tolled: tolled && { from: tolled.from, until: addDays(tolled.from, tolled.days) },
      }),
    );

  it('says each stage once, upwards, on workdays, and only what is owed, whatever days the sweep runs on', () =>
    fc.assert(
      fc.property(anyObligation, fc.array(fc.boolean(), { minLength: 30, maxLength: 60 }), (of, pattern) => {
        const runs = (today: string) => pattern[daysBetween(start, today) % pattern.length] ?? true;
        const sent = messages(() => of, start, '2024-03-31', runs);
        const order = ladder(of).map(rung => rung.split(' ')[0]);
        const places = sent.map(({ stage }) => order.indexOf(stage));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        for (const { on } of sent) {
          expect(calendar.isWorkday(on) && on >= of.openedOn && mayBeReminded(of, on)).toBe(true);
        }
        const said = sent.flatMap(({ stage, skipped }) => [...skipped, stage]);
        expect(new Set(said).size).toBe(said.length);
      }),
      { numRuns: 200 },
    ));

  it('looks today exactly when something is due, and otherwise later and never too late', () =>
    fc.assert(
      fc.property(anyObligation, day(400), fc.integer({ min: 0, max: 11 }), (of, today, count) => {
        const keys = issued(
          ...ladder(of)
            .slice(0, count)
            .map(rung => rung.split(' ')[0] ?? ''),
        );
        const look = nextDay(of, first, keys, today, calendar);
        if (next(of, today, keys)) return expect(look).toBe(today);
        const until = look ?? '2024-06-30';
        expect(until > today).toBe(true);
        for (let later = addDays(today, 1); later < until; later = addDays(later, 1)) {
          expect(next(of, later, keys)).toBeNull();
        }
      }),
      { numRuns: 200 },
    ));
});

import { finance, type Got, place, science } from './support/api.js';
import { interleavings, RaceTrack, type Racers, seeds } from './support/races/race-track.js';

// Two processes, one database: whatever comes in between, one outcome, and every answer says what the record says.

const period = '2023Q2';
let track: RaceTrack;

const code = (race: string, seed: number) => `${race}${seed}`;
const merging = (seed: number) => `${place}:局${seed}`;
const round = (plan: string) => `/v1/rounds/${plan}:${period}`;
const form = (plan: string) => `${round(plan)}/submissions/${science}`;
const filled = (plan: string, ...more: object[]) => ({
  items: [{ task: `${plan}:1`, percent: 60, note: '推进中' }, ...more],
  summary: '总结',
});

beforeAll(async () => {
  track = await RaceTrack.open();
  await inBatches(async seed => {
    await track.register(merging(seed));
    await track.issueKey(merging(seed), { kind: 'person', role: 'unit', unit: merging(seed) });
    await Promise.all([
      track.plan(code('leads', seed), [science, finance]),
      track.plan(code('closing', seed), [science]),
      track.plan(code('merger', seed), [merging(seed)]),
      track.plan(code('correction', seed), [science], '2023-12-31', { providers: [finance] }),
      track.plan(code('completion', seed), [science]),
      track.plan(code('submission', seed), [science], '2023-12-31', {}),
    ]);
  });
  await track.moveTo('2023-07-03');
  await inBatches(async seed => {
    for (const race of ['closing', 'correction', 'submission']) await track.round(code(race, seed));
    await reportValue(code('correction', seed));
    const evidence = [{ title: '佐证材料', url: 'https://example.org/1' }];
    const completed = { summary: '完成', evidence };
    const completion = `/v1/tasks/${code('completion', seed)}:1/completions`;
    await track.done({ who: 'science', path: completion, body: completed });
    const plan = code('submission', seed);
    const body = filled(plan, { indicator: `${plan}:i1`, value: 710 });
    await track.done({ who: 'science', path: `${form(plan)}/hand-in`, body });
  });
  await track.moveTo('2023-07-06');
}, 240_000);
afterAll(() => track.close());

async function reportValue(plan: string): Promise<void> {
  const path = `/v1/indicators/${plan}:i1`;
  await track.done({ who: 'finance', path: `${path}/values`, body: { period, value: 710 } });
  await track.done({ who: 'office', path: `${path}/confirmations`, body: { period } });
}

/** For all seeds, some at a time. */
async function inBatches(act: (seed: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < seeds.length; from += 10)
    await Promise.all(seeds.slice(from, from + 10).map(act));
}

type Standing = { type: string; version: number; position: number; data: Record<string, unknown> };

async function recorded(stream: string, ...types: string[]): Promise<Standing[]> {
  const events = await track.events(stream);
  return events
    .filter(({ type }) => types.includes(type))
    .map(({ type, version, position, event }) => ({
      ...{ type, version, position },
      data: event as unknown as Record<string, unknown>,
    }));
}

const said = ({ status, body }: Got): [number, string] => [
  status,
  (body.code as string | undefined) ?? (body.events as string[]).join(' '),
];

/** Runs every interleaving; `outcome` throws or says which of the allowed outcomes it was. Each of them occurs. */
async function runAll(
  race: string,
  racers: (seed: number) => Racers,
  outcome: (seed: number, answers: readonly [Got, Got]) => Promise<string>,
): Promise<void> {
  const outcomes: Record<string, number> = {};
  for (const seed of seeds) {
    const answers = await track.race(seed, racers(seed));
    const told = answers.map(said);
    try {
      expect(told.filter(([status]) => status >= 500)).toEqual([]);
      const name = await outcome(seed, answers);
      outcomes[name] = (outcomes[name] ?? 0) + 1;
    } catch (error) {
      throw new Error(`DUBAN_RACE_SEED=${seed}, answered ${JSON.stringify(told)}`, { cause: error });
    }
  }
  process.stderr.write(`${race}: ${interleavings} interleavings, ${JSON.stringify(outcomes)}\n`);
  if (interleavings >= 20) expect(Object.keys(outcomes).length).toBeGreaterThan(1);
}

/** One answer says what was recorded, and where; the other one says that somebody was first. */
function oneWon(
  answers: readonly [Got, Got],
  won: Standing | undefined,
  refusals: readonly string[],
): number {
  const winner = answers.findIndex(({ status }) => status === 201);
  const { position } = won!;
  expect(answers[winner]?.body).toMatchObject({ position, events: expect.arrayContaining([won!.type]) });
  expect(refusals).toContain(said(answers[1 - winner]!)[1]);
  expect(answers[1 - winner]?.status).toBe(409);
  return winner;
}

describe(`${interleavings} interleavings of each race (DUBAN_RACES)`, () => {
  it('two leads report: one report stands, and the other lead hears of it', async () => {
    const report = (who: string, seed: number) => ({
      ...{ who, path: `/v1/tasks/${code('leads', seed)}:1/reports` },
      body: { period, summary: `${who} 推进` },
    });
    await runAll(
      'two leads',
      seed => [report('science', seed), report('finance', seed)],
      async (seed, answers) => {
        const reports = await recorded(`task-${code('leads', seed)}:1`, 'ProgressReported');
        expect(reports).toHaveLength(1);
        const winner = oneWon(answers, reports[0], ['already_reported', 'version_conflict']);
        const names = ['science', 'finance'];
        expect(reports[0]!.data['reporter']).toBe(names[winner]);
        const again = await track.send(report(names[1 - winner]!, seed));
        expect(said(again)).toEqual([409, 'already_reported']);
        return names[winner]!;
      },
    );
  });

  it('a hand-in and the closing of its round: closed over what was not there, or not over what was', async () => {
    const accepting = (seed: number) => ['not_handed_in', ...(seed % 2 ? ['unreviewed'] : [])];
    await runAll(
      'hand-in and close',
      seed => [
        {
          who: 'science',
          path: `${form(code('closing', seed))}/hand-in`,
          body: filled(code('closing', seed)),
        },
        {
          ...{ who: 'office', path: `${round(code('closing', seed))}/close` },
          body: { accepted: accepting(seed), reason: '按期关闭' },
        },
      ],
      async (seed, [handing, closing]) => {
        const plan = code('closing', seed);
        const [handIn] = await recorded(`submission-${plan}:${period}/${science}`, 'SubmissionHandedIn');
        const [closed] = await recorded(`round-${plan}:${period}`, 'RoundClosed');
        expect(handing.status).toBe(201);
        expect(handing.body.position).toBeGreaterThanOrEqual(handIn!.position);
        if (!closed) {
          expect(said(closing)).toEqual([409, 'round_open_blockers']);
          expect(accepting(seed)).not.toContain('unreviewed');
          expect(handIn!.data['afterClose']).toBeUndefined();
          return 'not closed';
        }
        expect(closing.body).toMatchObject({ position: closed.position, events: ['RoundClosed'] });
        const isAfter = handIn!.position > closed.position;
        expect(handIn!.data['afterClose']).toBe(isAfter || undefined);
        expect(closed.data['accepted']).toEqual([isAfter ? 'not_handed_in' : 'unreviewed']);
        return isAfter ? 'closed first' : 'handed in first';
      },
    );
  });

  it('a merger and a report of the unit that ends: reported before, or not at all', async () => {
    await runAll(
      'merger and report',
      seed => [
        {
          ...{ who: 'admin', path: `/v1/units/${merging(seed)}/merger` },
          body: { into: science, from: '2023-07-06' },
        },
        {
          ...{ who: merging(seed), path: `/v1/tasks/${code('merger', seed)}:1/reports` },
          body: { period, summary: '推进' },
        },
      ],
      async (seed, [merger, report]) => {
        const [merged] = await recorded(`unit-${merging(seed)}`, 'UnitMerged');
        const [reported] = await recorded(`task-${code('merger', seed)}:1`, 'ProgressReported');
        expect(merger.body).toMatchObject({ position: merged!.position, events: ['UnitMerged'] });
        if (!reported) {
          expect(said(report)[1]).toBe('unit_ended');
          return 'merged first';
        }
        expect(report.body.position).toBe(reported.position);
        expect(reported.position).toBeLessThan(merged!.position);
        return 'reported first';
      },
    );
  });

  it('a correction and the closing of its round: it stands in the edition, or beside it', async () => {
    const after = new Map<number, number | null>();
    await runAll(
      'correction and close',
      seed => [
        {
          ...{ who: 'finance', path: `/v1/indicators/${code('correction', seed)}:i1/corrections` },
          body: { period, value: 712, reason: '口径', basis: '年报' },
        },
        {
          ...{ who: 'office', path: `${round(code('correction', seed))}/close` },
          body: { accepted: ['not_handed_in', 'unreviewed'], reason: '按期关闭' },
        },
      ],
      async (seed, [correcting, closing]) => {
        const plan = code('correction', seed);
        const [corrected] = await recorded(`indicator-${plan}:i1`, 'ValueCorrected');
        const [closed] = await recorded(`round-${plan}:${period}`, 'RoundClosed');
        expect(correcting.body).toMatchObject({ position: corrected!.position, events: ['ValueCorrected'] });
        expect(closing.body).toMatchObject({ position: closed!.position, events: ['RoundClosed'] });
        const isAfter = corrected!.position > closed!.position;
        expect(closed!.data['accepted']).toEqual(
          isAfter ? ['not_handed_in'] : ['not_handed_in', 'unreviewed'],
        );
        after.set(seed, isAfter ? corrected!.version : null);
        return isAfter ? 'closed first' : 'corrected first';
      },
    );
    const rounds = [...after.keys()].map(seed => `${code('correction', seed)}:${period}`);
    const editions = await track.editions(rounds);
    const told = { unit: finance, from: 710, to: 712 };
    for (const [nth, version] of [...after.values()].entries()) {
      const { edition, corrections } = editions[nth]!;
      const [figure] = edition.indicators;
      if (version === null) {
        expect([figure?.actual, figure?.pending]).toEqual([710, [expect.objectContaining(told)]]);
        expect(corrections).toEqual([]);
      } else {
        expect([figure?.actual, figure?.pending]).toEqual([710, undefined]);
        const cause = `indicator-${edition.plan}:i1@${version}`;
        expect(corrections).toMatchObject([{ ...told, cause, n: 1, how: 'corrected', pending: true }]);
      }
    }
  });

  it('two reviewers of a completion: one verdict', async () => {
    const path = (seed: number) => `/v1/tasks/${code('completion', seed)}:1/reviews`;
    await runAll(
      'two reviewers of a completion',
      seed => [
        { who: 'office', path: path(seed), body: { verdict: 'accept' } },
        {
          ...{ who: 'second office', path: path(seed) },
          body: { verdict: 'return', reasons: ['缺佐证'], reworkBy: '2023-07-14' },
        },
      ],
      async (seed, answers) => {
        const stream = `task-${code('completion', seed)}:1`;
        const verdicts = await recorded(stream, 'CompletionAccepted', 'CompletionReturned');
        expect(verdicts).toHaveLength(1);
        const winner = oneWon(answers, verdicts[0], ['completion_reviewed', 'version_conflict']);
        expect(verdicts[0]!.data['by']).toBe(['office', 'second office'][winner]);
        return verdicts[0]!.type;
      },
    );
  });

  it('two reviewers of a submission: one verdict, and its figure is confirmed with it or not', async () => {
    await runAll(
      'two reviewers of a submission',
      seed => [
        { who: 'office', path: `${form(code('submission', seed))}/acceptance` },
        {
          ...{ who: 'second office', path: `${form(code('submission', seed))}/return` },
          body: {
            reasons: [{ item: `${code('submission', seed)}:1`, reason: '补充' }],
            reworkBy: '2023-07-14',
          },
        },
      ],
      async (seed, answers) => {
        const plan = code('submission', seed);
        const stream = `submission-${plan}:${period}/${science}`;
        const verdicts = await recorded(stream, 'SubmissionAccepted', 'SubmissionReturned');
        const confirmed = await recorded(`indicator-${plan}:i1`, 'ValueConfirmed');
        expect(verdicts).toHaveLength(1);
        const winner = answers.findIndex(({ status }) => status === 201);
        expect(answers[winner]!.body.events[0]).toBe(verdicts[0]!.type);
        expect(answers[1 - winner]!.status).toBe(409);
        expect(verdicts[0]!.data['by']).toBe(['office', 'second office'][winner]);
        expect(confirmed).toHaveLength(winner === 0 ? 1 : 0);
        return verdicts[0]!.type;
      },
    );
  });

  it('leaves a record in which nothing is wrong', async () => {
    expect(await track.faults()).toEqual([]);
  });
});

import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import { inForce, versionsOf } from './in-force.js';
import { policyDecider } from './policy.js';
import { adopted, adopting } from './policy-examples.js';
import { type PolicyEvent } from './policy-model.js';

const actor = { id: 'person:chief', kind: 'person', role: 'office', plans: ['*'] } as const;
const now = { now: '2023-06-20T02:00:00.000Z', today: '2023-06-20', calendar: createCalendar(), actor };
const given = specFor(policyDecider, now);
const stricter = { onTrack: 0.95, behind: 0.85, points: 1, places: 2, tolerance: 5 };
const light2: PolicyEvent = {
  ...{ type: 'PolicyAdopted', kind: 'light', version: 2, from: '2023-07-01', content: stricter },
  ...{ reason: '会议议定', paper: null, by: 'person:chief', on: '2023-06-20' },
};

describe('adopting a policy', () => {
  it('records the whole of what holds: what was left out stands as in the version before', () => {
    given()
      .when(adopting('light', { behind: 0.85 }))
      .then(light2);
    given(light2)
      .when(adopting('light', { points: 2 }, { version: 3, from: '2023-10-01' }))
      .then({ ...light2, version: 3, from: '2023-10-01', content: { ...stricter, points: 2 } });
  });

  it('is recorded once when retried', () =>
    given(light2)
      .when(adopting('light', { behind: 0.85 }))
      .thenNothing());

  it('never changes a version that is there, the built-in one neither', () => {
    for (const other of [{ behind: 0.9 }, {}])
      given(light2).when(adopting('light', other)).thenRejected('policy_in_use', { policy: 'light@2' });
    given(light2)
      .when(adopting('light', { behind: 0.85 }, { from: '2023-08-01' }))
      .thenRejected('policy_in_use');
    given()
      .when(adopting('light', { behind: 0.85 }, { version: 1 }))
      .thenRejected('policy_in_use', { policy: 'light@1' });
  });

  it('is of the next version, with a reason, from tomorrow at the earliest', () => {
    given()
      .when(adopting('light', {}, { version: 3 }))
      .thenRejected('policy_version_skipped', { version: 3, next: 2 });
    given()
      .when(adopting('light', {}, { reason: '  ' }))
      .thenRejected('reason_needed');
    for (const from of ['2023-06-19', '2023-06-20'])
      given()
        .when(adopting('light', {}, { from }))
        .thenRejected('policy_from_past');
    given()
      .when(adopting('light', { behind: 0.85 }, { from: '2023-06-21' }))
      .then({ ...light2, from: '2023-06-21' });
  });

  it('names who decided, of a machine for whom it acts', () =>
    given()
      .when(adopting('light', { behind: 0.85 }), { actor: { ...actor, kind: 'machine', actingFor: 'p-7' } })
      .then({ ...light2, by: 'p-7' }));
});

describe('what a version may hold', () => {
  const faults = (kind: Parameters<typeof adopting>[0], content: object) => {
    try {
      policyDecider.decide(null, adopting(kind, content), now);
      return [];
    } catch (error) {
      const { errors = [] } = error as { errors?: { pointer: string; code: string }[] };
      return errors.map(({ pointer, code }) => `${pointer} ${code}`);
    }
  };
  const stage = (offset: unknown, ...to: unknown[]) => ({ offset, to });
  const report = (stages: unknown, then?: unknown) => ({
    ladders: { report: { stages, ...(then !== undefined && { then }) } },
  });
  const at = '/content/ladders/report';

  it.each([
    ['light', { behind: 0.96 }, ['/content/behind max']], // above on track
    ['light', { onTrack: 1.2, points: -1 }, ['/content/onTrack max', '/content/points min']],
    [
      'light',
      { tolerance: '5', colour: 'red' },
      ['/content/colour unknown_field', '/content/tolerance is_number'],
    ],
    ['score', { minimum: 0 }, ['/content/minimum min']],
    ['score', { minimum: 2.5, areas: [] }, ['/content/minimum is_int', '/content/areas array_min_size']],
    ['score', { areas: ['delivery', 'office'] }, ['/content/areas is_in']],
    ['score', { areas: ['delivery', 'delivery'] }, ['/content/areas array_unique']],
    [
      'round',
      { reviewWorkdays: 0, halfYearCoversQuarter: 'no' },
      ['/content/reviewWorkdays min', '/content/halfYearCoversQuarter is_boolean'],
    ],
    ['date', { tollingWorkdays: 4 }, ['/content/tollingWorkdays min']], // shorter than a contest may wait
    ['date', { receiptWorkdays: 61 }, ['/content/receiptWorkdays max']],
    ['date', { 'a/b~': 1 }, ['/content/a~1b~0 unknown_field']],
    ['reminder', { ladders: [] }, ['/content/ladders is_object']],
    ['reminder', { ladders: { holiday: {} } }, ['/content/ladders/holiday unknown_field']],
    ['reminder', { ladders: { report: null } }, [`${at} is_object`]],
    ['reminder', report([]), [`${at}/stages array_min_size`]],
    [
      'reminder',
      report([stage(0, 'holders'), stage(-3, 'holders')]),
      [`${at}/stages/1/offset stages_out_of_order`],
    ],
    [
      'reminder',
      report([stage(0, 'holders'), stage(0, 'head')]),
      [`${at}/stages/1/offset stages_out_of_order`],
    ],
    [
      'reminder',
      report([stage(0, 'holders'), stage('opening', 'holders')]),
      [`${at}/stages/1/offset stages_out_of_order`],
    ],
    ['reminder', report([stage(-61, 'holders')]), [`${at}/stages/0/offset min`]],
    [
      'reminder',
      report([stage('later', 'mayor')]),
      [`${at}/stages/0/offset is_number`, `${at}/stages/0/to is_in`],
    ],
    ['reminder', report([stage(0)]), [`${at}/stages/0/to array_min_size`]],
    [
      'reminder',
      report([stage(0, 'holders')], { every: 0, times: 99, to: 'office' }),
      [`${at}/then/every min`, `${at}/then/times max`, `${at}/then/to is_array`],
    ],
    [
      'reminder',
      report([stage('opening', 'holders')], { every: 5, times: 2, to: ['head'] }),
      [`${at}/then not_beside`],
    ],
  ] as const)('%s %j: %j', (kind, content, expected) => expect(faults(kind, content)).toEqual(expected));

  it('takes ladders one by one', () => {
    expect(faults('reminder', report([stage('opening', 'holders'), stage(-5, 'holders')]))).toEqual([]);
    const change = adopting('reminder', report([stage(-5, 'holders')]));
    const [event] = policyDecider.decide(null, change, now);
    const { ladders } = event!.content as unknown as {
      ladders: Record<string, { stages: { offset: unknown }[] }>;
    };
    expect(ladders['report']!.stages).toEqual([{ offset: -5, to: ['holders'] }]);
    expect(ladders['task_due']!.stages.map(({ offset }) => offset)).toEqual([-10, -3, 0, 1, 5]);
  });
});

describe('the version in force', () => {
  const none = new Map();
  const content = { minimum: 5, areas: ['delivery'] as const };
  const two = adopted(
    'score',
    { on: '2023-06-20', from: '2023-07-01', content },
    { on: '2023-06-25', from: '2023-06-28', content: { ...content, minimum: 4 } },
  );

  it('is the built-in one when nothing was adopted, as it always was', () => {
    expect(inForce(none, 'score', '2023-06-30')).toEqual({
      ...{ name: 'score@1', version: 1, from: null, adopted: null },
      content: { minimum: 3, areas: ['delivery', 'reporting'] },
    });
    expect(inForce(none, 'date', '2023-06-30').content).toEqual({
      ...{ receiptWorkdays: 3, contestWorkdays: 5, contestDecisionWorkdays: 5, decisionWorkdays: 3 },
      ...{ tollingWorkdays: 15, assignLeadWorkdays: 10, valueReworkWorkdays: 3 },
    });
    expect(inForce(none, 'round', '2023-06-30').content).toEqual({
      ...{ dueWorkdays: 5, reviewWorkdays: 5, readingWorkdays: 5, restatementWorkdays: 10 },
      halfYearCoversQuarter: true,
    });
    expect(inForce(none, 'light', '2023-06-30').content).toEqual({ ...stricter, behind: 0.8 });
  });

  it('is the last one adopted whose first day has come', () => {
    const days = ['2023-06-27', '2023-06-28', '2023-07-01'];
    expect(days.map(day => inForce(two, 'score', day).name)).toEqual(['score@1', 'score@3', 'score@3']);
    expect(inForce(two, 'score', '2023-07-01', { known: '2023-06-25' }).name).toBe('score@2');
    expect(inForce(two, 'light', '2023-07-01').name).toBe('light@1');
  });

  it('knows of what came into being later as version 1 does', () => {
    const older = adopted('date', {
      on: '2023-06-20',
      from: '2023-07-01',
      content: { receiptWorkdays: 4 } as never,
    });
    expect(inForce(older, 'date', '2023-07-01').content).toMatchObject({
      receiptWorkdays: 4,
      tollingWorkdays: 15,
    });
  });

  it('stands in a list with all others', () =>
    expect(versionsOf(two, 'score').map(({ name, from }) => `${name} ${from}`)).toEqual([
      ...['score@1 null', 'score@2 2023-07-01', 'score@3 2023-06-28'],
    ]));
});

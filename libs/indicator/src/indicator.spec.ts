import { specFor } from '@duban/event-store';
import {
  context,
  define,
  defined,
  joint,
  link,
  on,
  paper,
  reform,
  industry,
  report,
  reviewing,
  science,
  target,
} from './examples.js';
import { indicatorDecider } from './indicator.js';
import type { IndicatorEvent } from './indicator-model.js';

const given = specFor(indicatorDecider, context);

describe('defining an indicator', () => {
  it('says all that the document says, at once', () =>
    given()
      .when(define, { today: on })
      .then(...defined));
  it('changes nothing when said again', () =>
    given(...defined)
      .when(define)
      .thenNothing());
  it('knows its first words after later changes', () => {
    const changed: IndicatorEvent = {
      type: 'DefinitionChanged',
      title: '高企数',
      definition: '当年有效',
      reason: '口径明确',
      paper: null,
      on,
    };
    given(...defined, changed, joint, {
      type: 'CadenceSet',
      frequency: 'quarter',
      lagDays: 3,
      source: null,
      on,
    })
      .when(define)
      .thenNothing();
  });
  it('refuses to be another one', () =>
    given(...defined)
      .when({ ...define, targets: [{ ...target, floor: 860 }] })
      .thenRejected('indicator_already_defined', { indicator: '004:i12' }));
  it.each([{ title: '另一个' }, { providers: [reform] }, { frequency: 'year' }, { measure: '个' }] as const)(
    'refuses other basic data: %j',
    other =>
      given(...defined)
        .when({ ...define, ...other })
        .thenRejected('indicator_already_defined'),
  );
  it('names every fault', () => {
    const baselines = [
      { period: '2023Q9', value: NaN },
      { period: '2023Q9', value: 1 },
    ];
    const faulty = {
      ...define,
      lagDays: -1,
      baselines,
      targets: [target, { ...target, horizon: '年底' }, target],
    };
    const faults = [
      ['/baselines/0/period', 'not_a_period'],
      ['/baselines/0/value', 'not_a_number'],
      ['/baselines/1/period', 'not_a_period'],
      ['/baselines/1/period', 'stated_twice'],
      ['/targets/1/horizon', 'not_a_horizon'],
      ['/targets/2/horizon', 'stated_twice'],
      ['/lagDays', 'lag_invalid'],
    ].map(([pointer, code]) => ({ pointer, code }));
    expect(() => indicatorDecider.decide(null, faulty, context)).toThrow(
      expect.objectContaining({ code: 'indicator_invalid', errors: faults }),
    );
  });
  it('is needed for everything else', () => given().when(report).thenRejected('indicator_not_found'));
});

describe('changing what an indicator is', () => {
  const change = {
    type: 'ChangeDefinition',
    title: '高企数',
    definition: null,
    reason: '简称',
    paper: null,
  } as const;
  it('records the new words', () =>
    given(...defined)
      .when(change)
      .thenState({ title: '高企数' }));
  it('needs a reason', () =>
    given(...defined)
      .when({ ...change, reason: ' ' })
      .thenRejected('reason_needed'));
  it('assigns an owner once', () => {
    given(...defined)
      .when({ type: 'AssignOwner', units: [reform] })
      .thenState({ owners: [reform] });
    given(...defined)
      .when({ type: 'AssignOwner', units: [science] })
      .thenNothing();
    given(...defined)
      .when({ type: 'AssignOwner', units: [] })
      .thenRejected('unit_needed');
  });
  it('assigns providers once', () => {
    const assign = { type: 'AssignProvider', units: [science, reform, industry], mode: 'sum' } as const;
    given(...defined)
      .when(assign, { today: on })
      .then(joint);
    given(...defined, joint)
      .when(assign)
      .thenNothing();
    given(...defined)
      .when({ ...assign, units: [] })
      .thenRejected('unit_needed');
  });
  it('sets the cadence once', () => {
    const cadence = { type: 'SetCadence', frequency: 'year', lagDays: 270, source: '统计公报' } as const;
    given(...defined)
      .when(cadence)
      .thenState({ frequency: 'year', lagDays: 270 });
    given(...defined)
      .when({ ...cadence, lagDays: 1.5 })
      .thenRejected('lag_invalid');
    given(...defined)
      .when({ ...cadence, frequency: 'half_year', lagDays: 0 })
      .thenNothing();
  });
  it('takes further citations once', () => {
    const other = { ...link, plan: '003' };
    given(...defined)
      .when({ type: 'LinkIndicator', link: other })
      .then({ type: 'IndicatorLinked', link: other });
    given(...defined)
      .when({ type: 'LinkIndicator', link })
      .thenNothing();
  });
  it('keeps a baseline as it was', () => {
    const baseline = { type: 'RecordBaseline', period: '2021', value: 644, source: null } as const;
    given(...defined)
      .when(baseline)
      .then({ ...baseline, type: 'BaselineRecorded' });
    given(...defined)
      .when({ ...baseline, period: '2022', value: 776 })
      .thenNothing();
    given(...defined)
      .when({ ...baseline, period: '2022' })
      .thenRejected('baseline_recorded_already', { value: 776 });
    given(...defined)
      .when({ ...baseline, period: '2022年' })
      .thenRejected('figure_invalid');
  });
  it('takes the comparator as it is revised', () => {
    const comparator = { type: 'RecordComparator', period: '2022', value: 2.4, source: '省统计局' } as const;
    const recorded = { ...comparator, type: 'ComparatorRecorded', on } as const;
    given(...defined, recorded)
      .when(comparator)
      .thenNothing();
    given(...defined, recorded)
      .when({ ...comparator, value: 2.5 })
      .thenState(state => state?.comparators.length === 1 && state.comparators[0]?.value === 2.5);
    given(...defined)
      .when({ ...comparator, value: NaN })
      .thenRejected('figure_invalid');
  });
  it('is exempted once, by a person, for a reason', () => {
    const exempt = { type: 'ExemptIndicator', reason: '省里停止统计', paper } as const;
    const machine = { actor: { ...reviewing, kind: 'machine' } as const };
    given(...defined)
      .when(exempt)
      .then({ ...exempt, type: 'IndicatorExempted', on: '2023-07-10' });
    given(...defined, { ...exempt, type: 'IndicatorExempted', on })
      .when(exempt)
      .thenNothing();
    given(...defined)
      .when({ ...exempt, reason: '' })
      .thenRejected('reason_needed');
    given(...defined)
      .when(exempt, machine)
      .thenRejected('machine_needs_acting_for');
  });
});

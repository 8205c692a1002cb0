import { specFor } from '@duban/event-store';
import {
  byOffice,
  confirmed,
  context,
  defined,
  either,
  industry,
  joint,
  on,
  reform,
  rejected,
  report,
  redefined,
  reported,
  science,
} from './examples.js';
import { indicatorDecider } from './indicator.js';
import type { IndicatorCommand, IndicatorEvent } from './indicator-model.js';
import { valueOf } from './values.js';

const given = specFor(indicatorDecider, context);

const yes = {
  ...{ period: '2023H1', value: 1, reason: '已出台', basis: '文件', confirmed: true },
  ...{ unit: science, actsFor: [science] },
};

describe('reporting a value', () => {
  it('is recorded with the period it is about', () =>
    given(...defined)
      .when(report)
      .then(reported));
  it('is recorded once when retried', () =>
    given(...defined, reported)
      .when(report)
      .thenNothing());
  it('is for a provider', () =>
    given(...defined)
      .when({ ...report, unit: reform, actsFor: [reform] })
      .thenRejected('not_a_provider'));
  it('is taken from the successor of a provider, in the name that the plan knows', () =>
    given(...defined)
      .when({ ...report, unit: 'xiangtan:新局', actsFor: [science] })
      .then(reported));
  it('does not overwrite: a second figure is a revision or a correction', () =>
    given(...defined, reported)
      .when({ ...report, value: 802 })
      .thenRejected('value_reported_already', { value: 801 }));
  it('waits until the period is over', () => {
    given(...defined)
      .when(report, { today: '2023-06-30' })
      .thenState(state => state?.observations['2023H1'] !== undefined);
    given(...defined)
      .when(report, { today: '2023-06-29' })
      .thenRejected('period_not_over');
    given(...defined)
      .when({ ...report, period: '2023' })
      .thenRejected('period_not_over', { endsOn: '2023-12-31' });
    given(...defined)
      .when({ ...report, period: 'H1' })
      .thenRejected('not_a_period');
  });
  it('takes no figure that is none', () =>
    given(...defined)
      .when({ ...report, value: NaN })
      .thenRejected('not_a_number'));
  it('is one figure for the half-year and its second quarter', () => {
    given(...defined, reported)
      .when({ ...report, period: '2023Q2' })
      .thenNothing();
    given(...defined, reported)
      .when({ ...report, period: '2023Q2', value: 790 })
      .thenRejected('value_reported_already', { period: '2023H1' });
  });
  it('counts a paper from the day the office received it', () => {
    const paper = { number: '潭科函〔2023〕5号', on: '2023-07-07' };
    const entered = { ...report, receivedOn: '2023-07-07', paper };
    given(...defined)
      .when(entered, byOffice)
      .then({ ...reported, reporter: 'he', on: '2023-07-07', onBehalf: true, paper });
    given(...defined)
      .when({ ...report, paper: null }, byOffice)
      .thenRejected('paper_needed');
    given(...defined)
      .when(entered)
      .thenRejected('paper_entry_is_for_office');
    given(...defined)
      .when({ ...entered, receivedOn: '2023-07-12' }, byOffice)
      .thenRejected('received_in_future');
    given(...defined)
      .when({ ...entered, receivedOn: '2023-06-29' }, byOffice)
      .thenRejected('period_not_over');
    given(...defined)
      .when({ ...entered, receivedOn: '7 July' }, byOffice)
      .thenRejected('not_a_day');
  });
  it('is yes or no, and a yes needs evidence', () => {
    const yesNo = redefined({ kind: 'yes_no', direction: 'yes_no', measure: '有/无' });
    const evidence = [{ title: '决定', url: 'https://example.org/1' }];
    given(...yesNo)
      .when({ ...report, value: 2 })
      .thenRejected('not_yes_or_no');
    given(...yesNo)
      .when({ ...report, value: 1 })
      .thenRejected('evidence_needed', { of: ['004:i12 2023H1'] });
    given(...yesNo)
      .when({ ...report, value: 1, evidence: [{ title: '决定' }] })
      .thenRejected('evidence_needed');
    given(...yesNo)
      .when({ ...report, value: 1, evidence })
      .then({ ...reported, value: 1, evidence });
    given(...yesNo)
      .when({ ...report, value: 0 })
      .then({ ...reported, value: 0 });
  });
  it('is shown also when a no becomes a yes, or only the target asks for one', () => {
    const yesNo = redefined({ kind: 'yes_no', direction: 'yes_no', measure: '有/无' });
    const evidence = [{ title: '决定', url: 'https://example.org/1' }];
    const no = { ...reported, value: 0 };
    for (const type of ['ReviseValue', 'CorrectValue'] as const) {
      const changed = { type, ...yes } as const;
      given(...yesNo, no)
        .when(changed)
        .thenRejected('evidence_needed', { of: ['004:i12 2023H1'] });
      given(...yesNo, { ...no, evidence })
        .when(changed)
        .thenState(state => state?.observations['2023H1']?.parts[0]?.value === 1);
      given(...yesNo, no)
        .when({ ...changed, evidence })
        .thenState(state => state?.observations['2023H1']?.parts[0]?.evidence.length === 1);
    }
    const asked = defined.map(event =>
      event.type === 'TargetSet'
        ? { ...event, target: { ...event.target, kind: 'yes_no' as const, floor: 1 } }
        : event,
    );
    given(...asked)
      .when({ ...report, value: 1 })
      .thenRejected('evidence_needed');
    given(...asked)
      .when({ ...report, value: 5 })
      .thenRejected('not_yes_or_no');
  });
});

describe('joint providers', () => {
  const part = (unit: string, value: number) => ({ ...reported, unit, value }) as const;
  it('each add a part, and the sum exists when all are in', () => {
    given(...defined, joint, part(science, 100), part(reform, 84)).thenState(state => {
      const figure = state && valueOf(state, '2023H1');
      expect(figure).toMatchObject({ state: 'missing_parts', value: null, absent: [industry] });
    });
    given(...defined, joint, part(science, 100), part(reform, 84))
      .when({ ...report, unit: industry, value: 116, actsFor: [industry] })
      .thenState(state => state !== null && valueOf(state, '2023H1').value === 300);
  });
  it('of whom any may answer are answered for by the first', () =>
    given(...defined, either, reported)
      .when({ ...report, unit: reform, actsFor: [reform] })
      .thenRejected('value_reported_already', { by: science, value: 801 }));
  it('that became one say whose part it is', () => {
    const merged = {
      ...report,
      unit: 'xiangtan:新局',
      actsFor: [science, reform],
      provider: reform,
    } as const;
    given(...defined, joint, reported)
      .when(merged)
      .then({ ...reported, unit: reform });
    given(...defined, joint)
      .when({ ...merged, provider: industry })
      .thenRejected('not_a_provider');
  });
});

const revise = {
  type: 'ReviseValue',
  period: '2023H1',
  value: 803,
  reason: '终核',
  unit: science,
  actsFor: [],
} as const satisfies IndicatorCommand;
const correct = { ...revise, type: 'CorrectValue', basis: '台账复核' } as const satisfies IndicatorCommand;
const change = {
  period: '2023H1',
  unit: science,
  from: 801,
  to: 803,
  reason: '终核',
  on: '2023-07-10',
  by: 'lin',
} as const;

describe('revising and correcting a value', () => {
  it('makes a preliminary figure final', () =>
    given(...defined, reported)
      .when(revise)
      .then({ ...change, type: 'ValueRevised' }));
  it('changes nothing when it says the same', () => {
    given(...defined, reported, { ...change, type: 'ValueRevised' })
      .when(revise)
      .thenNothing();
    given(...defined, reported, { ...change, type: 'ValueCorrected', basis: 'x' })
      .when(correct)
      .thenNothing();
  });
  it('corrects what was confirmed, with reason and basis, and asks for a new confirmation', () => {
    const corrected = { ...change, type: 'ValueCorrected', basis: '台账复核', accepted: true } as const;
    given(...defined, reported, confirmed)
      .when(correct)
      .then(corrected);
    given(...defined, reported, confirmed, corrected).thenState(state => {
      const figure = state && valueOf(state, '2023H1');
      expect(figure).toMatchObject({ value: 801, confirmed: true, corrected: false });
      expect(figure?.pending).toMatchObject([{ unit: science, from: 801, to: 803, by: 'lin' }]);
    });
  });
  it('does not revise what was confirmed, unless it comes from statistics', () => {
    const statistics: IndicatorEvent = {
      type: 'CadenceSet',
      frequency: 'half_year',
      lagDays: 25,
      source: null,
      on,
    };
    given(...defined, reported, confirmed)
      .when(revise)
      .thenRejected('value_confirmed');
    given(...defined, statistics, reported, confirmed)
      .when(revise)
      .then({ ...change, type: 'ValueRevised' });
  });
  it('needs a reason, a basis, a figure and its provider', () => {
    given(...defined, reported)
      .when({ ...revise, reason: '' })
      .thenRejected('reason_needed');
    given(...defined, reported)
      .when({ ...correct, reason: '' })
      .thenRejected('reason_needed');
    given(...defined, reported)
      .when({ ...correct, basis: ' ' })
      .thenRejected('basis_needed');
    given(...defined, reported)
      .when({ ...correct, value: Infinity })
      .thenRejected('not_a_number');
    given(...defined)
      .when(correct)
      .thenRejected('no_value');
    given(...defined, reported, rejected)
      .when(revise)
      .thenRejected('no_value');
    given(...defined, reported)
      .when({ ...correct, unit: reform })
      .thenRejected('not_a_provider');
    given(...defined, reported)
      .when({ ...correct, period: '' })
      .thenRejected('not_a_period');
  });
});

describe('awaiting a value', () => {
  const wait = {
    type: 'AwaitValue',
    period: '2023H1',
    availableOn: '2023-07-25',
    reason: '统计未发布',
  } as const;
  const awaited: IndicatorEvent = { ...wait, type: 'ValueAwaited', on: '2023-07-10' };
  it('names the day once', () => {
    given(...defined)
      .when(wait)
      .then(awaited);
    given(...defined, awaited)
      .when(wait)
      .thenNothing();
    given(...defined, awaited)
      .when({ ...wait, availableOn: '2023-07-28' })
      .thenState(state => state?.observations['2023H1']?.awaits.length === 2);
  });
  it('needs a reason, a later day and a missing figure', () => {
    given(...defined)
      .when({ ...wait, reason: '' })
      .thenRejected('reason_needed');
    given(...defined)
      .when({ ...wait, availableOn: '2023-06-30' })
      .thenRejected('available_before_period_end');
    given(...defined)
      .when({ ...wait, availableOn: 'soon' })
      .thenRejected('available_before_period_end');
    given(...defined, reported)
      .when(wait)
      .thenRejected('value_reported_already');
  });
});

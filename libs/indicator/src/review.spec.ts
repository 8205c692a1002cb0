import { specFor } from '@duban/event-store';
import {
  byOffice,
  confirm,
  confirmed,
  context,
  defined,
  industry,
  joint,
  reform,
  reject,
  rejected,
  report,
  reported,
  reviewing,
  science,
} from './examples.js';
import { indicatorDecider } from './indicator.js';
import { valueOf } from './values.js';

const given = specFor(indicatorDecider, context);

describe('reviewing a value', () => {
  it('is done once, by another person', () => {
    given(...defined, reported)
      .when(confirm, byOffice)
      .then(confirmed);
    given(...defined, reported, confirmed)
      .when(confirm, byOffice)
      .thenNothing();
    given(...defined, reported)
      .when(confirm)
      .thenRejected('same_person');
  });
  it('sees through a machine to the person it acts for', () => {
    const machine = (actingFor?: string) => ({
      actor: { ...reviewing, id: 'key', kind: 'machine', actingFor } as const,
    });
    given(...defined, reported)
      .when(confirm, machine())
      .thenRejected('machine_needs_acting_for');
    given(...defined, reported)
      .when(confirm, machine('lin'))
      .thenRejected('same_person');
    given(...defined, reported)
      .when(confirm, machine('he'))
      .then({ ...confirmed, on: '2023-07-10' });
  });
  it('is for neither hand of a delegation, whoever reported', () => {
    const delegate = { ...reviewing, id: 'wang', actingFor: 'lin' };
    given(...defined)
      .when(report, { actor: { ...context.actor, id: 'wang', actingFor: 'lin' } })
      .then({ ...reported, delegate: 'wang', on: '2023-07-10' });
    given(...defined, reported)
      .when(confirm, { actor: delegate })
      .thenRejected('same_person');
    given(...defined, { ...reported, delegate: 'he' })
      .when(confirm, byOffice)
      .thenRejected('same_person');
    given(...defined, { ...reported, reporter: 'wang' })
      .when(confirm, { actor: { ...delegate, actingFor: 'he' } })
      .thenRejected('same_person');
  });
  it('of the same unit is for the plan’s own office, and marked', () => {
    const own = { ...confirm, reviewerUnit: science };
    given(...defined, reported)
      .when(own, byOffice)
      .thenRejected('same_unit');
    given(...defined, reported)
      .when({ ...confirm, reviewerUnit: 'xiangtan:新局', actsFor: [science] }, byOffice)
      .thenRejected('same_unit');
    given(...defined, reported)
      .when({ ...own, office: science }, byOffice)
      .then({ ...confirmed, selfReviewed: true });
    given(...defined, reported)
      .when({ ...own, office: science })
      .thenRejected('same_person');
  });
  it('is for a figure that is whole', () => {
    given(...defined)
      .when(confirm, byOffice)
      .thenRejected('no_value');
    given(...defined, joint, reported)
      .when(confirm, byOffice)
      .thenRejected('value_incomplete', { absent: [reform, industry] });
  });
  it('turns a part down, once, for a reason', () => {
    given(...defined, reported)
      .when(reject, byOffice)
      .then(rejected);
    given(...defined, reported, rejected)
      .when(reject, byOffice)
      .thenNothing();
    given(...defined, reported)
      .when({ ...reject, reason: '' }, byOffice)
      .thenRejected('reason_needed');
    given(...defined, reported)
      .when({ ...reject, unit: reform }, byOffice)
      .thenRejected('no_value');
    given(...defined, reported)
      .when(reject)
      .thenRejected('same_person');
    given(...defined, reported, confirmed)
      .when(reject, byOffice)
      .thenRejected('value_confirmed');
  });
  it('lets the provider state it again, and keeps the day it first came in', () =>
    given(...defined, reported, rejected)
      .when(report, { today: '2023-07-14' })
      .thenState(state => {
        expect(state && valueOf(state, '2023H1')).toMatchObject({ state: 'reported', firstOn: '2023-07-10' });
      }));
});

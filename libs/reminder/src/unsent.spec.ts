import { createCalendar } from '@duban/calendar';
import { type Obligation } from '@duban/ledger';
import { obligation } from './obligation-example.js';
import { unsentStages } from './unsent.js';

const calendar = createCalendar();
type Issued = { stage: string; dueVersion: number; skipped?: readonly string[] };
const why = (of: Obligation, today: string, issued: readonly Issued[] = []) =>
  Object.fromEntries(
    unsentStages(of, new Map(), issued, today, calendar).map(({ stage, why: reason }) => [stage, reason]),
  );
const issued = (stage: string, skipped: readonly string[] = []): Issued => ({
  stage,
  dueVersion: 1,
  skipped,
});
const task = { stream: 'task-004:3.1', type: 'CompletionSubmitted', n: 1 };
const handedInOn = (on: string) => ({ handedIn: { on, by: 'xiangtan:市科技局', ref: task } });

// Due 31 July: −10 on 17 July, −3 on 26 July, 0, +1 on 1 August, +5 on 7 August.
describe('a stage that has not gone out', () => {
  it('is not among those that have', () => {
    expect(Object.keys(why(obligation(), '2023-07-26', [issued('-10')]))).not.toContain('-10');
  });

  it('has not come yet', () => expect(why(obligation(), '2023-07-26')).toMatchObject({ '+1': 'not_yet' }));

  it('lay before anybody owed it', () => {
    const late = obligation({ openedOn: '2023-07-20' });
    expect(why(late, '2023-07-26')).toMatchObject({ '-10': 'before_owed', '-3': 'not_sent' });
  });

  it('was not needed once it was handed in, that very day included', () => {
    const done = obligation(handedInOn('2023-07-26'));
    expect(why(done, '2023-08-30', [issued('-10')])).toMatchObject({ '-3': 'handed_in', '+35': 'handed_in' });
    expect(why(obligation(handedInOn('2023-07-27')), '2023-08-30')).toMatchObject({ '-3': 'lapsed' });
  });

  it('was not needed once the task was done by another way', () => {
    expect(why(obligation({ settledOn: '2023-07-18' }), '2023-08-30')).toMatchObject({ '0': 'done' });
  });

  it('fell into days on which a request stopped the clock', () => {
    const tolled = obligation({ tolled: { from: '2023-07-28', until: '2023-08-07' } });
    expect(why(tolled, '2023-08-30')).toMatchObject({ '0': 'extension_pending', '+5': 'extension_pending' });
    expect(why(tolled, '2023-08-30')).toMatchObject({ '+10': 'not_sent' });
  });

  it('gave way to a later one after an outage', () => {
    expect(why(obligation(), '2023-08-08', [issued('+5', ['0', '+1'])])).toMatchObject({ '+1': 'overtaken' });
  });

  it('was silenced', () => {
    expect(why(obligation({ silenced: 'exempt' }), '2023-08-30')).toMatchObject({ '+1': 'exempt' });
  });

  it('is told for the due day in force', () => {
    const moved = obligation({ due: { on: '2023-09-28', version: 2, since: '2023-07-27' } });
    expect(why(moved, '2023-07-31', [issued('-3')])).toMatchObject({ '-3': 'not_yet' });
  });
});

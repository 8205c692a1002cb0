import { createCalendar } from '@duban/calendar';
import { asIfAdopted } from '@duban/policy';
import { compared, wouldSay } from './backtest.js';
import { obligation } from './obligation-example.js';

const calendar = createCalendar();
const task_due = { stages: [-5, 0, 1].map(offset => ({ offset, to: ['holders'] })) };
const tried = asIfAdopted(new Map(), 'reminder', { ladders: { task_due } });
const july = { from: '2023-07-01', to: '2023-07-31' };
const ref = { stream: 'task-004:3.1', type: 'CompletionSubmitted', n: 1 };
const handedIn = { on: '2023-07-28', by: 'xiangtan:市科技局', ref };
const stages = (...of: ReturnType<typeof obligation>[]) =>
  wouldSay(of, tried, july, calendar).map(({ stage }) => stage);

// Due on 31 July 2023: −5 is 24 July, +1 is 1 August.
describe('ladders that are tried', () => {
  it('say what fell on these days', () => expect(stages(obligation())).toEqual(['-5', '0']));

  it('say nothing of what was handed in, silenced or not owed yet', () => {
    expect(stages(obligation({ handedIn }))).toEqual(['-5']);
    expect(stages(obligation({ silenced: 'suspended' }))).toEqual([]);
    expect(stages(obligation({ openedOn: '2023-07-25' }))).toEqual(['0']);
    expect(stages(obligation({ tolled: { from: '2023-07-20', until: '2023-07-25' } }))).toEqual(['0']);
  });

  it('stand beside what went out', () => {
    const said = (stage: string) => ({ kind: 'task_due' as const, stage });
    expect(
      compared(
        [
          { ...said('-3'), n: 2 },
          { ...said('0'), n: 1 },
        ],
        [said('0'), said('0'), said('-5')],
      ),
    ).toEqual([
      { ...said('-3'), sent: 2, would: 0 },
      { ...said('-5'), sent: 0, would: 1 },
      { ...said('0'), sent: 1, would: 2 },
    ]);
  });
});

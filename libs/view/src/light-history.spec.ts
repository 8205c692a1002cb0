import { paper, planned, type Story } from '../../rollup/src/story.js';
import { calendar, finance, indicator, office } from '../../rollup/src/story.js';
import { lightHistory } from './light-history.js';

const due = { on: '2023-06-30', basis: 'stated' as const, clause: '6月底' };
const history = (story: Story, today: string, code = '1') =>
  lightHistory(story.ledger(), `004:${code}`, story.events, today, calendar).map(
    ({ from, colour, reason, rule }) => `${from} ${colour} ${reason} ${rule}`,
  );
const told = (more: (story: Story) => void = () => undefined) =>
  planned(story => {
    story.task('1', [finance], { due });
    more(story);
  });

describe('the lights of a task over time', () => {
  it('begin when it is issued and turn red when the due day is over', () => {
    expect(history(told(), '2023-07-05')).toEqual([
      '2023-04-20 green on_track light@1',
      '2023-07-01 red overdue light@1',
    ]);
    expect(history(told(), '2023-06-30')).toHaveLength(1);
  });

  it('are named after the policy of their day', () => {
    const story = told().on('2023-05-30').adopt('light', '2023-06-05', { behind: 0.7 });
    const learnt = story.events.filter(({ stream }) => !stream.startsWith('policy-'));
    const lights = lightHistory(story.ledger(), '004:1', learnt, '2023-07-05', calendar);
    expect(lights.map(({ from, reason, rule }) => `${from} ${reason} ${rule}`)).toEqual([
      '2023-04-20 on_track light@1',
      '2023-06-05 on_track light@2',
      '2023-07-01 overdue light@2',
    ]);
  });

  it('say on each day what was known on that day', () => {
    const story = told().on('2023-07-03').complete('1', finance, '2023-06-28').on('2023-07-10').accept('1');
    expect(history(story, '2023-12-31')).toEqual([
      '2023-04-20 green on_track light@1',
      '2023-07-01 red overdue light@1',
      '2023-07-03 amber handed_in_late light@1',
      '2023-07-10 amber made_good_late light@1',
      '2023-10-01 green met_late_before light@1',
    ]);
  });

  it('are grey while a request waits, and no longer', () => {
    const story = told().on('2023-06-28').ask('1', finance, '2023-09-28').on('2023-07-05');
    story.tell('task-004:1', { type: 'DecideExtension', n: 1, verdict: 'refuse', reason: '不予', paper });
    expect(history(story, '2023-07-31').slice(0, 3)).toEqual([
      '2023-04-20 green on_track light@1',
      '2023-06-28 grey extension_pending light@1',
      '2023-07-05 green on_track light@1', // the refusal leaves the workdays that had been stopped
    ]);
    expect(history(story, '2023-07-31').at(-1)).toContain('red overdue');
    const waiting = told().on('2023-06-28').ask('1', finance, '2023-09-28');
    expect(history(waiting, '2023-08-30').at(-1)).toMatch(/red overdue/);
  });

  it('know the figures that the task hangs on', () => {
    const story = told(each => {
      each.task('2', [office]);
      const links = [{ plan: '004', task: '004:2', section: null, clause: '' }];
      const flow = { kind: 'flow_cumulative' as const, baselines: [], links };
      each.tell('indicator-004:i1', indicator('i1', '004', flow)).round('2023Q2', '2023-07-07');
    });
    story.on('2023-07-03').open('2023Q2').on('2023-07-05').report('2', office, '2023Q2');
    story.value('i1', 'xiangtan:市统计局', '2023Q2', 205.5).on('2023-07-21').close('2023Q2');
    expect(history(story, '2023-07-31', '2')).toEqual(['2023-04-20 green on_track light@1']);
  });
});

import { type Act } from './act.js';
import { phasesOf } from './phases.js';

const act = (name: string, path = '/v1/tasks/004%3A1.1/reports', who = 'a'): Act => ({
  ...{ name, who, path, body: {}, line: null },
});
const names = (acts: readonly Act[]) =>
  phasesOf(acts).map(phase => phase.map(sequence => sequence.map(({ name }) => name)));

describe('the phases of a day', () => {
  it('open rounds first and close them last', () => {
    expect(names([act('close/r'), act('open/r')]).flat(2)).toEqual(['open/r', 'close/r']);
  });

  it('keep acts on one thing in their order and let others go beside them', () => {
    const other = '/v1/tasks/004%3A1.2/reports';
    const phases = names([act('report/1'), act('correction/1'), act('report/2', other)]);
    expect(phases.filter(phase => phase.length > 0)).toEqual([[['report/1', 'correction/1'], ['report/2']]]);
  });

  it('let what writes to several streams go one by one', () => {
    expect(
      names([act('submission/1'), act('submission/2', '/v1/rounds/x')]).filter(phase => phase.length > 0),
    ).toEqual([[['submission/1', 'submission/2']]]);
  });

  it('know every act', () => expect(() => phasesOf([act('dance/1')])).toThrow('No phase knows dance/1'));
});

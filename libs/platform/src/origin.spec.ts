import { metaOf } from './origin.js';

const actor = { id: 'p-1', kind: 'person', role: 'office' } as const;

describe('the origin of an event', () => {
  it('names everything that is known of it', () => {
    const machine = { ...actor, kind: 'machine' as const, unit: 'xiangtan:市科技局', actingFor: 'p-2' };
    expect(metaOf({ actor: machine, channel: 'http', requestId: 'r-1' }, 'AcceptSubmission')).toEqual({
      ...{ actor: 'p-1', kind: 'machine', role: 'office', unit: 'xiangtan:市科技局', actingFor: 'p-2' },
      ...{ command: 'AcceptSubmission', channel: 'http', request: 'r-1' },
    });
  });

  it('leaves out what there is not', () => {
    expect(metaOf({ actor, channel: 'cli' }, null)).toEqual({
      ...{ actor: 'p-1', kind: 'person', role: 'office', command: null, channel: 'cli' },
    });
  });
});

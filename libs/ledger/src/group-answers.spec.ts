import { groupAnswers } from './group-answers.js';
import { counties, everyCounty, science, Story } from './ledger-examples.js';

const evidence = [{ title: '佐证', url: 'https://example.org/evidence' }];
const lead = { holder: science, role: 'lead' as const };
const [first, second, third] = counties;

/** Three districts are asked about task 1, as members of a group; task 2 is the lead's alone. */
function asked(): Story {
  return new Story()
    .withTask('1', [lead, { holder: everyCounty, role: 'responsible', isGroup: true }])
    .withTask('2', [lead])
    .issued()
    .opened('2023-07-03', '2023Q2', '2023-07-07');
}

function handIn(story: Story, unit: string, on: string): Story {
  const items = [{ task: '004:1', percent: 50, note: '推进中', evidence }];
  const contents = { items, summary: null, evidence, receivedOn: null, roundClosed: false };
  return story.submission(on, '2023Q2', unit, { type: 'HandIn', ...contents });
}

const answers = (story: Story, day: string, task = '004:1') =>
  groupAnswers(story.ledger(), task, day).map(({ handedIn, of, silent }) => ({ handedIn, of, silent }));

describe('the members of a group', () => {
  it('are counted by round: so many of so many, and who is silent', () => {
    const story = handIn(handIn(asked(), first, '2023-07-05'), second, '2023-07-06');
    expect(answers(story, '2023-07-05')).toEqual([{ handedIn: 1, of: 3, silent: [second, third].sort() }]);
    expect(groupAnswers(story.ledger(), '004:1', '2023-07-06')).toEqual([
      {
        ...{ group: everyCounty, round: '004:2023Q2', period: '2023Q2' },
        ...{ handedIn: 2, of: 3, silent: [third] },
      },
    ]);
  });

  it('are those that the round asked, whoever has left since', () => {
    const later = asked().on('2023-07-04', `group-${everyCounty}`, {
      type: 'LeaveGroup',
      unit: first,
      from: '2023-07-04',
    });
    expect(answers(later, '2023-07-05')).toEqual([{ handedIn: 0, of: 3, silent: [...counties].sort() }]);
  });

  it('that are let off are not asked', () => {
    const off = asked().submission(
      '2023-07-04',
      '2023Q2',
      first,
      { type: 'WaiveSubmission', reason: '防汛' },
      'office',
    );
    expect(answers(off, '2023-07-05')).toEqual([{ handedIn: 0, of: 2, silent: [second, third].sort() }]);
  });

  it('are not asked before the round opens, nor about a task that names no group', () => {
    expect(answers(asked(), '2023-07-02')).toEqual([]);
    expect(answers(asked(), '2023-07-05', '004:2')).toEqual([]);
  });
});

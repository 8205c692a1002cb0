import { calendar, everyCounty, farming, science, Story } from './ledger-examples.js';
import { obligationsOf } from './obligations.js';

const story = () =>
  new Story()
    .withTask('1', [
      { holder: science, role: 'lead' },
      { holder: everyCounty, role: 'responsible', isGroup: true },
    ])
    .issued();
const joined = (told: Story, from: string) =>
  told.on('2023-06-30', `group-${everyCounty}`, { type: 'JoinGroup', unit: farming, from });
const owedBy = (told: Story, unit: string, day: string) =>
  obligationsOf(told.ledger(), day, calendar)
    .filter(({ holders }) => holders.includes(unit))
    .map(({ kind, period, due }) => `${kind} ${period} ${due.on}`);

describe('a unit that comes to a group after the plan was issued', () => {
  it('owes what is asked from then on, and nothing of before', () => {
    const told = joined(story(), '2023-07-03').opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(owedBy(told, farming, '2023-07-10')).toEqual(['submission 2023Q2 2023-07-07']);
  });

  it('owes nothing for a round that was open before', () => {
    const told = joined(story().opened('2023-07-03', '2023Q2', '2023-07-07'), '2023-07-04');
    expect(owedBy(told, farming, '2023-07-10')).toEqual([]);
    expect(owedBy(told.opened('2023-10-07', '2023Q3', '2023-10-11'), farming, '2023-10-08')).toEqual([
      'submission 2023Q3 2023-10-11',
    ]);
  });
});

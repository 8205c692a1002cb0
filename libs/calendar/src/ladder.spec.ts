import { type Day, createCalendar, isOverdue, openingNotice, roundDue, stageDay } from './index.js';

const calendar = createCalendar();

describe('a ladder around its due day', () => {
  it.each<[string, Day, number, Day]>([
    ['a quarter due on a Friday', '2023-07-07', -3, '2023-07-04'],
    ['a quarter due on a Friday', '2023-07-07', 0, '2023-07-07'],
    ['a quarter due on a Friday', '2023-07-07', 1, '2023-07-10'],
    ['a quarter due on a Friday', '2023-07-07', 5, '2023-07-14'],
    ['a half-year due on a Saturday', '2023-07-15', -3, '2023-07-12'],
    ['a half-year due on a Saturday', '2023-07-15', 0, '2023-07-14'],
    ['a half-year due on a Saturday', '2023-07-15', 1, '2023-07-17'],
    ['a half-year due on a Saturday', '2023-07-15', 5, '2023-07-21'],
    ['a quarter that ends in the holiday', '2023-09-30', -3, '2023-09-26'],
    ['a quarter that ends in the holiday', '2023-09-30', 0, '2023-09-28'],
    ['a quarter that ends in the holiday', '2023-09-30', 1, '2023-10-07'], // a Saturday that is worked
    ['a quarter that ends in the holiday', '2023-09-30', 5, '2023-10-11'],
    ['a year that ends on a Sunday', '2023-12-31', -10, '2023-12-18'],
    ['a year that ends on a Sunday', '2023-12-31', -3, '2023-12-27'],
    ['a year that ends on a Sunday', '2023-12-31', 0, '2023-12-29'],
    ['a year that ends on a Sunday', '2023-12-31', 5, '2024-01-08'],
    // The Spring Festival of 2024 lasts from Saturday 10 to Saturday 17 February; Sundays 4 and 18 are worked.
    ['a day before the Spring Festival', '2024-02-09', -5, '2024-02-04'],
    ['a day in the Spring Festival', '2024-02-12', -3, '2024-02-07'],
    ['a day in the Spring Festival', '2024-02-12', 0, '2024-02-09'],
    ['a day in the Spring Festival', '2024-02-12', 1, '2024-02-18'],
    ['a day in the Spring Festival', '2024-02-12', 5, '2024-02-22'],
    ['a leap day', '2024-02-29', -10, '2024-02-09'],
    ['a leap day', '2024-02-29', -3, '2024-02-26'],
    ['a leap day', '2024-02-29', 0, '2024-02-29'],
    ['a leap day', '2024-02-29', 1, '2024-03-01'],
    ['a leap day', '2024-02-29', 5, '2024-03-07'],
    ['a year that ends on a Sunday', '2023-12-31', 1, '2024-01-02'],
    ['a Sunday that is made up for', '2023-04-23', 0, '2023-04-23'],
    ['a receipt', '2023-04-20', 3, '2023-04-24'],
  ])('%s, %s: stage %i comes on %s', (_, due, offset, expected) => {
    expect(stageDay(due, offset, calendar)).toBe(expected);
  });

  it('climbs: no stage comes before a lower one', () => {
    for (const due of ['2023-07-15', '2023-10-03', '2023-12-31', '2024-02-12', '2027-01-02']) {
      const ladder = [-10, -3, 0, 1, 5, 10].map(offset => stageDay(due, offset, calendar));
      expect(ladder).toEqual(ladder.toSorted());
    }
  });

  it('is overdue only when the due day is over', () => {
    expect(isOverdue('2023-07-15', '2023-07-15')).toBe(false);
    expect(isOverdue('2023-07-15', '2023-07-16')).toBe(true); // a Sunday counts in the ledger
    expect(isOverdue('2023-12-31', '2024-01-01')).toBe(true);
  });
});

describe('a round', () => {
  it.each([
    ['2023Q1', '2023-04-03', '2023-04-10'], // Qingming on Wednesday the 5th
    ['2023Q2', '2023-07-03', '2023-07-07'],
    ['2023Q3', '2023-10-07', '2023-10-11'], // National Day, then a working weekend
    ['2023Q4', '2024-01-02', '2024-01-08'], // New Year on Monday
  ])('of %s is announced on %s and due on %s', (period, announced, due) => {
    expect(openingNotice(period, calendar)).toBe(announced);
    expect(roundDue(period, 5, calendar)).toBe(due);
  });

  it('may be given another number of workdays', () => {
    expect(roundDue('2023Q2', 10, calendar)).toBe('2023-07-14');
  });
});

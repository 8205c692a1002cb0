import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import type { Context } from '@duban/platform';
import { announcedCalendar } from './announced-calendar.js';
import type { HolidayCommand, HolidayEvent } from './holiday-model.js';
import { holidayDecider } from './holidays.js';

// The build's table ends with 2026: 2027 is counted by plain weeks until its notice comes.
const base = createCalendar();
const on = (today: string, ...told: readonly HolidayEvent[]) => {
  const state = told.reduce(holidayDecider.evolve, holidayDecider.initial);
  const context: Context = {
    ...{ now: `${today}T02:00:00.000Z`, today, calendar: announcedCalendar(base, state) },
    actor: { id: 'operator', kind: 'person', role: 'admin' },
  };
  return specFor(holidayDecider, context)(...told);
};
const paper = { number: '国办发明电〔2026〕9号', on: '2026-11-04' };
const days = { year: 2027, holidays: ['2027-01-01', '2027-10-01'], workdays: ['2027-01-03'] };
const announce: HolidayCommand = { type: 'AnnounceHolidays', ...days, paper, reason: null };
const announced: HolidayEvent = { type: 'HolidaysAnnounced', ...days, paper, on: '2026-11-05' };
const more = ['2027-01-01', '2027-09-30', '2027-10-01'];
const amend: HolidayCommand = { ...announce, holidays: more, reason: '增加一天', paper: null };
const amended: HolidayEvent = {
  ...{ type: 'HolidaysAmended', ...days, holidays: more, paper: null, reason: '增加一天', on: '2027-05-06' },
};

describe('the holidays of a year', () => {
  it('are announced once', () => {
    on('2026-11-05').when(announce).then(announced);
    on('2026-11-06', announced).when(announce).thenNothing();
  });

  it('are the same in any order', () =>
    on('2026-11-05')
      .when({ ...announce, holidays: ['2027-10-01', '2027-01-01', '2027-01-01'] })
      .then(announced));

  it('may be told when some are over, as long as nothing was known', () =>
    on('2027-01-05')
      .when(announce)
      .then({ ...announced, on: '2027-01-05' }));

  it('are amended in the middle of the year, with a reason', () => {
    on('2027-05-06', announced).when(amend).then(amended);
    on('2027-05-06', announced)
      .when({ ...amend, reason: ' ' })
      .thenRejected('reason_needed');
    on('2027-05-06', announced)
      .when({ ...amend, reason: null })
      .thenRejected('reason_needed');
  });

  it('are not amended for days that are over', () => {
    const without = { ...amend, holidays: ['2027-10-01'], workdays: [] };
    on('2027-01-01', announced)
      .when(without)
      .then({ ...amended, ...without, type: 'HolidaysAmended', on: '2027-01-01' } as HolidayEvent);
    on('2027-05-06', announced).when(without).thenRejected('holiday_passed');
    on('2027-10-08', announced).when(amend).thenRejected('holiday_passed');
  });

  it('of a year in the table are known before', () => {
    const year2026 = { ...announce, year: 2026, holidays: ['2026-06-12'], workdays: [] };
    on('2026-05-06').when(year2026).thenRejected('reason_needed');
    on('2026-05-06')
      .when({ ...year2026, reason: '高考' })
      .then({
        ...amended,
        ...year2026,
        type: 'HolidaysAmended',
        reason: '高考',
        paper,
        on: '2026-05-06',
      } as HolidayEvent);
    on('2026-06-15')
      .when({ ...year2026, reason: '高考' })
      .thenRejected('holiday_passed');
    // What the table says anyway may be told again.
    const asItIs = { ...year2026, holidays: ['2026-01-01', '2026-12-25'], reason: '调整' };
    on('2026-06-15')
      .when(asItIs)
      .then({ ...amended, ...asItIs, type: 'HolidaysAmended', paper, on: '2026-06-15' } as HolidayEvent);
  });

  it('are near their year, and no workdays at once', () => {
    on('2026-11-05')
      .when({ ...announce, holidays: ['2028-05-01'] })
      .thenRejected('holiday_outside_year');
    on('2026-11-05')
      .when({ ...announce, workdays: ['2027-10-01'] })
      .thenRejected('holiday_and_workday');
    on('2026-11-05')
      .when({ ...announce, holidays: ['2026-12-31', '2027-01-01', '2028-01-01'], workdays: [] })
      .then({ ...announced, holidays: ['2026-12-31', '2027-01-01', '2028-01-01'], workdays: [] });
  });
});

describe('the calendar with what was announced', () => {
  const calendarAfter = (...told: readonly HolidayEvent[]) =>
    announcedCalendar(base, told.reduce(holidayDecider.evolve, holidayDecider.initial));

  it('is the table itself without a notice, and the same for the same notices', () => {
    expect(calendarAfter()).toBe(base);
    expect(calendarAfter(announced)).toBe(calendarAfter(announced));
    expect(calendarAfter(announced).version).not.toBe(base.version);
    expect(calendarAfter(announced, amended).version).not.toBe(calendarAfter(announced).version);
  });

  it('counts by the notice and is provisional no more', () => {
    const calendar = calendarAfter(announced);
    expect(base.isProvisional('2027-05-01')).toBe(true);
    expect(calendar.isProvisional('2027-05-01')).toBe(false);
    expect(calendar.isProvisional('2028-05-01')).toBe(true);
    expect(['2027-01-01', '2027-01-03', '2027-01-04'].map(day => calendar.isWorkday(day))).toEqual([
      ...[false, true, true],
    ]);
    expect(base.addWorkdays('2026-12-31', 1)).toBe('2027-01-01');
    expect(calendar.addWorkdays('2026-12-31', 1)).toBe('2027-01-03');
  });

  it('forgets what an amendment took back', () => {
    const back = { ...amended, holidays: ['2027-01-01'] } as HolidayEvent;
    expect(calendarAfter(announced).isWorkday('2027-10-01')).toBe(false);
    expect(calendarAfter(announced, back).isWorkday('2027-10-01')).toBe(true); // a Friday
  });

  it('believes the later year about the days between two', () => {
    const of2028 = { ...announced, year: 2028, holidays: ['2028-01-01'], workdays: ['2027-12-31'] } as const;
    const of2027 = { ...announced, holidays: ['2027-12-31'], workdays: [] } as const;
    expect(calendarAfter(of2027).isWorkday('2027-12-31')).toBe(false);
    expect(calendarAfter(of2027, of2028).isWorkday('2027-12-31')).toBe(true);
    expect(calendarAfter(of2028, of2027).isWorkday('2027-12-31')).toBe(true);
  });
});

import { type Calendar, type Day, openingNotice, periodEnd } from '@duban/calendar';
import { type Round } from '@duban/round';

/** The demo's year: the plans are issued in April, the last quarter is closed in January. */
export const firstDay: Day = '2023-04-20';
export const lastDay: Day = '2024-01-25';

/** When each plan is issued: on the day of its document. */
export const issueDays: Readonly<Record<string, Day>> = {
  '000': '2023-04-20',
  '001': '2023-04-20',
  '002': '2023-04-20',
  '003': '2023-04-21',
  '004': '2023-04-20',
};

/** Who the plans are issued and quarters closed for, first the city that a leader reads about. */
export const planCodes: readonly string[] = ['004', '000', '001', '002', '003'];

const backfillOpens: Day = '2023-04-24';
const backfillCloses: Day = '2023-04-28';
const closings: Readonly<Record<string, Day>> = {
  '2023Q2': '2023-07-21',
  '2023H1': '2023-08-04',
  '2023Q3': '2023-10-25',
  '2023Q4': '2024-01-22',
  '2023': '2024-01-24',
};

/** The first workday after the period; a period that was over before the plan is opened for back-filling. */
export function opensOn({ backfill, period }: Round, calendar: Calendar): Day {
  return backfill ? backfillOpens : openingNotice(period, calendar);
}

/** About two weeks after the quarter; months are closed a week after they were due. */
export function closesOn({ backfill, period }: Round, calendar: Calendar): Day {
  if (backfill) return backfillCloses;
  return closings[period] ?? calendar.addWorkdays(periodEnd(period), 10);
}

/** Days on which providers fill in figures of a quarter that was over before the plan was issued. */
export const backfillDays: readonly Day[] = ['2023-04-25', '2023-04-26', '2023-04-27'];

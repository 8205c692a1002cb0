export { announcedCalendar, holidayStream } from './announced-calendar.js';
export type { HolidayCommand, HolidayEvent, Holidays } from './holiday-model.js';
export { holidayDecider } from './holidays.js';

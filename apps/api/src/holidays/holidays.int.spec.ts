import { TestApi } from '../../../../test/support/api.js';

// The build's table ends with 2026.
let api: TestApi;
beforeAll(async () => void (api = await TestApi.open({}, '2026-12-01')));
afterAll(() => api.close());

const announce = (body: object, as: 'admin' | 'office' = 'admin') =>
  api.send('/v1/holidays', { method: 'POST', body, as });
const holidays = ['2027-01-01', '2027-02-08'];

describe('the holidays of a year', () => {
  it('are announced by the operator, and read by everybody', async () => {
    expect((await api.get('/v1/holidays', 'science')).body).toMatchObject({ notices: [] });
    const paper = { number: '国办发明电〔2026〕9号', on: '2026-11-04' };
    expect((await announce({ year: 2027, holidays, paper }, 'office')).status).toBe(403);
    const { status, body } = await announce({ year: 2027, holidays, workdays: ['2027-02-06'], paper });
    expect([status, body]).toMatchObject([201, { events: ['HolidaysAnnounced'] }]);
    const read = (await api.get('/v1/holidays', 'science')).body;
    expect(read.version).toMatch(/^chinese-days@[\d.]+\+[0-9a-f]{12}$/);
    expect(read.notices).toEqual([
      { year: 2027, holidays, workdays: ['2027-02-06'], paper, on: '2026-12-01' },
    ]);
  });

  it('are amended with a reason, for days to come', async () => {
    const more = { year: 2027, holidays: [...holidays, '2027-02-09'], workdays: ['2027-02-06'] };
    expect((await announce(more)).body).toMatchObject({ code: 'reason_needed' });
    expect((await announce({ ...more, reason: '增加一天' })).body).toMatchObject({
      events: ['HolidaysAmended'],
    });
    expect((await announce({ ...more, reason: '增加一天' })).body).toMatchObject({ events: [] });
    const passed = { year: 2026, holidays: ['2026-06-12'], reason: '高考' };
    expect((await announce(passed)).body).toMatchObject({ code: 'holiday_passed' });
  });

  it.each([
    [{ year: 2028, holidays: ['2027-05-01'] }, '/holidays/0', 'holiday_outside_year'],
    [
      { year: 2028, holidays: ['2028-05-01'], workdays: ['2028-05-01'] },
      '/workdays/0',
      'holiday_and_workday',
    ],
  ])('are refused field by field: %j', async (body, pointer, code) => {
    const answer = await announce(body);
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ pointer, code }]]);
  });

  it.each([
    { year: 2028 },
    { year: 'soon', holidays: [] },
    { year: 2028, holidays: ['2028-02-30'] },
    { year: 2028, holidays: [20280101] },
    { year: 2028, holidays: '2028-01-01' },
    { year: 2028, holidays: Array.from({ length: 101 }, () => '2028-01-01') },
  ])('are refused when they are no days of a year: %#', async body => {
    expect((await announce(body)).status).toBe(422);
  });
});

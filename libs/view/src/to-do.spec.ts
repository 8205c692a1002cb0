import {
  calendar,
  completion,
  counties,
  everyCounty,
  industry,
  reform,
  science,
  Story,
} from '../../ledger/src/ledger-examples.js';
import { obligationsOf } from '../../ledger/src/obligations.js';
import { renderMeHtml } from './to-do-html.js';
import { owedBy, toDoOf } from './to-do.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const [county] = counties;
const story = () =>
  new Story()
    .withTask('1', [lead(industry)], '2023-07-31', [{ code: 'm1', dueOn: '2023-06-30' }])
    .withTask('3', [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }])
    .withIndicator('i12', [reform])
    .issued()
    .opened('2023-07-03', '2023Q2', '2023-07-07');
const unit = (of: string) => ({ id: `p:${of}`, kind: 'person' as const, role: 'unit' as const, unit: of });
const office = { id: 'o', kind: 'person' as const, role: 'office' as const, unit: science, plans: ['004'] };
type Who = Parameters<typeof owedBy>[0];
const list = (of: Story, who: Who, day: string) =>
  toDoOf(owedBy(who, of.ledger(), obligationsOf(of.ledger(), day, calendar), day), day, 50);

describe('what somebody owes', () => {
  it('comes by due day, each with the command that discharges it', () => {
    const { next, counts, overdue } = list(story(), unit(industry), '2023-07-05');
    expect(next.map(({ kind, dueOn, settle }) => [kind, dueOn, settle?.href])).toEqual([
      ['receipt', '2023-04-24', '/v1/tasks/004%3A1/acknowledgements'],
      ['milestone', '2023-06-30', '/v1/tasks/004%3A1/milestones'],
      ['report', '2023-07-07', '/v1/tasks/004%3A1/reports'],
      ['task_due', '2023-07-31', '/v1/tasks/004%3A1/completions'],
    ]);
    expect(next[1]?.settle?.body).toEqual({ code: 'm1', reachedOn: null });
    expect([counts, overdue]).toEqual([{ open: 4 }, 2]);
  });

  it('leads members and providers to their own doors', () => {
    const owed = list(story(), unit(county), '2023-07-05').next.find(({ kind }) => kind === 'submission');
    const href = `/v1/rounds/004%3A2023Q2/submissions/${encodeURIComponent(county)}`;
    expect(owed).toMatchObject({ href, settle: { href: `${href}/hand-in` } });
    const figure = list(story(), unit(reform), '2023-07-05').next.find(({ kind }) => kind === 'value');
    expect(figure?.settle).toMatchObject({
      href: '/v1/indicators/004%3Ai12/values',
      body: { period: '2023Q2', value: null },
    });
  });

  it('holds a rework under the door by which it came', () => {
    const returned = story().task('2023-07-05', '1', completion(industry, '2023-07-05'), industry);
    returned.task('2023-07-06', '1', {
      type: 'ReviewCompletion',
      ...{
        verdict: 'return',
        reasons: ['缺'],
        reworkBy: '2023-07-13',
        reviewerUnit: science,
        office: science,
      },
    });
    const rework = list(returned, unit(industry), '2023-07-07').next.find(({ kind }) => kind === 'rework');
    expect(rework).toMatchObject({ dueOn: '2023-07-13', settle: { href: '/v1/tasks/004%3A1/completions' } });
  });

  it('is of an office what it owes as office, not what its bureau leads', () => {
    const done = story().task('2023-07-05', '1', completion(industry, '2023-07-05'), industry);
    expect(list(done, office, '2023-07-05').next).toMatchObject([{ kind: 'review', href: '/v1/desk' }]);
    expect(list(done, unit(science), '2023-07-05').next.map(({ kind }) => kind)).toContain('report');
  });

  it('is nothing for those who only look', () => {
    const auditor = { id: 'a', kind: 'person' as const, role: 'auditor' as const };
    expect(list(story(), auditor, '2023-07-05')).toEqual({ counts: {}, overdue: 0, next: [] });
  });
});

describe('the page of what one owes', () => {
  it('says each thing in words', () => {
    const page = renderMeHtml({
      ...{ id: 'p-1', role: 'unit', unit: industry, plans: ['004'], actingFor: null, today: '2023-07-05' },
      posts: [{ post: `${industry}/liaison`, kind: 'liaison', from: '2023-01-01', to: null }],
      delegations: [],
      toDo: list(story(), unit(industry), '2023-07-05'),
    });
    for (const said of ['市工信局 待办', '反馈进展', '✖ 逾期', `${industry}/liaison`])
      expect(page).toContain(said);
  });
});

import {
  calendar,
  counties,
  everyCounty,
  completion,
  industry,
  revival,
  science,
  Story,
} from './ledger-examples.js';
import { type Obligation, obligationState } from './obligation.js';
import { obligationsOf } from './obligations.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const owed = (story: Story, day: string, kind: Obligation['kind'], period?: string) =>
  obligationsOf(story.ledger(), day, calendar).filter(
    each => each.kind === kind && (!period || each.period === period),
  );
const only = (story: Story, day: string, kind: Obligation['kind'], period?: string) => {
  const found = owed(story, day, kind, period);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const evidence = [{ title: '佐证', url: 'https://example.org/evidence' }];

describe('the half-year and the quarter that it ends with', () => {
  const both = (more: { needsTwo?: boolean } = {}) => {
    const story = new Story()
      .withTask('1', [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .issued()
      .opened('2023-07-03', '2023H1', '2023-07-15', { kind: 'half_year', summary: true });
    if (more.needsTwo) {
      story.withTask('2', [lead(industry), { holder: everyCounty, role: 'responsible', isGroup: true }]);
      story.task('2023-07-04', '2', { type: 'IssueTask', receiptDueOn: '2023-07-07' });
    }
    return story.opened('2023-07-04', '2023Q2', '2023-07-07');
  };
  const handIn = (story: Story, period: string, on: string, summary: string | null) =>
    story.submission(on, period, counties[0], {
      type: 'HandIn',
      items: story
        .ledger()
        .submissions.get(`004:${period}/${counties[0]}`)!
        .tasks.map(task => ({ task, percent: 50, note: '推进中', evidence })),
      summary,
      evidence,
      receivedOn: null,
      roundClosed: false,
    });
  const stateOf = (story: Story, period: string) => {
    const found = owed(story, '2023-07-06', 'submission', period).find(
      ({ named }) => named[0] === counties[0],
    );
    return obligationState(found!, '2023-07-06');
  };

  it('are both served by the half-year, where it holds what the quarter asks for', () => {
    expect(stateOf(handIn(both(), '2023H1', '2023-07-05', '半年总结'), '2023Q2')).toBe('handed_in');
  });

  it('but not by a policy that has each of them handed in', () => {
    const each = (from: string) => {
      const story = both().adopted('2023-06-30', 'round', from, { halfYearCoversQuarter: false });
      return stateOf(handIn(story, '2023H1', '2023-07-05', '半年总结'), '2023Q2');
    };
    expect(each('2023-07-04')).toBe('open'); // the day on which the quarter's round was opened
    expect(each('2023-07-05')).toBe('handed_in');
  });

  it('but not where the quarter asks for more', () => {
    expect(stateOf(handIn(both({ needsTwo: true }), '2023H1', '2023-07-05', '半年总结'), '2023Q2')).toBe(
      'open',
    );
  });

  it('leave the summary of the half-year to be handed in', () => {
    expect(stateOf(handIn(both(), '2023Q2', '2023-07-05', null), '2023H1')).toBe('open');
  });
});

describe('groups', () => {
  it('that only support are asked for nothing but a receipt', () => {
    const story = new Story()
      .withTask('1', [lead(science), { holder: everyCounty, role: 'supporting', isGroup: true }])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(owed(story, '2023-07-03', 'submission')).toEqual([]);
    expect(owed(story, '2023-07-03', 'receipt')).toHaveLength(1 + counties.length);
  });

  it('ask a member that leads the task for its report alone', () => {
    const story = new Story()
      .withTask('1', [lead(counties[0]), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(owed(story, '2023-07-03', 'report').map(({ holders }) => holders)).toEqual([[counties[0]]]);
    expect(
      owed(story, '2023-07-03', 'submission')
        .map(({ holders }) => holders[0])
        .sort(),
    ).toEqual([counties[1], counties[2]].sort());
  });

  it('that lead jointly with a unit hand in their rows, and the unit its report', () => {
    const story = new Story()
      .withTask('1', [lead(science), { holder: everyCounty, role: 'lead', isGroup: true }])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(only(story, '2023-07-03', 'report')).toMatchObject({ holders: [science], mode: 'single' });
    expect(owed(story, '2023-07-03', 'submission')).toHaveLength(counties.length);
  });

  it('are asked as they are when the round opens, whoever belonged to them at issue', () => {
    const story = new Story()
      .withTask('1', [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .issued()
      .on('2023-06-01', `group-${everyCounty}`, { type: 'LeaveGroup', unit: counties[0], from: '2023-06-01' })
      .on('2023-06-01', `group-${everyCounty}`, { type: 'JoinGroup', unit: revival, from: '2023-06-01' })
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(
      owed(story, '2023-07-03', 'submission')
        .map(({ holders }) => holders[0])
        .sort(),
    ).toEqual([counties[1], counties[2], revival].sort());
    expect(owed(story, '2023-07-03', 'receipt').flatMap(({ holders }) => holders)).not.toContain(revival);
  });
});

describe('the office', () => {
  const noLead = () =>
    new Story().withTask('1', [{ holder: science, role: 'supporting' }]).withTask('2', [lead(science)]);

  it.each([
    ['CancelTask', 'void'],
    ['ExemptTask', 'waived'],
  ] as const)('owes no review after %s', (type, state) => {
    const story = noLead()
      .issued()
      .task('2023-07-10', '2', completion(science, '2023-07-10'), science)
      .task('2023-07-11', '2', { type, reason: '撤销', paper: null });
    expect(obligationState(only(story, '2023-07-25', 'review'), '2023-07-25')).toBe(state);
  });

  it('owes no decision on a request that lapsed, and none is said to have been made', () => {
    const story = new Story()
      .withTask('1', [lead(science)], '2023-07-31')
      .issued()
      .task(
        '2023-07-28',
        '1',
        { type: 'RequestExtension', unit: science, actsFor: [science], to: '2023-08-31', reason: '受阻' },
        science,
      )
      .task('2023-07-31', '1', { type: 'CancelTask', reason: '撤销', paper: null });
    const decision = only(story, '2023-08-10', 'extension_decision');
    expect(decision.handedIn).toBeNull();
    expect(obligationState(decision, '2023-08-10')).toBe('void');
  });
});

describe('a submission that was returned', () => {
  const returned = () => {
    const story = new Story()
      .withTask('1', [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    const handIn = {
      type: 'HandIn' as const,
      items: [{ task: '004:1', percent: 50, note: '推进中', evidence }],
      summary: null,
      evidence,
      receivedOn: null,
      roundClosed: false,
    };
    story.submission('2023-07-07', '2023Q2', counties[0], handIn);
    story.submission(
      '2023-07-11',
      '2023Q2',
      counties[0],
      {
        type: 'ReturnSubmission',
        reasons: [{ item: '004:1', reason: '无佐证' }],
        reworkBy: '2023-07-14',
        reviewerUnit: science,
        office: science,
      },
      'person:office',
    );
    return {
      again: (on: string) => {
        story.submission(on, '2023Q2', counties[0], handIn);
        story.submission(
          on,
          '2023Q2',
          counties[0],
          { type: 'AcceptSubmission', reviewerUnit: science, office: science },
          'person:office',
        );
        const found = owed(story, on, 'submission').find(({ named }) => named[0] === counties[0]);
        return obligationState(found!, on);
      },
    };
  };

  it('was on time when it was redone by its day', () => {
    expect(returned().again('2023-07-14')).toBe('met');
  });

  it('is late when that day passed', () => {
    expect(returned().again('2023-07-17')).toBe('met_late');
  });
});

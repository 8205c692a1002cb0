import { obligationsOf } from '@duban/ledger';
import {
  calendar,
  industry,
  reform,
  report,
  science,
  Story,
  value,
} from '../../ledger/src/ledger-examples.js';
import { overdueIn } from './alerts.js';

/** What a leader is alarmed of on a day, by subject, with its light. */
function lightsOn(story: Story, today: string) {
  const ledger = story.ledger();
  const byId = new Map(obligationsOf(ledger, today, calendar).map(owed => [owed.id, owed]));
  const asked = overdueIn({ ledger, today, calendar, byId }).filter(({ period }) => period !== null);
  return asked.map(({ subject, holders, light }) => ({ subject, holders, light }));
}

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const story = () =>
  new Story()
    .withTask('1', [lead(industry)])
    .withIndicator('i5', [science, reform, industry])
    .issued()
    .opened('2023-07-03', '2023Q2', '2023-07-07');

describe('the light of an alert', () => {
  it('is that of the period that something is owed for: in July a report on June is missing', () => {
    const reported = story();
    for (const unit of [science, reform, industry])
      reported.indicator('2023-07-06', 'i5', value(unit, '2023Q2', 90), unit);
    expect(lightsOn(reported, '2023-07-10')).toMatchObject([
      { subject: '004:1', holders: [industry], light: { colour: 'red', reason: 'report_missing' } },
    ]);
  });

  it('names who is absent from a joint figure', () => {
    const two = story()
      .task('2023-07-05', '1', report(industry, '2023Q2', '2023-06-30'), industry)
      .indicator('2023-07-05', 'i5', value(science, '2023Q2', 120), science)
      .indicator('2023-07-05', 'i5', value(reform, '2023Q2', 90), reform);
    expect(lightsOn(two, '2023-07-10')).toMatchObject([
      { subject: '004:i5', light: { colour: 'red', params: { parts: 2, of: 3, absent: industry } } },
    ]);
  });
});

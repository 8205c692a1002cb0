import { addDays } from '@duban/calendar';
import { type WalkDay } from './walk/acts.js';
import { april } from './walk/april.js';
import { Expected } from './walk/expected.js';
import { earlyJuly } from './walk/early-july.js';
import { lateJuly } from './walk/late-july.js';
import { midJuly } from './walk/mid-july.js';
import { mayAndJune } from './walk/may-and-june.js';
import { furnish } from './walk/people.js';
import { alerts, desks, messages, owedNow, ownList } from './walk/seen.js';
import { type Digest, Stage } from './walk/stage.js';
import { august } from './walk/august.js';

// From the day on which the plans are issued to the middle of August 2023: each day needs the ones before it.
const story = [...april, ...mayAndJune, ...earlyJuly, ...midJuly, ...lateJuly, ...august];
const days = new Map(story.map(day => [day.on, day]));
const [firstDay, lastDay] = ['2023-04-20', '2023-08-15'];

/** Whose own list is held against the fixture on every day. */
const liaisons = ['市科技局', '市财政局', '昭山经开区'];

// Most days take a fraction of a second; on a machine with much else to do some take a hundred times that.
const [setUpMs, dayMs] = [120_000, 120_000];
let stage: Stage;
const expected = new Expected();
beforeAll(async () => {
  stage = await Stage.open();
  await furnish(stage);
}, setUpMs);
afterAll(() => stage.close());

const each: string[] = [];
for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) each.push(day);

it('tells of days between the first and the last, each once', () => {
  const told = story.map(({ on }) => on);
  expect(told).toEqual([...new Set(told)].sort());
  expect(told.filter(day => !each.includes(day))).toEqual([]);
});

describe('on', () => {
  let reached: string | null = null;

  it.each(each)(
    '%s',
    async on => {
      const before = addDays(on, -1);
      if (on !== firstDay && reached !== before) throw new Error(`${before} did not end as it is written`);
      await walk(days.get(on) ?? { on });
      reached = on;
    },
    dayMs,
  );
});

async function walk(day: WalkDay): Promise<void> {
  await stage.begin(day.on);
  for (const act of day.acts ?? []) await act(stage);
  const digests = await stage.finish(day.on);
  expected.change(day.owed ?? '');
  expected.changeDesk(day.desk ?? '');
  expected.alerts = day.alerts ?? expected.alerts;
  await mustStand(digests, day);
}

async function mustStand(digests: readonly Digest[], day: WalkDay): Promise<void> {
  const isQuiet = day.acts === undefined && day.owed === undefined;
  if (isQuiet) expect(differences(await owedNow(stage, 'open'), expected.open)).toEqual([]);
  else expect(differences(await owedNow(stage), expected.owed)).toEqual([]);
  expect(await desks(stage)).toEqual(expected.desk);
  expect(messages(digests)).toEqual(expected.messages(day.sent ?? ''));
  const recipients = digests.map(({ recipient }) => recipient);
  expect(recipients).toEqual([...new Set(recipients)]); // one digest for each, however much it holds
  await mustAlarm(day);
  for (const unit of liaisons)
    expect(differences(await ownList(stage, unit), expected.owedBy(unit))).toEqual([]);
}

/** The mayor sees all that is overdue under the plan, the vice mayor what his two bureaus owe, with workdays late. */
async function mustAlarm({ alerts: told }: WalkDay): Promise<void> {
  const [all, own] = [await alerts(stage, 'mayor'), await alerts(stage, 'vice mayor')];
  expect(all.map(({ key }) => key)).toEqual(expected.overdue('004'));
  if (told)
    return expect(own.map(({ key, workdaysLate }) => `${key} +${workdaysLate}`)).toEqual(told.toSorted());
  expect(own.map(({ key }) => key)).toEqual(expected.alerts.map(line => line.replace(/ \+\d+$/, '')).sort());
}

function differences(seen: ReadonlyMap<string, string>, written: ReadonlyMap<string, string>): string[] {
  const keys = [...new Set([...seen.keys(), ...written.keys()])].sort();
  return keys
    .filter(key => seen.get(key) !== written.get(key))
    .map(key => `${key}: ${seen.get(key) ?? 'nothing'}, but written is ${written.get(key) ?? 'nothing'}`);
}

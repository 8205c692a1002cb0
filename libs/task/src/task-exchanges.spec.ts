import { specFor } from '@duban/event-store';
import type { Actor } from '@duban/platform';
import {
  acknowledged,
  commands,
  contextOn,
  contributionAsked,
  culture,
  entering,
  finance,
} from './task-examples.js';
import { instructed, issued, office, paper, people, registered, robot, science } from './task-examples.js';
import type { TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const on = (day: string, history: readonly TaskEvent[], who: Actor = people.liaison) =>
  specFor(taskDecider, contextOn(day, who))(...history);
const begun = [registered, issued, acknowledged(finance), acknowledged(culture)];
const given = (day: string, answers: readonly string[], more: object = {}): TaskEvent => ({
  type: 'ContributionGiven',
  n: 1,
  unit: culture,
  answers,
  evidence: [],
  on: day,
  by: 'liaison',
  ...more,
});

describe('asking for a contribution', () => {
  const ask = { ...commands.RequestContribution, dueOn: '2023-07-12' };
  const asked = on('2023-07-05', [...begun]);

  it('is recorded with its items and its day', () => asked.when(ask).then(contributionAsked));
  it('is recorded once when retried', () =>
    on('2023-07-06', [...begun, contributionAsked])
      .when(ask)
      .thenNothing());
  it('is for leads', () => asked.when({ ...ask, unit: culture }).thenRejected('not_a_lead_unit'));
  it('goes to units named in the task or members of its groups, never to the lead itself', () => {
    asked.when({ ...ask, from: [culture, 'xiangtan:岳塘区'] }).thenRejected('not_a_contributor');
    asked.when({ ...ask, from: [finance] }).thenRejected('not_a_contributor');
    const from = [science, 'xiangtan:岳塘区'];
    asked.when({ ...ask, from, members: ['xiangtan:岳塘区'] }).then({ ...contributionAsked, from });
  });
  it('gives time until today at least', () =>
    asked.when({ ...ask, dueOn: '2023-07-04' }).thenRejected('due_in_past'));
});

describe('giving a contribution', () => {
  const give = commands.GiveContribution;
  const asked = on('2023-07-11', [...begun, contributionAsked]);

  it('answers every item', () => {
    asked.when(give).then(given('2023-07-11', ['twelve firms']));
    asked.when({ ...give, answers: [] }).thenRejected('answers_incomplete');
  });
  it('is for those who were asked', () => {
    asked.when({ ...give, unit: science }).thenRejected('not_asked');
    asked.when({ ...give, n: 2 }).thenRejected('contribution_not_found');
    asked
      .when({ ...give, unit: 'xiangtan:新局', actsFor: [culture] })
      .then(given('2023-07-11', ['twelve firms']));
  });
  it('replaces what was said before, and adds nothing when repeated', () => {
    const again = on('2023-07-12', [...begun, contributionAsked, given('2023-07-11', ['twelve firms'])]);
    again.when(give).thenNothing();
    again.when({ ...give, answers: ['thirteen'] }).then(given('2023-07-12', ['thirteen']));
  });
  it('may come on paper', () =>
    on('2023-07-13', [...begun, contributionAsked], entering)
      .when({ ...give, receivedOn: '2023-07-12', paper })
      .then(given('2023-07-12', ['twelve firms'], { by: 'clerk', onBehalf: true, paper })));
  it('is the receipt of a unit that gave none', () =>
    on('2023-07-11', [registered, issued, acknowledged(finance), contributionAsked])
      .when(give)
      .then(
        { type: 'TaskAcknowledged', unit: culture, on: '2023-07-11', through: 'report' },
        given('2023-07-11', ['twelve firms']),
      ));
});

describe('giving an instruction', () => {
  const leader = { id: 'mayor', kind: 'person', role: 'leader' } as const;
  const instruct = { ...commands.GiveInstruction, dueOn: '2023-07-12', paper: null };

  it('is the word of a leader', () =>
    on('2023-07-05', [...begun], leader)
      .when(instruct)
      .then(instructed));
  it('is recorded once when retried', () =>
    on('2023-07-05', [...begun, instructed], leader)
      .when(instruct)
      .thenNothing());
  it('is typed by the office from its paper', () => {
    const paper = { number: '12', on: '2023-07-04' };
    on('2023-07-05', [...begun], people.clerk)
      .when(instruct)
      .thenRejected('paper_needed');
    on('2023-07-05', [...begun], people.clerk)
      .when({ ...instruct, paper })
      .then({ ...instructed, paper, by: 'clerk', onBehalf: true });
  });
  it('goes to units named in the task or the office, and gives time until today at least', () => {
    const said = on('2023-07-05', [...begun], leader);
    said.when({ ...instruct, addressees: [finance, 'xiangtan:岳塘区'] }).thenRejected('not_an_addressee');
    said
      .when({ ...instruct, addressees: ['xiangtan:督查室'], office: 'xiangtan:督查室' })
      .then({ ...instructed, addressees: ['xiangtan:督查室'] });
    said.when({ ...instruct, dueOn: '2023-07-04' }).thenRejected('due_in_past');
  });
  it('is nothing that a machine says by itself', () =>
    on('2023-07-05', [...begun], robot)
      .when(instruct)
      .thenRejected('machine_needs_acting_for'));
});

describe('answering an instruction', () => {
  const answer = commands.AnswerInstruction;
  const answered = (day: string, text: string, more: object = {}): TaskEvent => ({
    type: 'InstructionAnswered',
    ...{ n: 1, unit: finance, text, evidence: [], on: day, by: 'liaison', ...more },
  });
  const asked = on('2023-07-11', [...begun, instructed]);

  it('is for its addressees', () => {
    asked.when(answer).then(answered('2023-07-11', answer.text));
    asked.when({ ...answer, unit: culture }).thenRejected('not_asked');
    asked.when({ ...answer, n: 2 }).thenRejected('instruction_not_found');
  });
  it('may be added to, and adds nothing when repeated', () => {
    const again = on('2023-07-12', [...begun, instructed, answered('2023-07-11', answer.text)]);
    again.when(answer).thenNothing();
    again.when({ ...answer, text: 'now it is' }).then(answered('2023-07-12', 'now it is'));
  });
  it('is no receipt of an office that is not named in the task', () => {
    const away = { ...instructed, addressees: [office], n: 1 };
    on('2023-07-11', [
      { ...registered, roles: registered.roles.filter(({ holder }) => holder !== office) },
      issued,
      away,
    ])
      .when({ ...answer, unit: office })
      .then(answered('2023-07-11', answer.text, { unit: office }));
  });
});

import { Command, Option } from 'commander';
import { dayOf, listOf, quarterOf, wholeNumber } from './arguments.js';
import {
  type AccessOptions,
  type DemoOptions,
  keyRoles,
  type NewKeyOptions,
  type RestateOptions,
  type SealCommandOptions,
  type VerifyCommandOptions,
} from './command-options.js';
import { type Terminal } from './terminal/terminal.js';

/** What a command of the program does: its work, and the exit code when that is not 0. */
export type Action = (terminal: Terminal) => Promise<number | void>;

/** Runs an action; the program itself only reads the command line. */
export type Perform = (action: Action) => Promise<void>;

/** What is said to whoever asks for nothing in particular. */
export const shortHelp = `duban: who owes what under a published plan, by when, and what came of it.

  duban demo                    the year 2023 of five real plans in two minutes
  duban up                      start your own ledger: database, API and worker
  duban seed 004 --issue        load one of the plans that come with Duban
  duban plan show 004           its tasks, indicators and lights

All commands: duban --help        Example as data: duban plan show 004 --json
`;

/**
 * The command line: names, options and help. What a command does is loaded when it is called, so that help and first
 * lines come at once.
 */
export function createProgram(perform: Perform): Command {
  const program = new Command('duban')
    .description('Task supervision for published plans.')
    .option('--json', 'print data as JSON on stdout')
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false);
  for (const add of [
    addServers,
    addSetUp,
    addPlans,
    addWork,
    addRollups,
    addRecord,
    addSubscriptions,
    addErasure,
    addKeys,
  ])
    add(program, perform);
  return program;
}

function addServers(program: Command, perform: Perform): void {
  program
    .command('up')
    .description('start the database (embedded unless DATABASE_URL is set), the API and the worker')
    .option('--port <number>', 'the port of the API, instead of PORT', wholeNumber(1, 65_535))
    .action((options: { port?: number }) =>
      perform(async terminal => (await import('./commands/up.js')).up(terminal, options)),
    );
  program
    .command('demo')
    .description('the year 2023 of the five plans on a simulated clock')
    .option('--exit', 'end after the last quarter instead of staying up')
    .option('--plans <codes>', 'only these plans, such as 000,004', listOf)
    .option('--until <day>', 'only up to this day, such as 2023-07-31', dayOf)
    .option('--seed <number>', 'another believable year', wholeNumber(0, 2 ** 31 - 1), 1)
    .action((options: DemoOptions) =>
      perform(async terminal => (await import('./commands/demo.js')).demo(terminal, options)),
    );
  program
    .command('doctor')
    .description(
      'check configuration, database, migrations, record, subscriptions, queue, evidence and clock',
    )
    .action(() => perform(async terminal => (await import('./commands/doctor.js')).doctor(terminal)));
}

function addSetUp(program: Command, perform: Perform): void {
  program
    .command('migrate')
    .description('bring the tables of the database up to this version')
    .action(() =>
      perform(async terminal => (await import('./commands/migrate.js')).migrateDatabase(terminal)),
    );
  program
    .command('seed')
    .argument('[codes...]', 'plans to load; all five when left out')
    .description('load plans that come with Duban, with their units; twice changes nothing')
    .option('--issue', 'issue them, too: from then on their tasks are owed')
    .option('--waive <reason>', 'the reason recorded for findings that would block the issue', defaultReason)
    .action((codes: string[], options: { issue?: boolean; waive: string }) =>
      perform(async terminal => (await import('./commands/seed.js')).seed(terminal, codes, options)),
    );
}

const defaultReason = 'taken as the document has it';

function addPlans(program: Command, perform: Perform): void {
  const plan = program.command('plan').description('look at plans');
  plan
    .command('list')
    .description('all plans with their counts')
    .action(() => perform(async terminal => (await import('./commands/plans.js')).listPlans(terminal)));
  plan
    .command('show')
    .argument('<code>', 'such as 004')
    .description('the whole ledger of one plan')
    .action((code: string) =>
      perform(async terminal => (await import('./commands/plans.js')).showPlan(terminal, code)),
    );
}

function addWork(program: Command, perform: Perform): void {
  program
    .command('policies')
    .argument('[kind]', 'reminder, light, score, round or date; with what each version holds')
    .description('the rules by version: which holds today, from which day, who adopted it')
    .action((kind?: string) =>
      perform(async terminal => (await import('./commands/policies.js')).showPolicies(terminal, kind)),
    );
  program
    .command('sweep')
    .description('record every reminder that is due now')
    .action(() => perform(async terminal => (await import('./commands/sweep.js')).sweep(terminal)));
}

function addRollups(program: Command, perform: Perform): void {
  const rollup = program.command('rollup').description('quarterly editions');
  rollup
    .command('run')
    .argument('<quarter>', 'such as 2023Q2', quarterOf)
    .option('--plans <codes>', 'only these plans', listOf)
    .description('compute editions; a closed round gets one however often it is asked')
    .action((quarter: string, options: { plans?: string[] }) =>
      perform(async terminal =>
        (await import('./commands/rollups.js')).runRollup(terminal, quarter, options),
      ),
    );
  rollup
    .command('show')
    .argument('<quarter>', 'such as 2023Q2', quarterOf)
    .option('--first <code>', 'the plan that is told in full, such as 004')
    .description('the page of a quarter as a leader reads it')
    .action((quarter: string, options: { first?: string }) =>
      perform(async terminal =>
        (await import('./commands/rollups.js')).showRollup(terminal, quarter, options),
      ),
    );
  rollup
    .command('diff')
    .argument('<id>', 'such as 004:2023Q2')
    .option('--from <n>', 'the one before --to when left out', wholeNumber(1, 999_999))
    .option('--to <n>', 'the last one when left out', wholeNumber(1, 999_999))
    .description('what one edition says otherwise than another')
    .action((id: string, options: { from?: number; to?: number }) =>
      perform(async terminal => (await import('./commands/rollups.js')).diffRollup(terminal, id, options)),
    );
  rollup
    .command('restate')
    .argument('<id>', 'such as 004:2023Q2')
    .requiredOption('--reason <text>', 'why; printed in the edition')
    .option('--of <n>', 'the edition that you have seen; the last one when left out', wholeNumber(1, 999_999))
    .option('--paper <number>', 'the paper that says so')
    .option('--paper-on <day>', 'of which day, such as 2023-08-14', dayOf)
    .description('publish an edition that takes the place of the last one, with its reason')
    .action((id: string, options: RestateOptions, command: Command) => {
      if (!options.paper !== !options.paperOn) command.error('error: --paper and --paper-on go together');
      return perform(async terminal =>
        (await import('./commands/rollups.js')).restateRollup(terminal, id, options),
      );
    });
  rollup
    .command('verify')
    .argument('[id]', 'such as 004:2023Q2/1; all published editions when left out')
    .description('compute editions anew from the events and compare their digests')
    .action((id?: string) =>
      perform(async terminal => (await import('./commands/rollups.js')).verifyRollups(terminal, id)),
    );
}

function addRecord(program: Command, perform: Perform): void {
  program
    .command('verify')
    .description('walk every hash chain and fold every state anew; names the first broken position')
    .option('--from <position>', 'only from this position', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--to <position>', 'only up to this position', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--stream <name>', 'only this stream, such as task-004:3.1')
    .option('--seal <file>', 'hold the record against seals that were kept outside')
    .action((options: VerifyCommandOptions) =>
      perform(async terminal => (await import('./commands/verify.js')).verify(terminal, options)),
    );
  program
    .command('evidence')
    .description('stored files')
    .command('verify')
    .description('read every stored file and hold it against its hash')
    .action(() =>
      perform(async terminal => (await import('./commands/evidence.js')).verifyEvidence(terminal)),
    );
  program
    .command('seal')
    .option('--export <file>', 'write all seals into a file, for somebody outside to keep')
    .option('--next-key <file>', 'hand over to the key in this file, made if it is not there')
    .option('--key-lost', 'seal with another key than the last seal names, because that one is lost')
    .description('seal the record up to now: its Merkle root, signed and chained to the last seal')
    .action((options: SealCommandOptions) =>
      perform(async terminal => (await import('./commands/seal.js')).seal(terminal, options)),
    );
  program
    .command('access')
    .option('--on <day>', 'any day up to today, such as 2023-07-31; today when left out', dayOf)
    .option('--task <key>', 'who could do something with this task, such as 004:3.1')
    .option('--plan <code>', 'who could do something under this plan')
    .option('--unit <key>', 'who could do something about this unit, such as xiangtan:市科技局')
    .description('who could have done what on a day, by which key, grant or delegation; from the events')
    .action((options: AccessOptions) =>
      perform(async terminal => (await import('./commands/access.js')).showAccess(terminal, options)),
    );
  program
    .command('show')
    .argument('<stream>', 'such as task-004:3.1')
    .option('--at <moment>', 'a position, or an instant with its zone; now when left out')
    .description('a stream as it was known at a moment, folded from its events')
    .action((stream: string, options: { at?: string }) =>
      perform(async terminal => (await import('./commands/show.js')).showStream(terminal, stream, options)),
    );
  program
    .command('rebuild')
    .argument('[name]', 'states, obligations, deliveries or rollups')
    .option('--all', 'all of them')
    .description('build a read model anew from the events, beside the live one, and exchange the two')
    .action((name: string | undefined, options: { all?: boolean }, command: Command) => {
      if (!name === !options.all) command.error('error: name one read model, or say --all');
      return perform(async terminal => (await import('./commands/rebuild.js')).rebuild(terminal, name));
    });
}

function addSubscriptions(program: Command, perform: Perform): void {
  const load = () => import('./commands/subscriptions.js');
  const subscriptions = program.command('subscriptions').description('what follows the log');
  subscriptions
    .command('list', { isDefault: true })
    .description('where each stands, what was left out, and what operators did')
    .action(() => perform(async terminal => (await load()).listSubscriptions(terminal)));
  subscriptions
    .command('resume')
    .argument('<name>', 'such as obligations')
    .description('let a stopped one try its event again; on record')
    .action((name: string) => perform(async terminal => (await load()).resumeSubscription(terminal, name)));
  subscriptions
    .command('skip')
    .argument('<name>', 'such as obligations')
    .requiredOption('--position <number>', 'the event that it stopped on', wholeNumber(1, 2 ** 52))
    .requiredOption('--reason <text>', 'why it may be left out')
    .description('let a stopped one go on without its event; on record')
    .action((name: string, options: { position: number; reason: string }) =>
      perform(async terminal => (await load()).skipEvent(terminal, name, options)),
    );
}

function addErasure(program: Command, perform: Perform): void {
  program
    .command('erase')
    .argument('<subject>', 'the id of a person, such as person:7')
    .requiredOption('--reason <text>', 'recorded for ever, so without what is to be forgotten')
    .description("destroy a person's key: the sealed fields of that person can never be read again")
    .action((subject: string, options: { reason: string }) =>
      perform(async terminal => (await import('./commands/erase.js')).erase(terminal, subject, options)),
    );
}

function addKeys(program: Command, perform: Perform): void {
  const keys = program.command('keys').description('API keys');
  keys
    .command('create')
    .description('make a key and show it this once')
    .addOption(new Option('--role <role>').choices(keyRoles).makeOptionMandatory())
    .option('--holder <id>', 'whose key it is, such as person:xiangtan:市科技局/liaison')
    .option('--machine', 'it belongs to a program, not to a person')
    .option('--unit <key>', 'the unit of a unit key, such as xiangtan:市科技局')
    .option('--units <keys>', 'units that a leader is in charge of', listOf)
    .option('--plans <codes>', "plans of an office or leader, such as 000,004 or '*'", listOf)
    .option('--days <number>', 'how long it is valid; for ever when left out', wholeNumber(1, 36_500))
    .action((options: NewKeyOptions) =>
      perform(async terminal => (await import('./commands/keys.js')).createKey(terminal, options)),
    );
  keys
    .command('rotate-master')
    .description('wrap the keys of sealed fields in a new master key')
    .action(() => perform(async terminal => (await import('./commands/erase.js')).rotateMaster(terminal)));
  keys
    .command('list')
    .description('all keys, without anything secret')
    .action(() => perform(async terminal => (await import('./commands/keys.js')).listKeys(terminal)));
  keys
    .command('revoke')
    .argument('<id>')
    .description('end a key')
    .action((id: string) =>
      perform(async terminal => (await import('./commands/keys.js')).revokeKey(terminal, id)),
    );
}

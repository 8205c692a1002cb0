import { readFile } from 'node:fs/promises';
import { KeyStore } from '@duban/access';
import { type Calendar, type CalendarOverrides, createCalendar } from '@duban/calendar';
import { EventStore, MasterKeyFile, type SealingOptions } from '@duban/event-store';
import { type EvidenceStorage, incomingFolder, openStorage } from '@duban/evidence';
import { LedgerReader, Turns } from '@duban/ledger';
import {
  type Clock,
  type Configuration,
  createPool,
  hasSimulatedTime,
  SimulatedClock,
  SystemClock,
} from '@duban/platform';
import { Restater } from '@duban/rollup';
import { type Pool } from 'pg';
import { AccessHistory } from './access-history.js';
import { AccessService } from './access.service.js';
import { BulletinService } from './bulletin.service.js';
import { CommandRunner } from './command-runner.js';
import { EvidenceService } from './evidence.service.js';
import { EvidenceSubjects } from './evidence-subjects.js';
import { ExchangeService } from './exchange.service.js';
import { HolidayService } from './holiday.service.js';
import { IndicatorService } from './indicator.service.js';
import { Lookup } from './lookup.js';
import { personalFields } from './personal-fields.js';
import { PlanService } from './plan.service.js';
import { PolicyService } from './policy.service.js';
import { RoundService } from './round.service.js';
import { SubmissionService } from './submission.service.js';
import { TaskService } from './task.service.js';
import { upcasters } from './upcasters.js';
import { UnitService } from './unit.service.js';

/** The product without its doors: what the API, the worker, the command line and the demo all work through. */
export type Core = {
  configuration: Configuration;
  pool: Pool;
  events: EventStore;
  clock: Clock;
  simulated: boolean;
  calendar: Calendar;
  reader: LedgerReader;
  access: KeyStore;
  grants: AccessService;
  accessHistory: AccessHistory;
  runner: CommandRunner;
  plans: PlanService;
  tasks: TaskService;
  exchanges: ExchangeService;
  indicators: IndicatorService;
  rounds: RoundService;
  submissions: SubmissionService;
  units: UnitService;
  policies: PolicyService;
  holidays: HolidayService;
  evidence: EvidenceService;
  evidenceStorage: EvidenceStorage;
  bulletins: BulletinService;
  close(): Promise<void>;
};

/**
 * Opens the database as the role that cannot change what was recorded, checks that the log is whole, and puts the
 * services together. The clock is the ledger's own: simulated where the ledger is.
 * @throws LogDamaged when the log does not end where its head says
 * @throws MasterKeyMissing, MasterKeyWrong when fields are sealed that could not be opened
 */
export async function createCore(
  configuration: Configuration & { databaseUrl: string },
  name = 'duban',
): Promise<Core> {
  const url = configuration.databaseUrl;
  const pool = createPool(url, { applicationName: name, role: 'duban_app', max: 8 });
  const events = new EventStore({
    connection: { connectionString: url, application_name: name },
    role: 'duban_app',
    ...sealingOf(configuration),
  });
  try {
    for (const { type, from, upcast, to } of upcasters) events.registerUpcaster(type, from, upcast, to);
    events.checkUpcasters();
    await events.checkHead();
    await events.checkSealing();
    const simulated = await hasSimulatedTime(pool);
    const clock = simulated ? new SimulatedClock(pool) : new SystemClock();
    const calendar = createCalendar({
      zone: configuration.zone,
      overrides: await holidaysFrom(configuration),
    });
    const reader = new LedgerReader(pool, events);
    const calendars = new Turns(() => reader.calendar(calendar)); // one question for all who decide at the same time
    const runner = new CommandRunner(events, clock, () => calendars.ask());
    const lookup = new Lookup(reader);
    const evidenceStorage = openStorage(configuration);
    const tasks = new TaskService(runner, lookup);
    const keys = new KeyStore({ pool, events, clock, calendar, passedOn: unit => reader.passedOn(unit) });
    return {
      configuration,
      pool,
      events,
      clock,
      simulated,
      calendar,
      reader,
      access: keys,
      grants: new AccessService({ runner, lookup, keys, pool }),
      accessHistory: new AccessHistory({ events, clock, calendar }),
      runner,
      plans: new PlanService(runner, reader),
      tasks,
      exchanges: new ExchangeService(runner, lookup, tasks),
      indicators: new IndicatorService(runner, lookup),
      rounds: new RoundService(runner, lookup),
      submissions: new SubmissionService(runner, lookup, pool),
      units: new UnitService(runner, reader),
      policies: new PolicyService(runner, reader),
      holidays: new HolidayService(runner, reader, calendar),
      evidence: new EvidenceService({
        ...{ runner, lookup, storage: evidenceStorage, subjects: new EvidenceSubjects(lookup, pool) },
        folder: incomingFolder(configuration),
        limits: { bytes: configuration.evidenceLimitBytes, reserve: configuration.evidenceReserveBytes },
      }),
      evidenceStorage,
      bulletins: new BulletinService(runner, lookup, new Restater({ pool, events, reader, clock, calendar })),
      close: () => closeAll(events, pool),
    };
  } catch (error) {
    await closeAll(events, pool);
    throw error;
  }
}

function sealingOf({ masterKeyFile }: Configuration): { sealing?: SealingOptions } {
  if (!masterKeyFile) return {};
  return { sealing: { fields: personalFields, masterKeys: new MasterKeyFile(masterKeyFile).source } };
}

async function closeAll(events: EventStore, pool: Pool): Promise<void> {
  await events.close();
  await pool.end();
}

async function holidaysFrom({ holidaysFile }: Configuration): Promise<CalendarOverrides | undefined> {
  return holidaysFile ? (JSON.parse(await readFile(holidaysFile, 'utf8')) as CalendarOverrides) : undefined;
}

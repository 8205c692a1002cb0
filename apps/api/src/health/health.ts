import { type Core } from '@duban/supervision';

export type Readiness = { status: 'ready' | 'not_ready'; faults: string[] };

/** Seconds that the oldest waiting job has waited, or null when none waits. */
export type QueueAge = () => Promise<number | null>;

const oldestJobSeconds = 300;

/** Whether this process can do its work, and if not, why. */
export class Health {
  constructor(
    private readonly core: Pick<Core, 'pool' | 'events' | 'evidenceStorage'>,
    private readonly queueAge?: QueueAge,
  ) {}

  async readiness(): Promise<Readiness> {
    const faults = [
      ...(await this.told('database', () => this.database())),
      ...(await this.told('queue', () => this.queue())),
      ...(await this.told('the folder of stored files', () => this.files())),
    ];
    return { status: faults.length === 0 ? 'ready' : 'not_ready', faults };
  }

  /** Subscriptions stand in the database: one look tells of both. */
  private async database(): Promise<string[]> {
    const subscriptions = await this.core.events.subscriptionStatus();
    return subscriptions.flatMap(({ name, failure }) =>
      failure ? [`subscription ${name} stopped at ${failure.position}`] : [],
    );
  }

  private async queue(): Promise<string[]> {
    const age = (await this.queueAge?.()) ?? null;
    return age !== null && age > oldestJobSeconds ? [`the oldest job has waited ${Math.round(age)} s`] : [];
  }

  /** A folder belongs to this machine; a bucket that is away is no reason to send nobody here. */
  private async files(): Promise<string[]> {
    const { kind } = this.core.evidenceStorage;
    if (kind === 'folder') await this.core.evidenceStorage.probe();
    return [];
  }

  private async told(part: string, look: () => Promise<string[]>): Promise<string[]> {
    try {
      return await look();
    } catch {
      return [`${part} cannot be reached`]; // which is all that a stranger needs to know
    }
  }
}

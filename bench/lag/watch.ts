import { type EventStore } from '@duban/event-store';
import { setTimeout as delay } from 'node:timers/promises';

/** When positions were acknowledged and when their projection could be seen, in milliseconds of this process. */
export class LagWatch {
  private readonly acknowledged: number[] = [];
  private readonly visible: number[] = [];
  private done = false;

  constructor(
    private readonly store: EventStore,
    private readonly name: string,
  ) {}

  acknowledge(position: number): void {
    this.acknowledged[position] = performance.now();
  }

  /** Asks about every millisecond how far the projection is, as any reader could: its lag is at most overstated by that. */
  async watch(): Promise<void> {
    for (let seen = 0; !this.done; await delay(1)) {
      const position = await this.position();
      const now = performance.now();
      while (seen < position) this.visible[++seen] = now;
    }
  }

  /** Waits until everything acknowledged is visible; the times between the two, of what was acknowledged from `begin` on. */
  async finish(begin: number): Promise<{ lags: number[]; lastAcknowledged: number }> {
    const last = this.acknowledged.length - 1;
    await this.store.waitFor(this.name, last, 60_000);
    while (this.visible[last] === undefined) await delay(1);
    this.done = true;
    const counted = this.acknowledged.flatMap((at, position) =>
      at >= begin ? [[position, at] as const] : [],
    );
    return {
      lags: counted.map(([position, at]) => Math.max(0, this.visible[position]! - at)),
      lastAcknowledged: Math.max(...counted.slice(-1000).map(([, at]) => at)),
    };
  }

  private async position(): Promise<number> {
    const [status] = await this.store.subscriptionStatus(this.name);
    return status?.position ?? 0;
  }
}

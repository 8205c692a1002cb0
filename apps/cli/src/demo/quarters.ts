import { type Core } from '@duban/supervision';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient } from './api-client.js';
import { auditorKey, schedulerKey } from './key-ring.js';
import { outFolder } from './stage.js';
import { type Teller } from './teller.js';

/** Shows each closed quarter as a leader reads it, and writes its page. */
export class Quarters {
  constructor(
    private readonly core: Core,
    private readonly client: ApiClient,
    private readonly teller: Teller,
  ) {}

  /** The editions are out already: the scheduler, as any cron would, asks once more, which changes nothing. */
  async show(quarter: string): Promise<void> {
    const { client, teller } = this;
    const act = {
      name: `rollup/${quarter}`,
      who: schedulerKey,
      path: '/v1/rollups',
      body: { period: quarter },
    };
    await client.act({ ...act, line: null });
    const page = await client.get(auditorKey, `/v1/quarters/${quarter}`, 'text/html');
    mkdirSync(outFolder, { recursive: true });
    const file = join(outFolder, `quarter-${quarter}.html`);
    writeFileSync(file, page.text);
    teller.line(`The quarter as a page: ${file}`);
    void this.core;
  }
}

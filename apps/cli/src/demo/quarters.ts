import { type Quarter, renderQuarterHtml, renderQuarterText } from '@duban/rollup';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient } from './api-client.js';
import { auditorKey, schedulerKey } from './key-ring.js';
import { writePages } from './pages.js';
import { outFolder } from './stage.js';
import { type Teller } from './teller.js';

const width = 100;

/** Shows each closed quarter as a leader reads it, and writes its page. */
export class Quarters {
  constructor(
    private readonly client: ApiClient,
    private readonly teller: Teller,
    /** The plan that is told first, in full. */
    private readonly first: string,
  ) {}

  /** The editions are out already: the scheduler, as any cron would, asks once more, which changes nothing. */
  async show(quarter: string): Promise<void> {
    const { client, teller } = this;
    const body = { period: quarter };
    await client.act({ name: `rollup/${quarter}`, who: schedulerKey, path: '/v1/rollups', body, line: null });
    const answer = await client.get(auditorKey, `/v1/quarters/${quarter}?first=${this.first}`);
    const page = answer.body as unknown as Quarter;
    const file = join(outFolder, `quarter-${quarter}.html`);
    mkdirSync(outFolder, { recursive: true });
    writeFileSync(file, renderQuarterHtml(page));
    const beside = await writePages(client, page);
    const told = [
      '',
      renderQuarterText(page, { width }),
      `As a page: ${file}`,
      `Beside it: ${beside.join(' ')}`,
      '',
    ];
    told.forEach(text => teller.line(text));
  }
}

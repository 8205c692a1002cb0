import { withClients } from '../support/database.js';
import { passes } from '../support/measure.js';
import { type Options } from '../support/options.js';
import { type BenchCase } from '../support/scenario.js';

export const pageSize = 1000;

// All that an event has, in the order of the log: what anybody reads who reads events.
const page = {
  name: 'page',
  text: `SELECT position, stream, version, event_id, type, schema, data, meta, effective_on, recorded_at, hash
         FROM events WHERE position > $1 ORDER BY position LIMIT ${pageSize}`,
};

/** Streams the events of a log through the driver, page after page, and does nothing with them. */
export function scanCase(database: string, eventsOf: (options: Options) => number): BenchCase {
  return {
    impl: 'scan',
    callers: 1,
    batch: pageSize,
    run: ({ serverUrl, options }) =>
      withClients(serverUrl, database, 1, ([client]) => {
        const units = eventsOf(options);
        const pass = async () => {
          let last = 0;
          for (let more = true; more;) {
            const { rows } = await client!.query<{ position: string }>({ ...page, values: [last] });
            last = Number(rows.at(-1)?.position ?? last);
            more = rows.length === pageSize;
          }
          if (last !== units) throw new Error(`the scan ended at ${last} of ${units}`);
        };
        return passes({ ...options, units, pass });
      }),
  };
}

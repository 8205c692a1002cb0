import { emmettEvent, freshEmmett, withEmmett } from '../support/emmett.js';
import { closedLoop } from '../support/measure.js';
import { newStream } from '../support/payload.js';
import { type BenchCase } from '../support/scenario.js';

const database = 'append_emmett';

/** Emmett's public call, on as many connections as callers. */
export function emmettCase(callers: number): BenchCase {
  return {
    impl: 'emmett',
    callers,
    batch: 1,
    before: server => freshEmmett(server, database),
    run: ({ serverUrl, options }) =>
      withEmmett(serverUrl, database, callers, store =>
        closedLoop({
          ...options,
          callers,
          call: (_, nth) => store.appendToStream(newStream(), [emmettEvent(nth)]),
        }),
      ),
  };
}

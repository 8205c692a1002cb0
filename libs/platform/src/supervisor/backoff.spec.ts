import { restartDelayMs } from './backoff.js';

it('waits longer after each failure, but never for ever', () => {
  expect([1, 2, 3, 4, 5, 6, 1000].map(restartDelayMs)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
});

import { StreamCache } from './stream-cache.js';

const at = (version: number, state = `state ${version}`) => ({
  state,
  version,
  hash: String.fromCharCode(version).repeat(32),
});
const perEntry = 1000; // characters, with what an entry takes beside its state
const put = (cache: StreamCache, stream: string, version: number) =>
  cache.put(stream, at(version), perEntry - 500);

it('gives what was kept', () => {
  const cache = new StreamCache(10 * perEntry);
  const kept = at(200);
  cache.put('counter-1', kept, 10);
  expect(cache.get('counter-1')).toEqual(at(200));
  expect(cache.has('counter-1')).toBe(true);
  expect(cache.get('counter-2')).toBeUndefined();
});

it('does not go back to an earlier version', () => {
  const cache = new StreamCache(10 * perEntry);
  put(cache, 'counter-1', 2);
  put(cache, 'counter-1', 1);
  expect(cache.get('counter-1')?.version).toBe(2);
  cache.drop('counter-1');
  expect(cache.has('counter-1')).toBe(false);
  put(cache, 'counter-1', 1);
  expect(cache.get('counter-1')?.version).toBe(1);
});

it('forgets what was not written for longest, and never keeps more than it may', () => {
  const limit = 10;
  const cache = new StreamCache(limit * perEntry);
  const streams = Array.from({ length: 40 }, (_, nth) => `counter-${nth}`);
  const kept = () => streams.filter(stream => cache.has(stream));
  for (const stream of streams) {
    put(cache, stream, 1);
    put(cache, 'counter-0', 1); // used all the time
    expect(kept().length).toBeLessThanOrEqual(limit);
    expect(cache.has(stream)).toBe(true);
    expect(cache.has('counter-0')).toBe(true);
  }
  expect(kept().slice(1)).toEqual(streams.slice(-(kept().length - 1)));
});

it('keeps no state that is half as large as all it may keep, and then none from before', () => {
  const cache = new StreamCache(10 * perEntry);
  put(cache, 'counter-1', 1);
  cache.put('counter-1', at(2), 5 * perEntry);
  expect(cache.has('counter-1')).toBe(false);
});

it('keeps nothing when it may keep nothing, but knows the version', () => {
  const cache = new StreamCache(0);
  put(cache, 'counter-1', 3);
  expect(cache.has('counter-1')).toBe(false);
  expect(cache.versionOf('counter-1')).toBe(3);
  expect(cache.versionOf('counter-2')).toBe(0);
});

it('knows the versions of those that were seen lately', () => {
  const cache = new StreamCache(10 * perEntry);
  put(cache, 'counter-old', 7);
  for (let nth = 0; nth < 12_000; nth++) put(cache, `counter-${nth}`, 1);
  expect(cache.versionOf('counter-old')).toBe(7);
  for (let nth = 0; nth < 12_000; nth++) put(cache, `counter-${nth}.`, 1);
  expect(cache.versionOf('counter-old')).toBe(0);
  expect(cache.versionOf('counter-11999.')).toBe(1);
});

it('forgets all states when they were folded anew', () => {
  const cache = new StreamCache(100 * perEntry);
  for (let nth = 0; nth < 60; nth++) put(cache, `counter-${nth}`, 1);
  expect(cache.isOutdated(0)).toBe(false);
  expect(cache.has('counter-0')).toBe(true);
  expect(cache.isOutdated(1)).toBe(true);
  expect(cache.folds).toBe(1);
  for (let nth = 0; nth < 60; nth++) expect(cache.has(`counter-${nth}`)).toBe(false);
  expect(cache.isOutdated(1)).toBe(false);
});

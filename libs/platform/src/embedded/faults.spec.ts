import { EmbeddedServerError, faultOf } from './faults.js';

describe('the sentence for a fault', () => {
  it.each([
    ["ENOSPC: no space left on device, mkdir '/x'", /is full/],
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /is full/],
    ["EROFS: read-only file system, mkdir '/x'", /is read-only/],
    ["EACCES: permission denied, mkdir '/x'", /may not write/],
    ['FATAL:  database files are incompatible with server', /another major version/],
  ])('names the remedy for %s', (said, sentence) => {
    expect(faultOf(new Error(said), '/x').message).toMatch(sentence);
  });

  it('passes on the last complaint of what it does not know', () => {
    const said =
      '2026-01-01 UTC [1] LOG:  starting\n2026-01-01 UTC [1] FATAL:  invalid value for parameter "x"\nLOG:  down\n';
    expect(faultOf(said, '/x').message).toBe(
      'The embedded database in /x did not start: invalid value for parameter "x"',
    );
  });

  it('leaves a fault as it is', () => {
    const fault = new EmbeddedServerError('No.');
    expect(faultOf(fault, '/x')).toBe(fault);
  });
});

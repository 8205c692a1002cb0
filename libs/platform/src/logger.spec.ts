import { LoggerFactory } from './logger.js';

describe('a logger', () => {
  function linesOf(work: () => void): string[] {
    const lines: string[] = [];
    const [stderr, stdout] = [process.stderr.write, process.stdout.write];
    process.stderr.write = text => lines.push(`err ${String(text)}`) > 0;
    process.stdout.write = text => lines.push(`out ${String(text)}`) > 0;
    try {
      work();
    } finally {
      process.stderr.write = stderr;
      process.stdout.write = stdout;
    }
    return lines;
  }

  it('writes one JSON object a line, to stderr, from its threshold on', () => {
    const logger = new LoggerFactory('info', 'json').named('sweep');
    const lines = linesOf(() => {
      logger.debug('too fine');
      logger.log('started');
      logger.error('failed', new Error('full disk').stack);
    });
    expect(lines.map(line => line.slice(0, 4))).toEqual(['err ', 'err ']);
    expect(JSON.parse(lines[0]!.slice(4))).toMatchObject({
      level: 'log',
      context: 'sweep',
      message: 'started',
    });
    expect(JSON.parse(lines[1]!.slice(4))).toMatchObject({
      level: 'error',
      message: 'failed',
      stack: expect.stringContaining('full disk'),
    });
  });

  it('writes for people', () => {
    const lines = linesOf(() => new LoggerFactory('warn', 'pretty').named('sweep').warn('late'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^err .*WARN.*\[sweep\].*late/);
  });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duban } from '../../../test/support/duban.js';

const home = mkdtempSync(join(tmpdir(), 'duban-cli-'));
const nowhere = { DUBAN_HOME: home, DATABASE_URL: 'postgres://duban:x@127.0.0.1:9/duban' };
afterAll(() => rmSync(home, { recursive: true }));

describe('the command line', () => {
  it('says in a few lines what it is for, with examples', async () => {
    const { code, stdout, stderr } = await duban([], nowhere);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('duban plan show 004');
    expect(stdout.split('\n').length).toBeLessThan(12);
  });

  it('lists every command, and each explains itself', async () => {
    const { code, stdout } = await duban(['--help'], nowhere);
    expect(code).toBe(0);
    for (const name of [
      'up',
      'demo',
      'migrate',
      'seed',
      'sweep',
      'verify',
      'rebuild',
      'show',
      'subscriptions',
      'plan',
      'keys',
      'doctor',
    ])
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    const { stdout: ofSeed } = await duban(['seed', '--help'], nowhere);
    expect(ofSeed).toContain('--issue');
    expect(ofSeed).toContain('--json');
  });

  it.each([
    [['plam'], "unknown command 'plam'", 'Did you mean plan?'],
    [['keys', 'lst'], "unknown command 'lst'", 'Did you mean list?'],
    [['seed', '--isue'], "unknown option '--isue'", 'Did you mean --issue?'],
    [['keys', 'create'], "required option '--role <role>' not specified", ''],
    [['keys', 'create', '--role', 'king'], 'Allowed choices are office', ''],
    [['rebuild'], 'name one read model, or say --all', ''],
    [['plan', 'show'], "missing required argument 'code'", ''],
    [['up', '--port', '99999'], 'a whole number from 1 to 65535', ''],
  ])('ends %j with 2 and says why', async (args, why, suggestion) => {
    const { code, stdout, stderr } = await duban(args, nowhere);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(why);
    expect(stderr).toContain(suggestion);
  });

  it('ends with 2 for a configuration that is not right, all faults at once', async () => {
    const { code, stdout, stderr } = await duban(['plan', 'list'], { ...nowhere, PORT: 'x', ZONE: 'Mars' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('PORT must be a whole number');
    expect(stderr).toContain('ZONE must be a time zone');
  });

  it.each(['migrate', 'seed', 'sweep', 'verify'])(
    'ends %s with 3 when no database answers',
    async command => {
      const { code, stdout, stderr } = await duban([command], nowhere);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toContain('The database at 127.0.0.1:9/duban cannot be reached');
      expect(stderr).not.toContain('duban:x@');
    },
  );

  it('says it in Chinese to a Chinese shell, and as JSON to a program', async () => {
    const chinese = await duban(['plan', 'list'], { ...nowhere, LANG: 'zh_CN.UTF-8' });
    expect(chinese.stderr).toContain('无法连接数据库');
    const asData = await duban(['plan', 'list', '--json'], nowhere);
    expect([asData.code, JSON.parse(asData.stderr)]).toMatchObject([3, { code: 'unreachable' }]);
  });

  it('writes nothing into DUBAN_HOME while a database is named', () => {
    expect(readdirSync(home)).toEqual([]);
  });
});

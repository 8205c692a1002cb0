import pg from 'pg';
import { isConnectionFailure, isContention, openConnections } from './connections.js';

const failing = (message: string, code?: string) => Object.assign(new Error(message), code ? { code } : {});

describe('a failure of the connection', () => {
  it.each([
    failing('connect ECONNREFUSED', 'ECONNREFUSED'),
    failing('read ECONNRESET', 'ECONNRESET'),
    failing('terminating connection due to administrator command', '57P01'),
    failing('the database system is starting up', '57P03'),
    failing('connection failure', '08006'),
    failing('sorry, too many clients already', '53300'),
    failing('Connection terminated unexpectedly'),
    failing('timeout exceeded when trying to connect'),
  ])('is %s', error => expect(isConnectionFailure(error)).toBe(true));

  it.each([
    failing('duplicate key', '23505'),
    failing('a defect'),
    failing('canceled', '57014'),
    'text',
    null,
  ])('is not %s', error => expect(isConnectionFailure(error)).toBe(false));
});

it.each([
  ['40001', true],
  ['40P01', true],
  ['55P03', true],
  ['23505', false],
])('tells contention by its code: %s', (code, contention) => {
  expect(isContention(failing('x', code))).toBe(contention);
});

describe('the settings of the connections', () => {
  const opened = (connection: pg.PoolConfig) => {
    const configs: pg.PoolConfig[] = [];
    const createPool = (config: pg.PoolConfig) => {
      configs.push(config);
      return new pg.Pool(config); // connects when it is used
    };
    openConnections({ connection, role: 'duban_app', createPool });
    return configs;
  };

  it('guard the head lock and name the role, also where the URL has options', () => {
    const url = 'postgresql://a:b@host:1/db?options=-c%20timezone%3DUTC&sslmode=disable';
    const [append] = opened({ connectionString: url });
    expect(append?.connectionString).toBe('postgresql://a:b@host:1/db?sslmode=disable');
    expect(append?.options).toMatch(/^-c timezone=UTC .*-c lock_timeout=2s .*-c role=duban_app$/);
  });

  it('are joined with options given beside the parts', () => {
    const [append, load, read] = opened({ host: 'h', options: '-c timezone=UTC' });
    expect(append?.options).toMatch(/^-c timezone=UTC -c plan_cache_mode=force_generic_plan/);
    expect([append?.max, load?.max, read?.max]).toEqual([1, 2, 8]);
  });
});

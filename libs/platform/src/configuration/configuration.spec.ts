import { randomBytes } from 'node:crypto';
import { configurationTable } from './configuration-table.js';
import { ConfigurationError, loadConfiguration } from './load-configuration.js';

const secret = `whsec_${randomBytes(32).toString('base64')}`;

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfiguration(env);
    return [];
  } catch (error) {
    return (error as ConfigurationError).faults;
  }
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(loadConfiguration({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      home: '.duban',
      zone: 'Asia/Shanghai',
      logLevel: 'info',
      rateLimitPerMinute: 600,
      bodyLimitBytes: 1_048_576,
      evidenceLimitBytes: 52_428_800,
      evidenceReserveBytes: 268_435_456,
      evidenceS3Region: 'us-east-1',
      sweepSeconds: 60,
      nodeEnv: 'development',
    });
  });

  it('takes what is set, and takes empty for not set', () => {
    const env = {
      DATABASE_URL: 'postgres://a@b/c',
      PORT: ' 8080 ',
      WEBHOOK_URL: 'https://a.b/c',
      WEBHOOK_SECRET: secret,
      ZONE: '',
    };
    expect(loadConfiguration(env)).toMatchObject({
      databaseUrl: 'postgres://a@b/c',
      port: 8080,
      webhookUrl: 'https://a.b/c',
      webhookSecret: secret,
      zone: 'Asia/Shanghai',
    });
  });

  it('names all faults at once, each variable by its name', () => {
    expect(
      faultsOf({
        PORT: '70000',
        ZONE: 'Mars/Olympus',
        LOG_LEVEL: 'loud',
        REDIS_URL: 'http://x',
        NODE_ENV: 'prod',
      }),
    ).toEqual([
      'REDIS_URL must be a URL that begins with redis://.',
      'PORT must be a whole number from 1 to 65535.',
      'ZONE must be a time zone such as Asia/Shanghai.',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug.',
      'NODE_ENV must be one of production, development, test.',
    ]);
  });

  it.each(['abc', '0', '-1', '3000.5', '0x10', '1e3'])('refuses %s as a port', port => {
    expect(faultsOf({ PORT: port })).toEqual(['PORT must be a whole number from 1 to 65535.']);
  });

  it('wants the webhook whole', () => {
    expect(faultsOf({ WEBHOOK_URL: 'https://a.b' })).toEqual([
      'WEBHOOK_URL goes together with WEBHOOK_SECRET, which is missing.',
    ]);
    expect(faultsOf({ WEBHOOK_SECRET: secret })).toEqual([
      'WEBHOOK_SECRET goes together with WEBHOOK_URL, which is missing.',
    ]);
  });

  it('wants the store of files whole', () => {
    const whole = {
      EVIDENCE_S3_URL: 'https://s3.example.org/duban/files',
      EVIDENCE_S3_KEY_ID: 'duban',
      EVIDENCE_S3_SECRET: randomBytes(20).toString('hex'),
    };
    expect(faultsOf(whole)).toEqual([]);
    expect(faultsOf({ ...whole, EVIDENCE_S3_SECRET: '' })).toEqual([
      'EVIDENCE_S3_URL goes together with EVIDENCE_S3_KEY_ID and EVIDENCE_S3_SECRET; one is missing.',
    ]);
    for (const url of ['https://s3.example.org', 'https://s3.example.org/', 'https://s3.example.org/a?b']) {
      expect(faultsOf({ ...whole, EVIDENCE_S3_URL: url })).toEqual([
        'EVIDENCE_S3_URL must name a bucket behind the server, and nothing behind ? or #.',
      ]);
    }
    expect(faultsOf({ ...whole, EVIDENCE_S3_SECRET: 'changeme' })).toEqual([
      'EVIDENCE_S3_SECRET is a sample value that everybody knows.',
    ]);
  });

  it.each([
    'changeme',
    'secret',
    'password',
    `whsec_${'A'.repeat(44)}`,
    `whsec_${Buffer.from('short').toString('base64')}`,
  ])('refuses the webhook secret %s without repeating it', sample => {
    const faults = faultsOf({ WEBHOOK_URL: 'https://a.b', WEBHOOK_SECRET: sample });
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join()).toMatch(/^WEBHOOK_SECRET /);
    expect(faults.join()).not.toContain(sample);
  });

  it.each(['postgres', 'password', 'changeme', 'your-password'])(
    'refuses the database password %s in production only',
    password => {
      const DATABASE_URL = `postgres://duban:${password}@db/duban`;
      expect(faultsOf({ DATABASE_URL })).toEqual([]);
      expect(faultsOf({ DATABASE_URL, NODE_ENV: 'production' })).toEqual([
        'DATABASE_URL holds a sample password that everybody knows.',
      ]);
    },
  );

  it('takes a real database password in production', () => {
    const DATABASE_URL = `postgres://duban:${randomBytes(12).toString('hex')}@db/duban`;
    expect(faultsOf({ DATABASE_URL, NODE_ENV: 'production' })).toEqual([]);
  });

  it('stands in the table with the defaults that hold', () => {
    const loaded = loadConfiguration({}) as unknown as Record<string, unknown>;
    for (const { property, default: text } of configurationTable)
      expect(String(loaded[property] ?? '')).toBe(text);
    expect(new Set(configurationTable.map(({ name }) => name)).size).toBe(configurationTable.length);
  });
});

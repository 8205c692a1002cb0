/** One variable of the environment, for the reader of the README and for the faults found at start. */
export interface ConfigurationRow {
  name: string;
  /** Where {@link Configuration} keeps it. */
  property: string;
  /** As one would write it; empty when the variable may be left out without a value taking its place. */
  default: string;
  meaning: string;
}

/** Every variable that Duban reads, in the order in which the README lists them. */
export const configurationTable = [
  {
    name: 'DATABASE_URL',
    property: 'databaseUrl',
    default: '',
    meaning:
      'PostgreSQL 15 or later, `postgres://…`. Left out: the PostgreSQL that comes with npm, kept in DUBAN_HOME.',
  },
  {
    name: 'REDIS_URL',
    property: 'redisUrl',
    default: '',
    meaning: 'Redis 7 or later for the queues, `redis://…`. Left out: the queues live in PostgreSQL.',
  },
  { name: 'PORT', property: 'port', default: '3000', meaning: 'The port of the API.' },
  { name: 'HOST', property: 'host', default: '127.0.0.1', meaning: 'The address that the API listens on.' },
  {
    name: 'DUBAN_HOME',
    property: 'home',
    default: '.duban',
    meaning: 'The folder for the embedded database and what the processes note.',
  },
  {
    name: 'ZONE',
    property: 'zone',
    default: 'Asia/Shanghai',
    meaning: 'The time zone whose days count, unless a plan names its own.',
  },
  {
    name: 'WEBHOOK_URL',
    property: 'webhookUrl',
    default: '',
    meaning: 'Where deliveries are posted. Goes together with WEBHOOK_SECRET.',
  },
  {
    name: 'WEBHOOK_SECRET',
    property: 'webhookSecret',
    default: '',
    meaning: 'Signs the deliveries: `whsec_` and the base64 of 24 to 64 random bytes.',
  },
  {
    name: 'LOG_LEVEL',
    property: 'logLevel',
    default: 'info',
    meaning: 'How much is logged: fatal, error, warn, info or debug.',
  },
  {
    name: 'RATE_LIMIT_PER_MINUTE',
    property: 'rateLimitPerMinute',
    default: '600',
    meaning: 'Requests that one key may send in a minute.',
  },
  {
    name: 'BODY_LIMIT_BYTES',
    property: 'bodyLimitBytes',
    default: '1048576',
    meaning: 'The largest request body.',
  },
  {
    name: 'EVIDENCE_FOLDER',
    property: 'evidenceFolder',
    default: '',
    meaning: 'The folder of stored files. Left out: `evidence` in DUBAN_HOME.',
  },
  {
    name: 'EVIDENCE_LIMIT_BYTES',
    property: 'evidenceLimitBytes',
    default: '52428800',
    meaning: 'The largest file that is taken.',
  },
  {
    name: 'EVIDENCE_RESERVE_BYTES',
    property: 'evidenceReserveBytes',
    default: '268435456',
    meaning: 'What stays free on the disk of that folder: with less room, files are refused.',
  },
  {
    name: 'EVIDENCE_S3_URL',
    property: 'evidenceS3Url',
    default: '',
    meaning:
      'Keeps files in an S3-compatible store instead: server, bucket and prefix, `https://s3.example.org/duban`.',
  },
  {
    name: 'EVIDENCE_S3_REGION',
    property: 'evidenceS3Region',
    default: 'us-east-1',
    meaning: 'The region of that store; many have just this one.',
  },
  {
    name: 'EVIDENCE_S3_KEY_ID',
    property: 'evidenceS3KeyId',
    default: '',
    meaning: 'The id of the access key to that store.',
  },
  {
    name: 'EVIDENCE_S3_SECRET',
    property: 'evidenceS3Secret',
    default: '',
    meaning: 'The secret of that access key.',
  },
  {
    name: 'HOLIDAYS_FILE',
    property: 'holidaysFile',
    default: '',
    meaning: 'A JSON file with holidays and make-up workdays that win over the built-in table.',
  },
  {
    name: 'SWEEP_SECONDS',
    property: 'sweepSeconds',
    default: '60',
    meaning: 'How often the worker looks for what is due.',
  },
  {
    name: 'MASTER_KEY_FILE',
    property: 'masterKeyFile',
    default: '',
    meaning:
      'The file of the master key of sealed fields. Left out: in DUBAN_HOME if the database is embedded.',
  },
  {
    name: 'SEAL_KEY_FILE',
    property: 'sealKeyFile',
    default: '',
    meaning:
      'The file of the key that seals the record. Left out: in DUBAN_HOME if the database is embedded.',
  },
  {
    name: 'NODE_ENV',
    property: 'nodeEnv',
    default: 'development',
    meaning:
      'production, development or test. In production logs are JSON and sample passwords are refused in URLs.',
  },
] as const satisfies readonly ConfigurationRow[];

import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  Max,
  Min,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { type LogThreshold } from '../logger.js';
import { isSampleSecret, passwordIn } from './secrets.js';

const levels: readonly LogThreshold[] = ['fatal', 'error', 'warn', 'info', 'debug'];
const environments = ['production', 'development', 'test'] as const;

/** Everything that the environment decides, checked and typed. Made by `loadConfiguration`. */
export class Configuration {
  @IsOptional()
  @IsUrlOf(['postgres:', 'postgresql:'])
  @HasRealPassword()
  readonly databaseUrl?: string;

  @IsOptional()
  @IsUrlOf(['redis:', 'rediss:'])
  @HasRealPassword()
  readonly redisUrl?: string;

  @IsWholeNumber(1, 65_535)
  readonly port!: number;

  @IsNotEmpty()
  readonly host!: string;

  @IsNotEmpty()
  readonly home!: string;

  @Fulfils('isZone', value => isZone(String(value)), 'must be a time zone such as Asia/Shanghai')
  readonly zone!: string;

  @IsOptional()
  @IsUrlOf(['https:', 'http:'])
  @Fulfils(
    'hasSecret',
    (_, { webhookSecret }) => webhookSecret !== undefined,
    'goes together with WEBHOOK_SECRET, which is missing',
  )
  readonly webhookUrl?: string;

  @IsOptional()
  @Fulfils(
    'isSecret',
    isWebhookSecret,
    'must be `whsec_` and the base64 of 24 to 64 bytes; make one with `openssl rand -base64 32`',
  )
  @Fulfils('isReal', value => !isSampleSecret(String(value)), 'is a sample value that everybody knows')
  @Fulfils(
    'hasUrl',
    (_, { webhookUrl }) => webhookUrl !== undefined,
    'goes together with WEBHOOK_URL, which is missing',
  )
  readonly webhookSecret?: string;

  @IsIn(levels, { message: `must be one of ${levels.join(', ')}` })
  readonly logLevel!: LogThreshold;

  @IsWholeNumber(1, 1_000_000)
  readonly rateLimitPerMinute!: number;

  @IsWholeNumber(1024, 1024 ** 3)
  readonly bodyLimitBytes!: number;

  @IsOptional()
  @IsNotEmpty()
  readonly evidenceFolder?: string;

  @IsWholeNumber(1024, 5 * 1024 ** 3)
  readonly evidenceLimitBytes!: number;

  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  readonly evidenceReserveBytes!: number;

  @IsOptional()
  @IsUrlOf(['https:', 'http:'])
  @Fulfils(
    'hasBucket',
    value => /^https?:\/\/[^/]+\/[^/?#]+[^?#]*$/.test(String(value)),
    'must name a bucket behind the server, and nothing behind ? or #',
  )
  @Fulfils(
    'hasAccess',
    (_, { evidenceS3KeyId, evidenceS3Secret }) =>
      evidenceS3KeyId !== undefined && evidenceS3Secret !== undefined,
    'goes together with EVIDENCE_S3_KEY_ID and EVIDENCE_S3_SECRET; one is missing',
  )
  readonly evidenceS3Url?: string;

  @IsNotEmpty()
  readonly evidenceS3Region!: string;

  @IsOptional()
  @IsNotEmpty()
  readonly evidenceS3KeyId?: string;

  @IsOptional()
  @Fulfils('isReal', value => !isSampleSecret(String(value)), 'is a sample value that everybody knows')
  readonly evidenceS3Secret?: string;

  @IsOptional()
  @IsNotEmpty()
  readonly holidaysFile?: string;

  @IsWholeNumber(1, 86_400)
  readonly sweepSeconds!: number;

  @IsOptional()
  @IsNotEmpty()
  readonly masterKeyFile?: string;

  @IsOptional()
  @IsNotEmpty()
  readonly sealKeyFile?: string;

  @IsIn(environments, { message: `must be one of ${environments.join(', ')}` })
  readonly nodeEnv!: (typeof environments)[number];

  constructor(values: Partial<Configuration>) {
    Object.assign(this, values);
  }
}

type Check = (value: unknown, all: Configuration) => boolean;

function Fulfils(name: string, check: Check, message: string): PropertyDecorator {
  const validate = (value: unknown, given?: { object: object }) =>
    check(value, given?.object as Configuration);
  return ValidateBy({ name, validator: { validate, defaultMessage: () => message } });
}

function IsWholeNumber(from: number, to: number): PropertyDecorator {
  const options: ValidationOptions = { message: `must be a whole number from ${from} to ${to}` };
  return (target, property) =>
    [IsInt(options), Min(from, options), Max(to, options)].forEach(rule => rule(target, property as string));
}

function IsUrlOf(protocols: readonly string[]): PropertyDecorator {
  const check: Check = url => URL.canParse(String(url)) && protocols.includes(new URL(String(url)).protocol);
  return Fulfils('isUrl', check, `must be a URL that begins with ${protocols[0]}//`);
}

// On a developer's own machine such a password does no harm.
function HasRealPassword(): PropertyDecorator {
  const check: Check = (url, { nodeEnv }) =>
    nodeEnv !== 'production' || !isSampleSecret(passwordIn(String(url)) ?? 'none given');
  return Fulfils('hasRealPassword', check, 'holds a sample password that everybody knows');
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isWebhookSecret(value: unknown): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(String(value)) ?? [];
  const bytes = base64 ? Buffer.from(base64, 'base64').length : 0;
  return bytes >= 24 && bytes <= 64;
}

import { validateSync } from 'class-validator';
import { Configuration } from './configuration.js';
import { configurationTable } from './configuration-table.js';

const numbers: ReadonlySet<string> = new Set([
  'port',
  'rateLimitPerMinute',
  'bodyLimitBytes',
  'evidenceLimitBytes',
  'evidenceReserveBytes',
  'sweepSeconds',
]);

/** Everything that is wrong with the environment, one sentence a line, each naming its variable. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';

  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not right:\n${faults.map(fault => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads the environment. An empty variable counts as left out.
 *
 * @example const configuration = loadConfiguration(process.env);
 * @throws ConfigurationError that lists all faults at once and repeats no secret
 */
export function loadConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const entries = configurationTable.map(row => [
    row.property,
    valueOf(row.property, env[row.name]?.trim() || row.default),
  ]);
  const configuration = new Configuration(Object.fromEntries(entries) as Partial<Configuration>);
  const faults = validateSync(configuration).flatMap(({ property, constraints }) => {
    const { name } = configurationTable.find(row => row.property === property)!;
    return [...new Set(Object.values(constraints ?? {}))].map(sentence => `${name} ${sentence}.`);
  });
  if (faults.length > 0) throw new ConfigurationError(faults);
  return Object.freeze(configuration);
}

function valueOf(property: string, text: string): string | number | undefined {
  if (text === '') return undefined;
  if (!numbers.has(property)) return text;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

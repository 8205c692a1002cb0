import { parseArgs } from 'node:util';

/** What is measured and how; plain data, because cases run in processes of their own. */
export interface Options {
  readonly scenario: string;
  /** Rounds; each measures every case once. */
  readonly rounds: number;
  /** Seconds of each measured run. */
  readonly seconds: number;
  readonly warmSeconds: number;
  /** Only these numbers of callers, where a scenario has several. */
  readonly callers: readonly number[] | null;
  /** Events in the log, for scenarios that read it. */
  readonly events: number;
  /** Also measure commands on so many streams that exist already. */
  readonly streams: number | null;
  /** Also measure the peers, where they are installed. */
  readonly peers: boolean;
  /** Only cases whose name contains this. */
  readonly only: string | null;
  /** The server to use instead of a throw-away one. */
  readonly url: string | null;
  /** A file for the JSON lines, which go to stdout anyway. */
  readonly json: string | null;
  /** The document whose table of figures is written anew. */
  readonly markdown: string | null;
  /** A folder for CPU profiles of the measured processes. */
  readonly profile: string | null;
}

export const usage = `npm run bench -- <scenario> [options]

  append            one event, or a hundred, per call
  project           a subscription catching up with the log
  lag               how far a subscription in another process is behind 5,000 events a second
  rebuild           the read models of tasks, filled anew
  verify            all chains and seals
  report            a command over HTTP
  all               everything

  --rounds <n>      rounds; medians are taken over them (3)
  --seconds <s>     seconds of each run (4)
  --warm <s>        seconds before it that do not count (1)
  --callers <list>  only these numbers of callers, e.g. 1,32
  --events <n>      events in the log that is read (100000)
  --streams <n>     append: also commands on n streams that exist already
  --peers           also other event stores: npm ci --prefix bench/peers
  --only <text>     only cases whose name contains the text, e.g. "duban 32"
  --url <url>       a server of your own; databases duban_bench_* are made and dropped there
  --json <file>     write the JSON lines to a file, too
  --markdown [file] write the table into a document (docs/benchmarks.md)
  --profile <dir>   keep a CPU profile of each measured process
`;

/** @throws Error, in a sentence, on what it does not understand. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: withDefaultFile(args),
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      warm: { type: 'string', default: '1' },
      callers: { type: 'string' },
      events: { type: 'string', default: '100000' },
      streams: { type: 'string' },
      peers: { type: 'boolean', default: false },
      only: { type: 'string' },
      url: { type: 'string' },
      json: { type: 'string' },
      markdown: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const [scenario, ...rest] = positionals;
  if (scenario === undefined || rest.length > 0) throw new Error('Name one scenario.');
  return {
    scenario,
    rounds: number('rounds', values.rounds, 1),
    seconds: number('seconds', values.seconds, 0.1),
    warmSeconds: number('warm', values.warm, 0),
    callers: values.callers?.split(',').map(each => number('callers', each, 1)) ?? null,
    events: number('events', values.events, 1000),
    streams: values.streams === undefined ? null : number('streams', values.streams, 1),
    peers: values.peers,
    only: values.only ?? null,
    url: values.url ?? null,
    json: values.json ?? null,
    markdown: values.markdown ?? null,
    profile: values.profile ?? null,
  };
}

// `--markdown` alone means the project's own page.
function withDefaultFile(args: readonly string[]): string[] {
  return args.flatMap((each, index) => {
    const next = args[index + 1];
    const alone = each === '--markdown' && (next === undefined || next.startsWith('--'));
    return alone ? [each, 'docs/benchmarks.md'] : [each];
  });
}

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  throw new Error(`--${name} is a number of at least ${least}, not ${text}.`);
}

import { type Language } from '@duban/platform';
import { type Failure } from './failure.js';

type Sink = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/** Where a command speaks: data on stdout, talk on stderr, so that a pipe gets nothing but data. */
export class Terminal {
  constructor(
    readonly isJson: boolean,
    readonly language: Language,
    private readonly out: Sink = process.stdout,
    private readonly err: Sink = process.stderr,
  ) {}

  /** The result of a command: as JSON, or as text for people. */
  data(value: unknown, text: () => string): void {
    this.out.write(this.isJson ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
  }

  /** One line for people. */
  say(sentence: string): void {
    this.err.write(`${sentence}\n`);
  }

  /** Why a command ends without a result; with `--json` as one line of JSON, still on stderr. */
  fail({ code, sentences }: Failure): void {
    if (this.isJson) this.say(JSON.stringify({ code, detail: sentences.join('\n') }));
    else sentences.forEach(sentence => this.say(sentence));
  }

  /** A line that replaces itself where there is a terminal; else one now and then, for a log. */
  progress(): Progress {
    return new Progress(this.err);
  }
}

const everyMs = { terminal: 100, log: 5000 };

/** How far a long work has come. */
export class Progress {
  private last = -Infinity;
  private isShown = false;

  constructor(private readonly err: Sink) {}

  show(line: string): void {
    const now = performance.now();
    if (now - this.last < (this.err.isTTY ? everyMs.terminal : everyMs.log)) return;
    this.last = now;
    if (this.err.isTTY) this.err.write(`\r\u001b[K${line}`);
    else this.err.write(`${line}\n`);
    this.isShown = true;
  }

  /** Clears the line; what comes next begins on a clean one. */
  end(): void {
    if (this.isShown && this.err.isTTY) this.err.write('\r\u001b[K');
  }
}

/** The language of a shell: the first of LC_ALL, LC_MESSAGES and LANG that is set decides; English but for `zh…`. */
export function languageOfShell(env: Readonly<Record<string, string | undefined>>): Language {
  const said = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return said.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

import { type Day } from '@duban/calendar';
import { cut } from '../terminal/width.js';
import { type Terminal } from '../terminal/terminal.js';

const width = 100;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Tells of the year: one line for each notable act, one line of progress that replaces itself. */
export class Teller {
  readonly lines: string[] = [];
  private readonly bar;

  constructor(private readonly terminal: Terminal) {
    this.bar = terminal.progress();
  }

  /** A notable act of a day, on one line of at most a hundred columns. */
  act(day: Day, what: string): void {
    this.line(cut(`${shortDay(day)} ${what}`, width));
  }

  /** Text as it is: a screen, a heading. With `--json` stdout is for data alone, and people read stderr. */
  line(text: string): void {
    this.bar.end();
    this.lines.push(text);
    if (this.terminal.isJson) this.terminal.say(text);
    else this.terminal.data(null, () => text);
  }

  progress(text: string): void {
    if (process.stderr.isTTY) this.bar.show(cut(text, width));
  }

  end(): void {
    this.bar.end();
  }
}

/** `2023-07-09` → ` 9 Jul`. */
export function shortDay(day: Day): string {
  return `${String(Number(day.slice(8, 10))).padStart(2)} ${months[Number(day.slice(5, 7)) - 1] ?? ''}`;
}

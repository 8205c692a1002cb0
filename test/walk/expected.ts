/**
 * The fixture's notation. Changes of what is owed, one line each:
 *
 *   state | kind subject subject … | holder holder+holder …
 *
 * A `+` joins units that owe together. Without holders a line means whoever owes it already; `*` for the subjects means
 * all of that kind that these units still owe. Messages of a day:
 *
 *   unit unit /post: stage kind subject …; kind subject …; stage kind …
 *   office:004: stage kind subject … of unit unit
 */

/** Everyone that the plan of Xiangtan calls 各县市区园区. */
const counties = '湘潭县 湘乡市 韶山市 雨湖区 岳塘区 湘潭高新区 湘潭经开区 雨湖高新区 昭山经开区 天易经开区';

/** What the office owes, by the queues of its desk; what else lies there is not owed by it. */
const kinds: Readonly<Record<string, string>> = {
  submissions: 'review',
  completions: 'review',
  extensions: 'extension_decision',
  leads: 'assign_lead',
};

const stillOwed = new Set(['open', 'overdue']);

/** What the fixture says so far about who owes what. */
export class Expected {
  /** By duty and holders: where it stands. */
  readonly owed = new Map<string, string>();
  private readonly waiting = new Set<string>();
  alerts: readonly string[] = [];

  /** What waits on the desks. */
  get desk(): string[] {
    return [...this.waiting].sort();
  }

  change(text: string): void {
    for (const line of linesOf(text)) {
      const [state = '', duties = '', holders] = line.split('|').map(part => part.trim());
      for (const key of this.keysOf(duties, holders)) this.owed.set(key, state);
    }
  }

  /** `+ completions 5.3 5.4` are laid in that queue of the desk, `- …` are off it, `! …` wait too long. */
  changeDesk(text: string): void {
    for (const line of linesOf(text)) {
      const [sign, ...words] = line.replace('各县市区园区', counties).split(' ');
      for (const duty of dutiesIn(words.join(' '))) {
        const known = this.waiting.delete(duty) || this.waiting.delete(`! ${duty}`);
        if (known === (sign === '+')) throw new Error(`the desk does not fit: ${line}`);
        if (sign !== '-') this.waiting.add(sign === '!' ? `! ${duty}` : duty);
      }
    }
  }

  /** One line for each message, sorted. */
  messages(text: string): string[] {
    return linesOf(text)
      .flatMap(line => this.messagesIn(line))
      .sort();
  }

  /** The same for those who owe it together with `unit`, or alone. */
  owedBy(unit: string): Map<string, string> {
    return new Map([...this.owed].filter(([key]) => holdersIn(key).includes(unit)));
  }

  /** What is owed and neither handed in nor waiting for anything. */
  get open(): Map<string, string> {
    return new Map([...this.owed].filter(([, state]) => stillOwed.has(state)));
  }

  /** All that is overdue under a plan, the office's part of it included. */
  overdue(plan: string): string[] {
    const late = [...this.owed].flatMap(([key, state]) => (state === 'overdue' ? [key] : []));
    const onDesk = this.desk.flatMap(item => {
      const [sign, queue = '', subject] = item.split(' ');
      return sign === '!' && kinds[queue] ? [`${kinds[queue]} ${subject} | 市科技局`] : [];
    });
    return [...late, ...onDesk].filter(key => planOf(key) === plan).sort();
  }

  private keysOf(duties: string, holders: string | undefined): string[] {
    if (holders === undefined) return dutiesIn(duties).map(duty => this.only(duty));
    const units = unitsIn(holders);
    if (duties.endsWith('*')) return units.flatMap(unit => this.openOf(duties, unit));
    return dutiesIn(duties).flatMap(duty => units.map(unit => `${duty} | ${sorted(unit)}`));
  }

  private only(duty: string): string {
    const found = [...this.owed.keys()].filter(key => key.startsWith(`${duty} | `));
    if (found.length !== 1) throw new Error(`${duty} is owed by ${found.length}`);
    return found[0]!;
  }

  /** All of a kind (`receipt *`, or `receipt 002:*` for one plan) that the unit still owes. */
  private openOf(duties: string, unit: string): string[] {
    const start = duties.slice(0, -1);
    const found = [...this.owedBy(unit)].filter(
      ([key, state]) => key.startsWith(start) && stillOwed.has(state),
    );
    if (found.length === 0) throw new Error(`${unit} owes no ${duties}`);
    return found.map(([key]) => key);
  }

  private messagesIn(line: string): string[] {
    const colon = line.indexOf(': ');
    const recipients = recipientsIn(line.slice(0, colon));
    let stage = '';
    return line
      .slice(colon + 2)
      .split(';')
      .flatMap(part => {
        const words = part.trim().split(' ');
        if (isStage(words[0]!)) stage = words.shift()!;
        const [duties = '', owing] = words.join(' ').split(' of ');
        return recipients.flatMap(recipient => this.told(recipient, stage, duties, owing));
      });
  }

  private told(recipient: string, stage: string, duties: string, owing?: string): string[] {
    if (owing !== undefined)
      return unitsIn(owing).flatMap(unit =>
        this.keysOf(duties, unit).map(key => `${recipient}: ${stage} ${key.replace(' | ', ' of ')}`),
      );
    const unit = recipient.slice(0, recipient.lastIndexOf('/'));
    const all = duties.endsWith('*')
      ? this.openOf(duties, unit).map(key => key.split(' | ')[0]!)
      : dutiesIn(duties);
    return all.map(duty => `${recipient}: ${stage} ${duty}`);
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

/** `report-Q2 1.1 1.3` is two duties; a kind without subject is one. */
function dutiesIn(text: string): string[] {
  const [kind = '', ...subjects] = text.split(' ');
  return subjects.length === 0 ? [kind] : subjects.map(subject => `${kind} ${subject}`);
}

function unitsIn(text: string): string[] {
  return text.replace('各县市区园区', counties).split(' ');
}

/** `市科协 市贸促会 /liaison` are two recipients, `office:004` is one. */
function recipientsIn(text: string): string[] {
  const words = unitsIn(text);
  const post = words.at(-1)!;
  return post.startsWith('/') ? words.slice(0, -1).map(unit => `${unit}${post}`) : [text];
}

function isStage(word: string): boolean {
  return word === 'opening' || /^[-+]?\d+$/.test(word);
}

/** Of the kind's subject: `task_due 001:1 | …`; 004 goes without saying. */
function planOf(key: string): string {
  return / (\d{3}):/.exec(key)?.[1] ?? '004';
}

function sorted(holders: string): string {
  return holders.split('+').sort().join('+');
}

function holdersIn(key: string): string[] {
  return key.slice(key.indexOf(' | ') + 3).split('+');
}

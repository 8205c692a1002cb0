import { mostDecisions } from './decisions.js';
import { type Decision, type Edition } from './edition-model.js';
import { countBy } from './order.js';
import { tally } from './tally.js';

/**
 * What units see of an edition: their own lines, and what was said to them. Counts are those of the lines that are left; a
 * place in the ranking stays what it was; sums over the whole plan, findings and questions to leaders are not theirs.
 */
export function linesSeenBy(edition: Edition, units: readonly string[]): Edition {
  const own = (named: readonly string[]) => named.some(unit => units.includes(unit));
  const tasks = edition.tasks.filter(task => own(task.units) || own(task.leads));
  const indicators = edition.indicators.filter(({ owners, providers }) => own(owners) || own(providers));
  const seen = new Set([...tasks, ...indicators].map(({ id }) => id));
  const exceptions = edition.exceptions.filter(({ subject }) => seen.has(subject));
  const lines = edition.units.filter(({ unit }) => units.includes(unit));
  const [line] = lines;
  const { instructions = [], silent = [], ...rest } = edition;
  const seenOnly = {
    ...rest,
    counts: {
      tasks: tasks.length,
      byStatus: countBy(tasks.map(({ status }) => status)),
      byLight: countBy(tasks.map(({ light }) => light.colour)),
      indicators: indicators.length,
      indicatorsByLight: countBy(indicators.map(({ light }) => light.colour)),
      turnedRed: exceptions.filter(({ colour, before }) => colour === 'red' && before !== 'red').length,
      extensions: lines.reduce((sum, { extensions }) => sum + extensions, 0),
      returns: lines.reduce((sum, { delivery, reporting }) => sum + delivery.returns + reporting.returns, 0),
    },
    duties: line
      ? { delivery: line.delivery, reporting: line.reporting, office: line.office }
      : { delivery: nothing, reporting: nothing, office: nothing },
    sections: [],
    units: lines,
    groups: edition.groups.flatMap(group => {
      const members = group.members.filter(({ unit }) => units.includes(unit));
      return members.length > 0 ? [{ ...group, members }] : [];
    }),
    ranking: edition.ranking && {
      ...edition.ranking,
      tables: edition.ranking.tables.map(table => ({
        ...table,
        ranked: table.ranked.filter(({ unit }) => units.includes(unit)),
        tooFew: table.tooFew.filter(({ unit }) => units.includes(unit)),
      })),
    },
    tasks,
    indicators,
    exceptions,
    ...exchangesOf({ instructions, silent }, own),
    decisions: [],
    furtherDecisions: [],
    findings: [],
    names: {},
  };
  return { ...seenOnly, names: namesIn(seenOnly, edition.names) };
}

/** Instructions with one's own answers, and who was silent towards one or is so oneself; left out where there is nothing. */
function exchangesOf(
  { instructions, silent }: Required<Pick<Edition, 'instructions' | 'silent'>>,
  own: (named: readonly string[]) => boolean,
): Pick<Edition, 'instructions' | 'silent'> {
  const given = instructions.flatMap(line => {
    const answers = line.answers.filter(({ unit }) => own([unit]));
    return answers.length > 0 ? [{ ...line, answers }] : [];
  });
  const quiet = silent.filter(({ lead, units }) => own([lead, ...units]));
  return {
    ...(given.length > 0 && { instructions: given }),
    ...(quiet.length > 0 && { silent: quiet }),
  };
}

/** The names of those that are spoken of in what is left. */
function namesIn(left: Edition, names: Edition['names']): Edition['names'] {
  const text = JSON.stringify(left);
  return Object.fromEntries(Object.entries(names).filter(([id]) => text.includes(JSON.stringify(id))));
}

/** What a leader sees who is in charge of these units: their lines, and what is asked about them. */
export function linesInChargeOf(edition: Edition, units: readonly string[]): Edition {
  const isOwn = ({ units: named }: Decision) => named.some(unit => units.includes(unit));
  const asked = [...edition.decisions, ...edition.furtherDecisions].filter(isOwn);
  return {
    ...linesSeenBy(edition, units),
    decisions: asked.slice(0, mostDecisions),
    furtherDecisions: asked.slice(mostDecisions),
  };
}

const nothing = tally([]);

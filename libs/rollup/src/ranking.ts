import { type Day } from '@duban/calendar';
import { type PlanLedger } from '@duban/ledger';
import { inForce, type PolicyContents } from '@duban/policy';
import { type Duty } from './duties.js';
import { type RankLine, type Ranking, type UnitLine } from './edition-model.js';
import { distinct, sorted } from './order.js';
import { percent, tally } from './tally.js';

/**
 * Ranks the units of one plan, and so of one jurisdiction, by the share of what they led or reported that came in time.
 * What was inherited from a merged unit in this quarter stays outside, and so do receipts of supporters and the office's
 * own work. Equal rates share a place. By the policy of scores in force on the day.
 */
export function rankingOf(
  { plan, policies }: PlanLedger,
  units: readonly UnitLine[],
  duties: readonly Duty[],
  day: Day,
): Ranking {
  const { name: rule, content } = inForce(policies, 'score', day);
  const { minimum } = content;
  const lines = units.map(line => ({ level: line.level, line: rankLine(line, duties, content) }));
  const owing = lines.filter(({ line }) => line.n > 0 || line.inherited > 0);
  return {
    rule,
    jurisdiction: plan.jurisdiction,
    minimum,
    tables: distinct(owing.map(({ level }) => level)).map(level => {
      const own = owing.filter(each => each.level === level).map(({ line }) => line);
      return {
        level,
        ranked: ranked(own.filter(({ n }) => n >= minimum)),
        tooFew: own.filter(({ n }) => n < minimum),
      };
    }),
  };
}

function rankLine(
  { unit, name, selfReviewed }: UnitLine,
  duties: readonly Duty[],
  { areas }: PolicyContents['score'],
): RankLine {
  const counted: ReadonlySet<string> = new Set(areas);
  const own = duties.filter(({ obligation, area }) => obligation.holders.includes(unit) && counted.has(area));
  const { numerator, denominator } = tally(own.filter(({ obligation }) => !obligation.inherited));
  const inherited = own.filter(({ obligation }) => obligation.inherited).length;
  return { unit, name, n: denominator, rate: percent(numerator, denominator), inherited, selfReviewed };
}

function ranked(lines: readonly RankLine[]): (RankLine & { rank: number })[] {
  const inOrder = sorted(lines, ({ rate, unit }) => [-(rate ?? 0), unit]);
  return inOrder.map(line => ({
    ...line,
    rank: 1 + inOrder.filter(({ rate }) => (rate ?? 0) > (line.rate ?? 0)).length,
  }));
}

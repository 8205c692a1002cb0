import { type Calendar, type Day } from '@duban/calendar';
import { type Indicator } from '@duban/indicator';
import { type Finding, goalWithoutHolder, holdersOfGoal, holderWanted } from '@duban/plan';
import { inForce } from '@duban/policy';
import { type EventRef } from './obligation.js';
import { type PlanLedger } from './plan-ledger.js';

/** Somebody whom the office undertook to name: for what, by when, and when it did. */
export type HolderWanted = {
  subject: string;
  title: string;
  openedOn: Day;
  dueOn: Day;
  discharged: { on: Day; ref: EventRef } | null;
};

type Named = Pick<Finding, 'code' | 'subject'>;

/** Findings on a missing holder that no longer hold: an owner, a provider or a holder was named since (duties §8). */
export function answeredFindings(ledger: PlanLedger): Named[] {
  return ledger.plan.findings
    .filter(finding => holderWanted.includes(finding.code) && isAnswered(ledger, finding))
    .map(({ code, subject }) => ({ code, subject }));
}

/** What the office took upon itself when the plan was issued over such a finding: a holder in some workdays. */
export function holdersWanted(ledger: PlanLedger, calendar: Calendar): HolderWanted[] {
  const { issuedOn, findings } = ledger.plan;
  if (!issuedOn) return [];
  return findings.flatMap(finding => {
    const { subject, assignFrom } = finding;
    if (assignFrom === undefined) return [];
    const openedOn = assignFrom > issuedOn ? assignFrom : issuedOn;
    const { assignLeadWorkdays } = inForce(ledger.policies, 'date', openedOn).content;
    const [only, ...others] = concerned(ledger, finding);
    const section = ledger.plan.sections.find(each => each.code === subject);
    return [
      {
        subject: only && others.length === 0 ? only[0] : `${ledger.id}/${subject}`,
        title: only && others.length === 0 ? only[1].title : (section?.title ?? subject),
        openedOn,
        dueOn: calendar.addWorkdays(openedOn, assignLeadWorkdays),
        discharged: dischargedBy(ledger, finding, openedOn),
      },
    ];
  });
}

/** A goal that no figure stands for is answered by naming its holder, any other by the owners or providers of its figures. */
function dischargedBy(ledger: PlanLedger, finding: Named, openedOn: Day): HolderWanted['discharged'] {
  if (!isAnswered(ledger, finding)) return null;
  const goal = goalHolder(ledger, finding);
  if (!goal) return namedLast(concerned(ledger, finding), finding.code, openedOn);
  const first = ledger.plan.goalHolders?.find(({ subject }) => subject === finding.subject) ?? goal;
  const ref = { stream: `plan-${ledger.id}`, type: 'GoalHolderNamed', n: first.n };
  return { on: first.on > openedOn ? first.on : openedOn, ref };
}

function goalHolder({ plan }: PlanLedger, { code, subject }: Named) {
  return code === goalWithoutHolder ? holdersOfGoal(plan, subject) : null;
}

function isAnswered(ledger: PlanLedger, finding: Named): boolean {
  if (goalHolder(ledger, finding)) return true;
  const all = concerned(ledger, finding);
  return all.length > 0 && all.every(([, indicator]) => holdersOf(indicator, finding.code).length > 0);
}

/** The indicator of that code, or the goals of the section: those that are no task's. */
function concerned({ id, indicators }: PlanLedger, { subject }: Named): [string, Indicator][] {
  const own = indicators.get(`${id}:${subject}`);
  if (own) return [[`${id}:${subject}`, own]];
  return [...indicators].filter(([, { links }]) =>
    links.some(({ plan, section, task }) => plan === id && section === subject && task === null),
  );
}

function holdersOf({ owners, providers }: Indicator, code: string): readonly string[] {
  return code === 'provider_missing' ? providers : owners;
}

function namedLast(
  all: readonly [string, Indicator][],
  code: string,
  openedOn: Day,
): HolderWanted['discharged'] {
  const days = all.map(([id, { ownedSince, providedSince }]) => ({
    id,
    on: (code === 'provider_missing' ? providedSince : ownedSince) ?? openedOn,
  }));
  const last = days.reduce((a, b) => (b.on > a.on ? b : a));
  const type = code === 'provider_missing' ? 'ProviderAssigned' : 'OwnerAssigned';
  return { on: last.on > openedOn ? last.on : openedOn, ref: { stream: `indicator-${last.id}`, type } };
}

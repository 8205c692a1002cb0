import { type Day } from '@duban/calendar';
import { holderOn as unitOn, type Obligation, type PlanLedger } from '@duban/ledger';
import { type Addressee } from '@duban/policy';
import { ancestorsOf, holderOn as personOn, type Post } from '@duban/unit';
import { type Stage } from './stages.js';

/**
 * The posts that a stage goes to on a day, each once, in the order of the policy: `xiangtan:市科技局/liaison`,
 * `xiangtan:市科技局/head`, `office:004`, `leader:xiangtan/2`. Never empty. Who holds a post, and how to reach that
 * person, is not known here.
 */
export function recipientsOf(stage: Stage, obligation: Obligation, ledger: PlanLedger, day: Day): string[] {
  const found = stage.to.flatMap(addressee => {
    const goesUp =
      addressee === 'office' && stage.kind === 'escalation' && owedByOffice(obligation, ledger, day);
    // Nobody is told of its own omission: such a message goes one level up (duties §3).
    return addressed(goesUp ? 'leader' : addressee, obligation, ledger, day);
  });
  return found.length > 0 ? [...new Set(found)] : [officeOf(ledger)];
}

/** The leader in charge of a unit, or of the subject's section or plan; null when no such post is held that day. */
export function leaderOf(unit: string, subject: string, ledger: PlanLedger, day: Day): string | null {
  const held = [...ledger.posts].filter(
    ([, post]) => post.kind === 'in_charge' && personOn(post, day) !== null,
  );
  const units = ancestorsOf(id => ledger.units.get(id) ?? null, unit);
  const sections = sectionsOf(subject, ledger);
  const ranks: ((post: Post) => boolean)[] = [
    ...units.map(each => (post: Post) => isOverUnit(post, each)),
    ...sections.map(
      code =>
        ({ scope }: Post) =>
          'plan' in scope && scope.plan === ledger.id && scope.section === code,
    ),
    ({ scope }) => 'plan' in scope && scope.plan === ledger.id && scope.section === undefined,
  ];
  for (const fits of ranks) {
    const found = held.find(([, post]) => fits(post));
    if (found) return leaderId(found[0], ledger);
  }
  return null;
}

function addressed(to: Addressee, obligation: Obligation, ledger: PlanLedger, day: Day): string[] {
  const { holders, reporting, subject } = obligation;
  const leader = (unit: string) => leaderOf(unit, subject, ledger, day) ?? officeOf(ledger);
  switch (to) {
    case 'reporting':
      return (reporting ? [reporting] : holders).map(unit => `${unit}/liaison`);
    case 'holders':
      return holders.map(holder => (isPost(holder) ? holder : `${holder}/liaison`));
    case 'head':
      return holders.map(unit => `${unit}/head`);
    case 'superior':
      return holders.map(unit => {
        const parent = ledger.units.get(unit)?.parent;
        return parent ? `${parent}/head` : leader(unit);
      });
    case 'office':
      return [officeOf(ledger)];
    case 'leader':
      return holders.map(leader);
  }
}

function owedByOffice({ holders }: Obligation, ledger: PlanLedger, day: Day): boolean {
  return holders.includes(unitOn(ledger, ledger.plan.office, day));
}

/** An edition is circulated to posts, too: `leader:xiangtan/2`. */
function isPost(holder: string): boolean {
  return holder.startsWith('leader:');
}

function officeOf({ id }: PlanLedger): string {
  return `office:${id}`;
}

/** How messages name the post of a leader: `leader:xiangtan/2`. */
export function leaderId(post: string, { plan: { jurisdiction } }: PlanLedger): string {
  const isLocal = post.startsWith(`${jurisdiction}:`) || post.startsWith(`${jurisdiction}/`);
  return isLocal ? `leader:${post}` : `leader:${jurisdiction}/${post}`;
}

function isOverUnit({ scope }: Post, unit: string): boolean {
  if ('units' in scope) return scope.units.includes(unit);
  return 'unit' in scope && scope.unit === unit;
}

/** The section of the task that the subject is or belongs to, and those above it; none for other subjects. */
function sectionsOf(subject: string, { tasks, plan: { sections } }: PlanLedger): string[] {
  const found: string[] = [];
  let code = tasks.get(subject.split('/')[0] ?? subject)?.section ?? null;
  while (code !== null && !found.includes(code)) {
    found.push(code);
    code = sections.find(section => section.code === code)?.parent ?? null;
  }
  return found;
}

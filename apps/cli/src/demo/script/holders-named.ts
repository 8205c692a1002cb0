import { type Day } from '@duban/calendar';
import { type Obligation, type PlanLedger } from '@duban/ledger';
import { reportingLeadOf } from '@duban/task';
import { type Act, officeOf, pathOf, type Planned, shortId, shortName } from './act.js';
import { leadsOf002 } from './story.js';
import { type Standing } from './standing.js';

/** The office names whom it undertook to name: leads of tasks, providers of figures, holders of goals. */
export function holdersNamed({ ledger }: Standing, { id, plan, subject }: Obligation, on: Day): Planned[] {
  const who = officeOf(plan);
  const acts = ledger.tasks.has(subject) ? leadNamed(subject) : figuresHeld(ledger, subject);
  return acts.map((act, nth) => ({
    on,
    act: { name: `lead/${id}${nth > 0 ? `/${nth}` : ''}`, who, ...act },
  }));
}

type Named = Pick<Act, 'path' | 'body' | 'line'>;

function leadNamed(subject: string): Named[] {
  const named = leadsOf002[subject];
  if (!named) return [];
  const roles = [
    { holder: `nantong:${named.lead}`, isGroup: false, role: 'lead', presumed: false },
    ...(named.districts
      ? [{ holder: 'nantong:各县市区', isGroup: true, role: 'responsible', presumed: false }]
      : []),
  ];
  const line = `${named.lead} is named lead of ${shortId(subject)}`;
  const body = { roles, reason: '文件未明确牵头单位，由办公室指定' };
  return [{ path: pathOf('tasks', subject, '/assignments'), body, line }];
}

/** The office collects itself what nobody was to collect; goals go to who leads the first task beneath them. */
function figuresHeld({ id, plan, indicators, tasks }: PlanLedger, subject: string): Named[] {
  const { office, findings } = plan;
  const code = subject.slice(id.length + 1);
  if (findings.some(each => each.code === 'provider_missing' && each.subject === code)) {
    const line = `${shortName(office)} is named provider of ${shortId(subject)}`;
    return [{ path: pathOf('indicators', subject, '/providers'), body: { units: [office] }, line }];
  }
  const goals = [...indicators].filter(
    ([each, { links }]) => each === subject || links.some(({ section, task }) => section === code && !task),
  );
  const section = goals[0]?.[1].links.find(link => link.section !== null)?.section ?? code;
  const beneath = [...tasks.values()].find(task => task.section === section);
  const unit = (beneath && reportingLeadOf(beneath)?.unit) ?? office;
  const line = `${shortName(unit)} is named holder of the goals of ${id}/${section}`;
  if (goals.length === 0)
    return [{ path: pathOf('plans', id, '/goal-holders'), body: { subject: code, units: [unit] }, line }];
  return goals
    .filter(([, { owners }]) => owners.length === 0)
    .map(([each], nth) => ({
      path: pathOf('indicators', each, '/owners'),
      body: { units: [unit] },
      line: nth === 0 ? line : null,
    }));
}

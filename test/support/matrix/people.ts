import { place } from '../api.js';

/** Who asks: each role, and each way in which a unit or an office may relate to what is asked about. */

export const units = {
  office: `${place}:督查室`,
  lead: `${place}:牵头局`,
  joint: `${place}:联合局`,
  responsible: `${place}:责任局`,
  supporting: `${place}:配合局`,
  provider: `${place}:数据局`,
  owner: `${place}:指标局`,
  member: `${place}:成员区`,
  apart: `${place}:局外局`,
  merged: `${place}:撤并局`,
  division: `${place}:综合科`,
  foreign: 'changsha:牵头局',
} as const;
export const group = `${place}:各县市区园区`;

/** The plans that the office was granted; 003 is of another city and another office. */
export const ownPlans = ['004', ...Array.from({ length: 60 }, (_, nth) => `matrix${nth + 1}`)];
const otherPlans = ['003'];

const unit = (name: keyof typeof units) => ({ kind: 'person', role: 'unit', unit: units[name] });
const office = { kind: 'person', role: 'office', unit: units.office, plans: ownPlans };

type Person = { key: Record<string, unknown>; actingFor?: string };

/** By the name of their column in the table. */
export const people = {
  admin: { key: { kind: 'person', role: 'admin' } },
  office: { key: office },
  'other office': { key: { ...office, unit: units.foreign, plans: otherPlans } },
  machine: { key: { ...office, kind: 'machine' } },
  'acting for': { key: { ...office, kind: 'machine' }, actingFor: 'chief' },
  lead: { key: unit('lead') },
  joint: { key: unit('joint') },
  responsible: { key: unit('responsible') },
  supporting: { key: unit('supporting') },
  provider: { key: unit('provider') },
  owner: { key: unit('owner') },
  member: { key: unit('member') },
  apart: { key: unit('apart') },
  foreign: { key: unit('foreign') },
  merged: { key: unit('merged') },
  'in charge': {
    key: { kind: 'person', role: 'leader', plans: ownPlans, units: [units.lead, units.member] },
  },
  'of others': { key: { kind: 'person', role: 'leader', plans: ownPlans, units: [units.apart] } },
  'other leader': { key: { kind: 'person', role: 'leader', plans: otherPlans } },
  scheduler: { key: { kind: 'machine', role: 'scheduler' } },
  auditor: { key: { kind: 'person', role: 'auditor' } },
  'other auditor': { key: { kind: 'person', role: 'auditor', plans: otherPlans } },
  division: { key: unit('division') },
  'same unit': { key: { ...office, unit: units.lead } },
} satisfies Record<string, Person>;

export type PersonName = keyof typeof people;
export const names = Object.keys(people) as PersonName[];

import { type Direction, type Frequency, type Kind, type ProviderMode, type Target } from '@duban/indicator';
import { type Due } from '@duban/platform';
import { type RoundKind } from '@duban/round';
import { type UnitKind } from '@duban/unit';

/** The shape of the files under `seeds/`: units of one jurisdiction, and one plan each. Names inside a file are local to its jurisdiction. */

export type UnitSeed = {
  jurisdiction: string;
  name: string;
  level: 'city' | 'county';
  units: readonly { name: string; kind: UnitKind; aliases: readonly string[]; parent: string | null }[];
  groups: readonly {
    name: string;
    aliases: readonly string[];
    open: boolean;
    members: readonly { unit: string; from: string }[];
  }[];
  posts: readonly { unit: string; kind: 'liaison' | 'head' }[];
};

export type RoleSeed = {
  unit?: string;
  group?: string;
  role: 'lead' | 'responsible' | 'supporting';
  presumed?: boolean;
};

export type TaskSeed = {
  code: string;
  section: string | null;
  title: string;
  clause: string;
  commitment: 'plain' | 'ensure' | 'strive' | 'opportune';
  roles: readonly RoleSeed[];
  due: Due | null;
  milestones: readonly {
    code: string;
    title: string;
    on: string | null;
    basis: 'stated' | 'presumed';
    clause: string;
  }[];
};

export type IndicatorSeed = {
  code: string;
  title: string;
  measure: string;
  source: 'table' | 'text';
  direction: Direction;
  kind: Kind;
  annualOnly: boolean;
  frequency: Frequency;
  owners: readonly string[];
  providers: readonly string[];
  providerMode: ProviderMode;
  links: readonly { plan?: true; task?: string; section?: string; clause: string; related?: true }[];
  baselines: readonly { period: string; value: number }[];
  targets: readonly Target[];
  publication?: { lagDays: number; basis: string; source: string };
  note: string | null;
};

export type RoundSeed = {
  period: string;
  kind: RoundKind;
  dueOn: string | null;
  evidence: boolean;
  summary: boolean;
  backfill?: boolean;
  clause: string;
  scope?: { tasks: readonly string[]; groups: readonly string[] };
};

export type PlanSeed = {
  code: string;
  jurisdiction: string;
  title: string;
  documentNumber: string | null;
  documentOn: string | null;
  period: { from: string; to: string };
  zone: string;
  office: string;
  sections: readonly { code: string; parent: string | null; title: string; clause: string }[];
  tasks: readonly TaskSeed[];
  indicators: readonly IndicatorSeed[];
  rounds: readonly RoundSeed[];
  findings: readonly { code: string; subject: string; clause: string; note: string; blocking: boolean }[];
};

/** Options as the command line gives them to its commands. */

export type DemoOptions = { exit?: boolean; plans?: string[]; until?: string; seed: number };

export const keyRoles = ['office', 'unit', 'leader', 'scheduler', 'auditor', 'admin'] as const;

export type NewKeyOptions = {
  role: (typeof keyRoles)[number];
  holder?: string;
  machine?: boolean;
  unit?: string;
  units?: string[];
  plans?: string[];
  days?: number;
};

export type RestateOptions = { reason: string; of?: number; paper?: string; paperOn?: string };

export type AccessOptions = { on?: string; task?: string; plan?: string; unit?: string };

export type VerifyCommandOptions = { from?: number; to?: number; stream?: string; seal?: string };

export type SealCommandOptions = { export?: string; nextKey?: string; keyLost?: boolean };

import { type ExitCode, exitCodes } from '../terminal/exit-codes.js';

/** What one look found. `advice` says what to do about it; `exit` is what the command ends with for it. */
export type Finding = {
  check: string;
  state: 'ok' | 'warning' | 'fault';
  detail: string;
  advice?: string;
  exit?: ExitCode;
};

export const ok = (check: string, detail: string): Finding => ({ check, state: 'ok', detail });

export const warning = (check: string, detail: string, advice: string): Finding => ({
  ...{ check, state: 'warning', detail, advice },
});

export const fault = (
  check: string,
  detail: string,
  advice: string,
  exit: ExitCode = exitCodes.refused,
): Finding => ({ check, state: 'fault', detail, advice, exit });

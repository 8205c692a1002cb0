/** What a command ends with; documented in docs/cli.md. A script may rely on them. */
export const exitCodes = {
  ok: 0,
  /** Refused by a rule, or something went wrong. */
  refused: 1,
  /** The command line or the configuration is not right; nothing was done. */
  usage: 2,
  /** The database cannot be reached, or the embedded one cannot start. */
  unreachable: 3,
  /** The record, or a stored file, is not what was recorded. */
  tampered: 4,
  /** Ctrl-C (128 + SIGINT). */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

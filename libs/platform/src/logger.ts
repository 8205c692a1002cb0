import { ConsoleLogger, type LogLevel } from '@nestjs/common';

/** How much is logged: the level itself and everything graver. */
export type LogThreshold = 'fatal' | 'error' | 'warn' | 'info' | 'debug';

const gravest: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

/** Nest's logger, but all of it on stderr: standard output belongs to what a command prints. */
export class Logger extends ConsoleLogger {
  protected override printMessages(
    messages: unknown[],
    context?: string,
    logLevel?: LogLevel,
    _stream?: 'stdout' | 'stderr',
    errorStack?: unknown,
    params?: Record<string, unknown>,
  ): void {
    super.printMessages(messages, context, logLevel, 'stderr', errorStack, params);
  }
}

/** Makes the loggers of one process, all alike. */
export class LoggerFactory {
  /**
   * @param format `json` for collectors: one object a line; `pretty` for people
   */
  constructor(
    private readonly threshold: LogThreshold,
    private readonly format: 'json' | 'pretty',
  ) {}

  /** A logger whose lines carry this name. */
  named(context: string): Logger {
    const levels = gravest.slice(0, gravest.indexOf(this.threshold === 'info' ? 'log' : this.threshold) + 1);
    const isJson = this.format === 'json';
    return new Logger(context, {
      json: isJson,
      colors: !isJson && process.stderr.isTTY,
      logLevels: [...levels],
    });
  }
}

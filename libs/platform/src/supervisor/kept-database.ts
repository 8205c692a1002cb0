import { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from '../embedded/embedded-server.js';
import { restartDelayMs } from './backoff.js';

const lookEveryMs = 250;

/** An embedded server that is started again, on the same port, whenever its first process is found dead. */
export class KeptDatabase {
  private timer: NodeJS.Timeout | null = null;
  private work: Promise<void> = Promise.resolve();
  private failures = 0;
  private stopping = false;

  private constructor(
    private server: EmbeddedServer,
    private readonly options: EmbeddedOptions,
    private readonly onChange: () => void,
  ) {
    this.lookIn(lookEveryMs);
  }

  /** @throws EmbeddedServerError when it does not start the first time */
  static async start(options: EmbeddedOptions, onChange: () => void): Promise<KeptDatabase> {
    return new KeptDatabase(await startEmbedded(options), options, onChange);
  }

  get url(): string {
    return this.server.url;
  }

  get pid(): number {
    return this.server.pid;
  }

  /** Stops it cleanly, after a restart that may be under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.work;
    await this.server.stop();
  }

  /** Stops it at once. */
  kill(): void {
    this.server.quit();
  }

  private lookIn(delayMs: number): void {
    this.timer = setTimeout(() => {
      this.work = this.look();
    }, delayMs);
  }

  private async look(): Promise<void> {
    if (!this.server.isAlive()) await this.restart();
    if (!this.stopping) this.lookIn(this.failures === 0 ? lookEveryMs : restartDelayMs(this.failures));
  }

  private async restart(): Promise<void> {
    const { port } = this.server;
    this.options.log?.('The embedded database died and is started again.');
    try {
      this.server = await startEmbedded({ ...this.options, port });
      this.failures = 0;
      this.onChange();
    } catch (error) {
      this.failures++;
      this.options.log?.((error as Error).message);
    }
  }
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** `up` to the server, `down` from it. */
export type Direction = 'up' | 'down';

/** What happens to the connection that carries a certain byte, right after it. */
export interface Disturbance {
  readonly direction: Direction;
  /** After so many bytes of all connections together, in this direction, from the moment it is set up. */
  readonly bytes: number;
  readonly strike: (link: Link) => void;
}

/** A TCP proxy on the loopback that can be told to misbehave between any two bytes. */
export class Proxy {
  private readonly links = new Set<Link>();
  private readonly carried = { up: 0, down: 0 };
  private due: Record<Direction, Disturbance[]> = { up: [], down: [] };

  private constructor(
    private readonly server: Server,
    private readonly target: () => Promise<number | null>,
  ) {}

  /** `target` gives the server's port once it is there; null to turn the caller away. */
  static async open(target: () => Promise<number | null>): Promise<Proxy> {
    const server = createServer({ allowHalfOpen: true });
    const proxy = new Proxy(server, target);
    server.on('connection', client => void proxy.accept(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** So many bytes went to the server. */
  get carriedUp(): number {
    return this.carried.up;
  }

  /** Sets up what will go wrong, instead of what was set up before. */
  disturb(disturbances: readonly Disturbance[]): void {
    const inOrder = (wanted: Direction) =>
      disturbances
        .filter(({ direction }) => direction === wanted)
        .map(each => ({ ...each, bytes: this.carried[wanted] + each.bytes }))
        .sort((one, other) => one.bytes - other.bytes);
    this.due = { up: inOrder('up'), down: inOrder('down') };
  }

  async close(): Promise<void> {
    this.links.forEach(link => link.reset());
    this.server.close();
    await once(this.server, 'close');
  }

  /** How many of these bytes may go on before the next disturbance, which is then taken. */
  take(direction: Direction, length: number): { bytes: number; next: Disturbance | null } {
    const [next] = this.due[direction];
    const left = next ? next.bytes - this.carried[direction] : Infinity;
    const bytes = Math.min(length, left);
    this.carried[direction] += bytes;
    if (!next || bytes < left) return { bytes, next: null };
    this.due[direction].shift();
    return { bytes, next };
  }

  private async accept(client: Socket): Promise<void> {
    client.on('error', () => client.destroy());
    const port = await this.target();
    if (port === null || client.destroyed) return void client.resetAndDestroy();
    const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    client.setNoDelay(true);
    const link = new Link(client, server, this);
    this.links.add(link);
    client.on('close', () => this.links.delete(link));
  }
}

/** One connection through the proxy. */
export class Link {
  private readonly lanes: Record<Direction, Lane>;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    proxy: Proxy,
  ) {
    const laneOf = (direction: Direction, from: Socket, to: Socket) =>
      new Lane(direction, from, to, proxy, this);
    this.lanes = { up: laneOf('up', client, server), down: laneOf('down', server, client) };
    server.on('error', () => this.reset());
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  }

  /** Both sides find the connection broken; what they have not read yet is lost. */
  reset(): void {
    this.drop();
    if (!this.client.destroyed) this.client.resetAndDestroy();
    if (!this.server.destroyed) this.server.resetAndDestroy();
  }

  /** Both sides can read what has been sent, then find the end. */
  end(): void {
    this.drop();
    this.client.destroy();
    this.server.destroy();
  }

  /** One direction ends; the other goes on until its sender has had enough. */
  halfEnd(direction: Direction): void {
    this.lanes[direction].finish();
  }

  /** Nothing goes on in a direction for a while. */
  async stall(direction: Direction, until: Promise<unknown>): Promise<void> {
    this.lanes[direction].hold();
    await until;
    this.lanes[direction].goOn();
  }

  /** The server goes on and its answers are lost; then the connection breaks. */
  async mute(millis: number): Promise<void> {
    this.lanes.down.drop();
    await pause(millis);
    this.reset();
  }

  /** What has not been carried yet never will be. */
  drop(): void {
    this.lanes.up.drop();
    this.lanes.down.drop();
  }
}

/** One direction of a connection. */
class Lane {
  private readonly waiting: Buffer[] = [];
  private held = false;
  private dropping = false;
  private ended = false;

  constructor(
    private readonly direction: Direction,
    from: Socket,
    private readonly to: Socket,
    private readonly proxy: Proxy,
    private readonly link: Link,
  ) {
    from.on('data', (bytes: Buffer) => {
      this.waiting.push(bytes);
      this.carry();
    });
    from.on('end', () => {
      this.ended = true;
      this.carry();
    });
  }

  hold(): void {
    this.held = true;
  }

  goOn(): void {
    this.held = false;
    this.carry();
  }

  drop(): void {
    this.dropping = true;
    this.waiting.length = 0;
  }

  finish(): void {
    this.drop();
    this.to.end();
  }

  private carry(): void {
    while (!this.held) {
      const bytes = this.dropping ? undefined : this.waiting.shift();
      if (!bytes) break;
      const { bytes: count, next } = this.proxy.take(this.direction, bytes.length);
      if (count < bytes.length) this.waiting.unshift(bytes.subarray(count));
      if (count > 0 && this.to.writable) this.to.write(bytes.subarray(0, count));
      next?.strike(this.link);
    }
    if (this.dropping) this.waiting.length = 0;
    if (this.ended && !this.held && this.waiting.length === 0 && this.to.writable) this.to.end();
  }
}

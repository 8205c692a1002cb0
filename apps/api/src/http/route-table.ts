import { type FastifyInstance } from 'fastify';

/** What Fastify serves, to tell an unknown address from a wrong method. */
export class RouteTable {
  private readonly methods = new Map<string, { matches: RegExp; methods: Set<string> }>();

  /** Listens to a server to which no route was added yet. */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, method }) => {
      const route = this.methods.get(url) ?? { matches: matcher(url), methods: new Set<string>() };
      [method].flat().forEach(each => route.methods.add(each));
      this.methods.set(url, route);
    });
  }

  /** Every route as `METHOD /path/:param`, sorted. */
  all(): string[] {
    return [...this.methods]
      .flatMap(([url, { methods }]) => [...methods].map(method => `${method} ${url}`))
      .sort();
  }

  /** The methods that an address is served with. */
  methodsAt(url: string): string[] {
    const path = url.split('?', 1)[0] ?? '';
    const found = [...this.methods.values()].filter(({ matches }) => matches.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }
}

function matcher(url: string): RegExp {
  const parts = url.split('/').map(part => {
    if (part.startsWith(':')) return '[^/]+';
    return part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}

import { type FastifyReply } from 'fastify';

/** A page needs its own style and nothing from anywhere. */
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** How somebody asked, and what is answered. */
export type Asking = { accept: string | undefined; reply: FastifyReply };

/** The data or, where the caller prefers to read, a page of it. `always`: the address itself asks for the page. */
export function dataOrPage<T>(
  data: T,
  render: (data: T) => string,
  { accept, reply }: Asking,
  { always = false } = {},
): T | string {
  void reply.header('vary', 'Accept, Authorization');
  if (!always && !prefersHtml(accept)) return data;
  void reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', pagePolicy);
  return render(data);
}

/** Browsers name text/html first; everybody else wants data. */
export function prefersHtml(accept = ''): boolean {
  const types = accept.split(',').map(type => type.split(';')[0]?.trim());
  const html = types.indexOf('text/html');
  const json = types.indexOf('application/json');
  return html >= 0 && (json < 0 || html < json);
}

import { TestApi } from '../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => void (api = await TestApi.open()));
afterAll(() => api.close());

type Operation = {
  summary?: string;
  security?: object[];
  responses: Record<string, object>;
  parameters?: { in: string; name: string }[];
};

describe('the OpenAPI document', () => {
  it('lists every route that is served', async () => {
    const { body } = await api.send('/openapi.json');
    const listed = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const page = /^[A-Z]+ (\/docs|\/openapi\.json|\/docs\/)/;
    const served = api.api.routes.all().filter(route => !page.test(route) && !route.startsWith('HEAD '));
    expect(served.length).toBeGreaterThan(60);
    expect(served.filter(route => !listed.includes(route))).toEqual([]);
    expect(listed.filter(route => !served.includes(route))).toEqual([]);
  });

  it('is version 3.1, and every operation of /v1 has a summary, a key and its problems', async () => {
    const { body } = await api.send('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.components.securitySchemes.key).toMatchObject({ type: 'http', scheme: 'bearer' });
    const operations = Object.entries(body.paths as Record<string, Record<string, Operation>>)
      .filter(([path]) => path.startsWith('/v1/'))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
      );
    for (const { path, method, summary, security, responses, parameters = [] } of operations) {
      const where = `${method} ${path}`;
      expect([where, Boolean(summary), security]).toEqual([where, true, [{ key: [] }]]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '404', '429']));
      const named = parameters.filter(each => each.in === 'path').map(({ name }) => name);
      expect([where, named]).toEqual([where, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]);
    }
  });

  it('points to nothing that it does not hold', async () => {
    const { text, body } = await api.send('/openapi.json');
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect([...new Set(names)].filter(name => !(name in body.components.schemas))).toEqual([]);
  });

  it('shows by its fields what a body may hold', async () => {
    const { ReportDto } = (await api.send('/openapi.json')).body.components.schemas;
    expect(ReportDto.required).toEqual(['summary']);
    expect(ReportDto.properties.percent).toMatchObject({
      type: 'number',
      minimum: 0,
      maximum: 100,
      example: 60,
    });
  });
});

describe('the reading page', () => {
  it('needs nothing but this server, as its policy says', async () => {
    const page = await api.send('/docs');
    expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.text).not.toMatch(/(src|href)="https?:/);
    const scripts = [...page.text.matchAll(/<script src="([^"]+)"/g)].map(([, src]) => src!);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      expect((await api.send(new URL(script, `${api.base}/docs`).pathname)).status).toBe(200);
    }
    expect(page.text).not.toMatch(/<script>(?!\s*<)/);
  });
});

import { type Browser, type Page } from 'playwright-core';
import { finance, furnish, place, science, TestApi } from './support/api.js';
import { type Heard, inPage, newPage, openBrowser, picture } from './support/browser.js';

const hostile = {
  script: '<script>document.title = "taken"</script>',
  quotes: `"' onmouseover="document.title='taken'" x='`,
  unbroken: `https://example.org/${'x'.repeat(120)}`,
  turned: '从右\u202e往左',
};
const turning = /[\u202a-\u202e\u2066-\u2069]/g;
const lead = (holder: string) => ({ holder, isGroup: false, role: 'lead' });
const dueOn = (on: string) => ({ on, basis: 'stated', clause: hostile.quotes });

/** A plan whose titles somebody means ill with, lived to the middle of July. */
async function live(api: TestApi): Promise<void> {
  await furnish(api);
  const plan = { code: '006', jurisdiction: place, office: science, from: '2023-01-01', to: '2023-12-31' };
  await api.done('/v1/plans', 'admin', { ...plan, title: hostile.script });
  for (const [code, title] of Object.entries(hostile))
    await api.done('/v1/tasks', 'admin', {
      ...{ plan: '006', code, title, clause: title, roles: [lead(science), lead(finance)] },
      due: dueOn('2023-06-30'),
    });
  await api.done('/v1/plans/006/approval', 'admin', {});
  await api.done('/v1/plans/006/issue', 'admin');
  const at = '/v1/tasks/006:script';
  await api.moveTo('2023-06-28');
  await api.done(`${at}/blockers`, 'science', { kind: 'funding', note: hostile.unbroken });
  await api.done(`${at}/extensions`, 'science', { to: '2023-09-28', reason: hostile.turned });
  await api.done(`${at}/extensions/1/withdrawal`, 'science');
  await api.moveTo('2023-07-12');
  const evidence = [{ title: hostile.quotes, url: 'https://example.org/a.pdf' }];
  await api.done(`${at}/completions`, 'science', { summary: hostile.script, evidence });
}

const pages = {
  me: { as: 'finance', path: '/v1/me' },
  desk: { as: 'admin', path: '/v1/desk' },
  dossier: { as: 'auditor', path: '/v1/tasks/006:script/dossier' },
  scorecard: { as: 'science', path: `/v1/units/${encodeURIComponent(science)}/scorecard` },
} as const;
type Name = keyof typeof pages;
const names = Object.keys(pages) as Name[];

let browser: Browser;
let written: Record<Name, string>;
beforeAll(async () => {
  browser = await openBrowser();
  const api = await TestApi.open();
  try {
    await live(api);
    const texts = names.map(async name => {
      const { as, path } = pages[name];
      return [name, (await api.send(path, { as, headers: { accept: 'text/html' } })).text] as const;
    });
    written = Object.fromEntries(await Promise.all(texts)) as Record<Name, string>;
  } finally {
    await api.close();
  }
});
afterAll(() => browser.close());

/** The page as somebody opens it who has nothing but the file. */
async function opened(name: Name, width: number): Promise<{ page: Page; heard: Heard; address: string }> {
  const address = `https://views.example/${name}.html`;
  const { page, heard } = await newPage(browser, { width });
  await page.route('**/*', route =>
    route.request().url() === address
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: written[name] })
      : route.abort(),
  );
  await page.goto(address);
  return { page, heard, address };
}

describe.each(names.flatMap(name => [390, 1280].map(width => [name, width] as const)))(
  'the page %s, %i pixels wide',
  (name, width) => {
    let page: Page;
    let heard: Heard;
    let address: string;
    beforeAll(async () => {
      ({ page, heard, address } = await opened(name, width));
      await inPage.unfold(page, true);
    });
    afterAll(() => page.close());

    it('asks for nothing but itself, and runs nothing of what people wrote', async () => {
      await page.mouse.move(width / 2, 400);
      expect(heard).toEqual({ requests: [address], complaints: [] });
      expect(await page.title()).not.toBe('taken');
      expect(await page.locator('script, img, link, iframe, form, [onmouseover]').count()).toBe(0);
      expect(written[name]).not.toMatch(turning);
    });

    it('is never wider than the window', async () => {
      await picture(page, `${name}-${width}`);
      expect(await inPage.tooWide(page)).toEqual([]);
    });

    it('can be read, and says its lights in words', async () => {
      const texts = await inPage.texts(page);
      expect(texts.length).toBeGreaterThan(20);
      expect(texts.filter(({ contrast, pixels }) => contrast < 4.5 || pixels < 10.5)).toEqual([]);
      for (const light of await page.locator('.light').allInnerTexts()) expect(light).toMatch(/^[✖▲●○–] \S/);
      for (const over of await page.locator('.over').allInnerTexts()) expect(over).toMatch(/^✖ 逾期/);
    });

    it('is told by its headings and by the heads of its tables', async () => {
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
      const tables = await page.locator('table').count();
      expect(tables).toBeGreaterThan(0);
      expect(await page.locator('table > caption').count()).toBe(tables);
      expect(await page.locator('table:has(thead th[scope=col]):has(tbody th[scope=row])').count()).toBe(
        tables,
      );
      expect(await page.locator('td:empty, th:empty').count()).toBe(0);
    });
  },
);

describe.each(names)('the page %s on paper', name => {
  it('fits on sheets of A4, with everything that is closed on the screen', async () => {
    const { page } = await opened(name, 688); // the width of A4 between its margins
    await page.emulateMedia({ media: 'print' });
    expect(await inPage.tooWide(page)).toEqual([]);
    expect(await inPage.hidden(page, 'details table')).toBe(0);
    const sheet = await page.pdf({ preferCSSPageSize: true });
    expect(sheet.subarray(0, 5).toString()).toBe('%PDF-');
    expect(sheet.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
    await page.close();
  });
});

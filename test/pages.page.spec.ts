import { type Browser, type Page } from 'playwright-core';
import { type CurrentEdition, quarterOf, renderQuarterHtml } from '../libs/rollup/src/index.js';
import { editionOf } from '../libs/rollup/src/edition.js';
import {
  calendar,
  districts,
  finance,
  indicator,
  industry,
  office,
  paper,
  planned,
} from '../libs/rollup/src/story.js';
import { TestApi } from './support/api.js';
import { type Heard, inPage, newPage, openBrowser, picture } from './support/browser.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const override = '\u202e';
const hostile = {
  script: '<script>document.title = "taken"</script>',
  quotes: `"' onmouseover="document.title='taken'" x='`,
  image: '<img src="https://example.org/x.png" onerror="document.title=1">',
  turned: `从右${override}往左`,
  unbroken: `https://example.org/${'x'.repeat(120)}`,
  long: '推动长株潭国家自主创新示范区与湘潭高新技术产业开发区联合建设产业技术研究院并形成可复制可推广的经验',
};
const stated = (on: string) => ({ on, basis: 'stated' as const, clause: '年内' });

/** Plan 004 at the end of Q2 2023, with lights of every colour and with titles that somebody means ill with. */
function edition(plan = '004'): CurrentEdition {
  const story = planned(each => {
    each.task('1.1', [finance], { due: stated('2023-06-30'), title: hostile.script });
    each.task('1.2', [industry, finance], { due: stated('2023-06-30'), title: hostile.turned });
    each.task('1.3', [office], { due: stated('2023-06-30'), title: hostile.quotes });
    each.task('2.1', [industry], { due: stated('2023-05-31'), title: '建设省级重点实验室' });
    each.task('2.2', [finance], { due: stated('2023-06-20'), title: hostile.image });
    each.task('2.3', [office], { due: stated('2023-12-31'), title: hostile.long });
    each.task('3.1', [industry], { due: stated('2023-12-31'), title: '举办科技活动周' });
    each.task('3.4', [finance], { due: stated('2023-06-30'), title: hostile.unbroken });
    each.task('3.3', [industry], { due: stated('2023-12-31'), title: '承办全省现场会' });
    each.tell(`task-${plan}:3.2`, {
      type: 'RegisterTask',
      ...{ plan, code: '3.2', section: '3', title: '县市区研发投入统计', clause: '第3.2项' },
      roles: [{ holder: districts, isGroup: true, role: 'responsible', presumed: false }],
      ...{ commitment: 'plain', due: stated('2023-12-31'), milestones: [] },
    });
    each.tell(`indicator-${plan}:i1`, indicator('i1', plan, { kind: 'flow_cumulative', baselines: [] }));
    each.tell(`indicator-${plan}:i12`, indicator('i12', plan, { title: '高新技术企业数', measure: '家' }));
    each.tell(`indicator-${plan}:i19`, indicator('i19', plan, { title: '技术合同成交额', measure: '亿元' }));
    each.round('2023Q2', '2023-07-07', { summary: true });
  }, plan);
  story.on('2023-06-10').complete('2.1', industry).on('2023-06-12').accept('2.1');
  story.on('2023-06-15').ask('2.2', finance, '2023-09-30');
  story.on('2023-06-20').tell(`task-${plan}:3.1`, { type: 'SuspendTask', reason: '另行部署', paper });
  story.tell(`task-${plan}:3.3`, { type: 'CancelTask', reason: '并入3.1', paper });
  story.on('2023-07-03').open('2023Q2').on('2023-07-05').report('1.3', office, '2023Q2');
  story.value('i1', 'xiangtan:市统计局', '2023Q2', 205.5).value('i12', 'xiangtan:市统计局', '2023Q2', 842);
  story.on('2023-07-06').handIn('2023Q2', industry);
  story.on('2023-07-21').close('2023Q2', ['not_handed_in'], '单位未报');
  const cut = { period: '2023Q2', cutoffOn: '2023-07-21' };
  return { id: `${plan}:2023Q2/1`, n: 1, edition: editionOf(story.ledger(), cut, calendar), corrections: [] };
}

const address = 'https://bulletin.example/quarter-2023Q2.html';

/** The page as somebody opens it who has nothing but the file: whatever else it asks for is not there. */
async function opened(width: number): Promise<{ page: Page; heard: Heard }> {
  const quarter = quarterOf('2023Q2', [edition(), edition('003')], { first: '004' });
  const { page, heard } = await newPage(browser, { width });
  await page.route('**/*', route =>
    route.request().url() === address
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: renderQuarterHtml(quarter) })
      : route.abort(),
  );
  await page.goto(address);
  return { page, heard };
}

describe.each([
  ['a telephone', 390],
  ['a desk', 1280],
])('the page of a quarter on %s', (_, width) => {
  let page: Page;
  let heard: Heard;
  beforeAll(async () => {
    ({ page, heard } = await opened(width));
  });
  afterAll(() => page.close());

  it('asks for nothing but itself, and runs nothing of what people wrote', async () => {
    await page.mouse.move(width / 2, 400);
    await inPage.unfold(page, true);
    expect(heard).toEqual({ requests: [address], complaints: [] });
    expect(await page.title()).toBe('2023年第二季度 督查通报');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.locator('script, img, link, iframe, form').count()).toBe(0);
    for (const written of Object.values(hostile))
      expect(await page.locator('body').textContent()).toContain(written.replace(override, ''));
  });

  it('opens the reason of a light on a click', async () => {
    await page.reload();
    const item = page.locator('li > details', { hasText: hostile.script }).first();
    const reason = item.locator('dl');
    expect(await reason.isVisible()).toBe(false);
    await item.locator('summary').click();
    expect(await reason.isVisible()).toBe(true);
    expect(await reason.innerText()).toContain('应于 2023-06-30 完成');
  });

  it('is never wider than the window, closed or open', async () => {
    await page.reload();
    expect(await inPage.tooWide(page)).toEqual([]);
    await picture(page, `quarter-${width}`);
    await inPage.unfold(page, true);
    expect(await inPage.tooWide(page)).toEqual([]);
    await picture(page, `quarter-${width}-open`);
  });

  it('says each light by a sign and a word as well', async () => {
    await inPage.unfold(page, true);
    const lights = await page.locator('.light').allInnerTexts();
    const words = ['✖ 红灯', '▲ 黄灯', '● 绿灯', '○ 灰灯', '– 不计'];
    expect(new Set(lights.map(text => text.slice(0, 4)))).toEqual(new Set(words));
  });

  it('can be read: text stands out from what lies behind it', async () => {
    await inPage.unfold(page, true);
    const texts = await inPage.texts(page);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter(({ contrast, pixels }) => contrast < 4.5 || pixels < 10.5)).toEqual([]);
  });

  it('lets no title turn the words beside it', async () => {
    expect(await page.content()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});

describe('the page of a quarter on paper', () => {
  it('shows what is closed on the screen', async () => {
    const { page } = await opened(1280);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('dl.more').count()).toBeGreaterThan(3);
    expect(await inPage.hidden(page, 'dl.more, .plan p')).toBe(0);
    await page.close();
  });
});

describe('the page to read the API', () => {
  it('shows every operation, needs nobody else and complains of nothing', async () => {
    const api = await TestApi.open();
    try {
      const { page, heard } = await newPage(browser);
      await page.goto(`${api.base}/docs`, { waitUntil: 'networkidle' });
      const document = (await api.send('/openapi.json')).body as { paths: Record<string, object> };
      const operations = Object.values(document.paths).flatMap(item => Object.keys(item));
      const shown: string[] = [];
      for (const tag of await page.locator('h3.opblock-tag').all()) {
        await tag.click();
        await page.locator('.opblock').first().waitFor();
        shown.push(...(await page.locator('.opblock').evaluateAll(blocks => blocks.map(({ id }) => id))));
        await tag.click();
        await page.locator('.opblock').first().waitFor({ state: 'detached' });
      }
      expect(new Set(shown).size).toBe(operations.length);
      expect(await page.title()).toBe('Duban API');
      expect(heard.requests.filter(url => !url.startsWith(api.base) && !url.startsWith('data:'))).toEqual([]);
      expect(heard.complaints).toEqual([]);
      await picture(page, 'docs');
      await page.close();
    } finally {
      await api.close();
    }
  });
});

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

// A browser that a spec starts speaks to nobody but the spec.
const quiet = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** The chromium of this machine, with a profile of its own that goes when it is closed. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: quiet });
}

function chromiumPath(): string {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, 'chromium'))
    .find(isExecutable);
  if (!found) throw new Error('chromium is not on the PATH');
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a page asked for and complained about, from its first request on. */
export type Heard = { requests: string[]; complaints: string[] };

/** A new page of a window so wide that is listened to from the start. */
export async function newPage(
  browser: Browser,
  { width = 1280 }: { width?: number } = {},
): Promise<{ page: Page; heard: Heard }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.addInitScript({ path: join(import.meta.dirname, 'in-page.js') });
  return { page, heard: listenTo(page) };
}

function listenTo(page: Page): Heard {
  const heard: Heard = { requests: [], complaints: [] };
  page.on('request', request => heard.requests.push(request.url()));
  page.on('requestfailed', request => heard.complaints.push(`failed ${request.url()}`));
  page.on('websocket', socket => heard.requests.push(socket.url()));
  page.on('pageerror', error => heard.complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') heard.complaints.push(message.text());
  });
  return heard;
}

/** Keeps a picture of the whole page in the folder that SCREENSHOTS names, for whoever wants to look. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** A visible text: WCAG 2 contrast to what lies behind it, and the size of its letters. */
export type SeenText = { text: string; contrast: number; pixels: number };

/** Asks the page itself; what it can be asked is in `in-page.js`. */
export const inPage = {
  unfold: (page: Page, open: boolean) => page.evaluate(`inPage.unfold(${open})`),
  texts: (page: Page) => page.evaluate<SeenText[]>('inPage.texts()'),
  tooWide: (page: Page) => page.evaluate<string[]>('inPage.tooWide()'),
  hidden: (page: Page, selector: string) =>
    page.evaluate<number>(`inPage.hidden(${JSON.stringify(selector)})`),
};

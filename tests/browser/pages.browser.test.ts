import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openContext, settle, signIn, watchConsole } from '../../cli/page/browser.ts';
import { type Scene, setScene } from '../../cli/page/scene.ts';
import { OPEN_PAGES, pagesOf, systemPagesOf } from '../../cli/page/shots.ts';
import { lookAt, TROUBLES } from '../support/trouble.ts';
import { startWhole, type Whole } from '../support/whole.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** So many pages are looked at side by side. */
const TABS = 6;
/** Nothing is asked for there. */
const WITHOUT_DATA = ['missing'];

let whole: Whole;
let scene: Scene;
let browser: Browser;

beforeAll(async () => {
  whole = await startWhole({ timeScale: 20 });
  scene = await setScene(whole.stack);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await whole?.stop();
});

/** Each rule that a page breaks, with where. https://www.w3.org/TR/WCAG22/, levels A and AA */
async function violations(page: Page): Promise<readonly string[]> {
  // Not as a script element: the page's own policy refuses one.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: () => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
      };
    };
    const { violations: found } = await axe.run();
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
    );
  });
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each([
    ['anybody', null, () => OPEN_PAGES],
    ['an admin', 'admin', pagesOf],
    ['an agent', 'agent', pagesOf],
    ["the platform's owner", 'owner', systemPagesOf],
  ] as const)('axe finds nothing that keeps %s out', async (_, person, pages) => {
    const context = await openContext(browser, whole.stack.appUrl, { theme });
    const page = await context.newPage();
    if (person !== null) await signIn(page, scene[person]);
    const complaints = watchConsole(page);
    const found: string[] = [];
    for (const [name, path] of Object.entries(pages(scene))) {
      await page.goto(path);
      await settle(page);
      found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`));
    }
    expect(found).toEqual([]);
    // A link that is too old, and what an agent may not see, are refused: that is no fault.
    expect(complaints.filter((text) => !/status of (401|403|410)/.test(text))).toEqual([]);
    await context.close();
  });
});

test('no page is wider than a telephone', async () => {
  const wide: string[] = [];
  for (const [person, pages] of [
    ['admin', { ...pagesOf(scene), ...OPEN_PAGES }],
    ['owner', systemPagesOf(scene)],
  ] as const) {
    const context = await openContext(browser, whole.stack.appUrl, { width: 390 });
    const page = await context.newPage();
    await signIn(page, scene[person]);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path);
      await settle(page);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > 390) wide.push(`${name}: ${width}`);
    }
    await context.close();
  }
  expect(wide).toEqual([]);
});

async function signedIn(person: Scene['admin']): Promise<BrowserContext> {
  const context = await openContext(browser, whole.stack.appUrl);
  const page = await context.newPage();
  await signIn(page, person);
  await page.close();
  return context;
}

test.each(Object.entries(TROUBLES))(
  'with the API %s, every page says so and recovers by itself',
  async (_, trouble) => {
    const [admin, owner] = [await signedIn(scene.admin), await signedIn(scene.owner)];
    const waiting = [
      ...Object.entries(pagesOf(scene)).map((entry) => ({ context: admin, entry })),
      ...Object.entries(systemPagesOf(scene)).map((entry) => ({ context: owner, entry })),
    ].filter(({ entry: [name] }) => !WITHOUT_DATA.includes(name));
    expect(waiting.length).toBeGreaterThan(25);
    const wrong: string[] = [];
    const tab = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const found = await lookAt(next.context, next.entry, trouble);
        if (found !== null) wrong.push(found);
      }
    };
    await Promise.all(Array.from({ length: TABS }, tab));
    expect(wrong).toEqual([]);
    await Promise.all([admin.close(), owner.close()]);
  },
  300_000,
);

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openContext, signIn, watchConsole } from '../../cli/page/browser.ts';
import { type Scene, setScene } from '../../cli/page/scene.ts';
import { OPEN_PAGES, pagesOf } from '../../cli/page/shots.ts';
import { startWhole, type Whole } from '../support/whole.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await openContext(browser, whole.stack.appUrl, { theme });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(OPEN_PAGES)) {
      await page.goto(path);
      await settle(page);
      expect([name, await violations(page)]).toEqual([name, []]);
    }
    await signIn(page, scene.admin);
    await page.close();
  });
  afterAll(() => context.close());

  test('axe finds nothing on any page, and no page complains', async () => {
    const page = await context.newPage();
    const complaints = watchConsole(page);
    const found: string[] = [];
    for (const [name, path] of Object.entries(pagesOf(scene))) {
      await page.goto(path);
      await settle(page);
      found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`));
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('no page is wider than a telephone', async () => {
  const context = await openContext(browser, whole.stack.appUrl, { width: 390 });
  const page = await context.newPage();
  await signIn(page, scene.admin);
  const wide: string[] = [];
  for (const [name, path] of Object.entries({ ...pagesOf(scene), ...OPEN_PAGES })) {
    await page.goto(path);
    await settle(page);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > 390) wide.push(`${name}: ${width}`);
  }
  expect(wide).toEqual([]);
  await context.close();
});

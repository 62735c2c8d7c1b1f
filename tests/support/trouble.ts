import type { BrowserContext, Route } from 'playwright-core';
import { settle } from '../../cli/page/browser.ts';

const WITHIN_MS = 30_000;
const SAYS_SO =
  /Destiny does not answer|Trying again by itself|This takes longer than usual|something went wrong/i;
const SLOW_MS = 3_000;

/** How an API can be away, at the border of the network. */
export const TROUBLES: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  stopped: (route) => route.abort('connectionrefused'),
  failing: (route) => route.fulfill({ status: 500, body: 'no' }),
  slow: async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    // The page may be gone by then.
    await route.continue().catch(() => undefined);
  },
};

/** What a page does not do as it should in this trouble; null when it does. */
export async function lookAt(
  context: BrowserContext,
  [name, path]: readonly [string, string],
  trouble: (route: Route) => Promise<void>,
): Promise<string | null> {
  const page = await context.newPage();
  try {
    await page.route('**/api/**', trouble);
    await page.goto(path);
    const says = page.getByText(SAYS_SO).first();
    const isSaid = await says.waitFor({ timeout: WITHIN_MS }).then(
      () => true,
      () => false,
    );
    if (!isSaid) return `${name} says nothing`;
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    const isOver = await says.waitFor({ state: 'detached', timeout: WITHIN_MS }).then(
      () => true,
      () => false,
    );
    if (!isOver) return `${name} does not recover`;
    await settle(page);
    return null;
  } finally {
    await page.close();
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { RunnerTestCase } from 'vitest';
import { ROOT } from '../../cli/local/wrangler.ts';

/** What the page showed when a test failed, in `screenshots/failed/`. */
export async function keepPicture(task: Readonly<RunnerTestCase>, page: Page): Promise<void> {
  if (task.result?.state !== 'fail') return;
  const folder = join(ROOT, 'screenshots', 'failed');
  mkdirSync(folder, { recursive: true });
  const name = task.name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

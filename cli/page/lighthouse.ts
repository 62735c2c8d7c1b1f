import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium as playwright } from 'playwright-core';
import { freePorts } from '../local/ports.ts';
import { signIn } from './browser.ts';
import type { Person } from './scene.ts';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
export type Category = (typeof CATEGORIES)[number];
/** From 0 to 100, one of each run. */
export type Scores = Readonly<Record<Category, readonly number[]>>;

/** Looks at each page `runs` times as somebody who is signed in sees it, on a desktop. */
export async function measurePages({
  appUrl,
  person,
  paths,
  runs,
}: {
  readonly appUrl: string;
  readonly person: Person;
  readonly paths: Readonly<Record<string, string>>;
  readonly runs: number;
}): Promise<Readonly<Record<string, Scores>>> {
  const [port = 0] = await freePorts(1);
  const profile = mkdtempSync(join(tmpdir(), 'destiny-lighthouse-'));
  // Lighthouse opens its own tab: the session must be the browser's, not a context's.
  const context = await playwright.launchPersistentContext(profile, {
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((arg) => arg !== '--single-process'),
      ...['--no-zygote', `--remote-debugging-port=${port}`],
    ],
    headless: true,
    baseURL: appUrl,
  });
  try {
    await signIn(await context.newPage(), person);
    const found: Record<string, Scores> = {};
    for (const [name, path] of Object.entries(paths)) {
      const scores: Record<Category, number[]> = {
        performance: [],
        accessibility: [],
        'best-practices': [],
      };
      for (let run = 0; run < runs; run += 1) {
        const result = await lighthouse(
          `${appUrl}${path}`,
          { port, disableStorageReset: true, onlyCategories: [...CATEGORIES], logLevel: 'error' },
          desktopConfig,
        );
        if (result === undefined) throw new Error(`Lighthouse said nothing about ${path}.`);
        for (const category of CATEGORIES) {
          scores[category].push(Math.round((result.lhr.categories[category]?.score ?? 0) * 100));
        }
      }
      found[name] = scores;
    }
    return found;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

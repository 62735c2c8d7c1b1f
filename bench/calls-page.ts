import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { addMember } from '../cli/demo/members.ts';
import { localDatabases } from '../cli/local/migrate.ts';
import { startStack } from '../cli/local/stack.ts';
import { openBrowser, openContext, settle, signIn } from '../cli/page/browser.ts';
import type { Figure } from './figure.ts';
import { SEED_CALLS, SEED_CAMPAIGNS } from './seed/calls.ts';

const CALLS = 1_000_000;
const CHUNK = 50_000;
const DAY_MS = 86_400_000;
const DAYS = 60;
const RUNS = 5;
const ADMIN = { email: 'ada@bench.example', password: 'a password of some length' };
const STACK = { timeScale: 1, seed: 1, callsPerSecond: 1, cronEveryMs: 60_000 };
const WHEEL_STEPS = 60;

/** The Calls page over a million calls, in a browser: first rows, a filter, and scrolling. */
export async function callsPageBench(): Promise<Figure[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'destiny-bench-calls-'));
  try {
    const tenantId = await seedTenant(stateDir);
    await seedCalls(stateDir, tenantId);
    return await look(stateDir, tenantId);
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function seedTenant(stateDir: string): Promise<string> {
  const stack = await startStack({ stateDir, ...STACK });
  try {
    const { accountSid, authToken } = stack.secrets;
    await stack.api.request('PUT', `/carrier-accounts/${accountSid}`, {
      ...{ authToken, callsPerSecond: 1, maxConcurrentCalls: 10 },
    });
    const { id } = await stack.api.request<{ id: string }>('POST', '/tenants', {
      ...{ name: 'Bench', plan: 'FULL', timeZone: 'America/New_York', callingCodes: ['1'] },
      carrierAccountSid: accountSid,
    });
    await addMember(stack, id, { ...ADMIN, name: 'Ada', role: 'ADMIN' });
    return id;
  } finally {
    await stack.stop();
  }
}

/** While nobody runs: into the shard of the tenant, which is the one that knows it. */
async function seedCalls(stateDir: string, tenantId: string): Promise<void> {
  const { databases, dispose } = await localDatabases(stateDir);
  try {
    const { results } = await databases
      .get('CONTROL')
      .prepare('SELECT data_shard AS shard FROM tenant WHERE id = ?1')
      .bind(tenantId)
      .all<{ shard: number }>();
    const data = databases.get(`DATA_${results[0]?.shard ?? 0}`);
    await data.prepare(SEED_CAMPAIGNS).bind(tenantId).run();
    const begin = Date.now() - DAYS * DAY_MS;
    for (let first = 0; first < CALLS; first += CHUNK) {
      await data
        .prepare(SEED_CALLS)
        .bind(tenantId, first, CHUNK, begin, DAYS * DAY_MS, CALLS)
        .run();
    }
  } finally {
    await dispose();
  }
}

async function look(stateDir: string, tenantId: string): Promise<Figure[]> {
  const stack = await startStack({ stateDir, ...STACK });
  const browser = await openBrowser();
  try {
    const context = await openContext(browser, stack.appUrl);
    const page = await context.newPage();
    await signIn(page, ADMIN);
    const first: number[] = [];
    const filtered: number[] = [];
    for (let run = 0; run <= RUNS; run++) {
      await page.goto(`/t/${tenantId}`);
      await settle(page);
      const rowsMs = await rowsAfter(page, () => page.getByRole('link', { name: 'Calls' }).click());
      const filterMs = await rowsAfter(page, async () => {
        await page.getByLabel('Outcome').fill('confirmed');
        await page.getByLabel('Outcome').press('Enter');
      });
      // The first run fetches the page's own parts.
      if (run > 0) {
        first.push(rowsMs);
        filtered.push(filterMs);
      }
    }
    const long = await longestTaskWhileScrolling(page);
    const what = `Calls page over ${CALLS} calls`;
    const median = (times: number[]) =>
      times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
    return [
      { bench: 'calls-page', what, value: median(first), unit: 'ms to the first rows', most: 300 },
      { bench: 'calls-page', what, value: median(filtered), unit: 'ms to filtered rows' },
      {
        ...{ bench: 'calls-page', what, value: long, most: 100 },
        unit: 'ms, the longest task while scrolling',
      },
    ];
  } finally {
    await browser.close();
    await stack.stop();
  }
}

/** From a press until an answer of the ledger is drawn. */
async function rowsAfter(page: Page, act: () => Promise<unknown>): Promise<number> {
  const answered = page.waitForResponse((response) => /\/api\/v1\/calls\?/.test(response.url()));
  const startedAt = performance.now();
  await act();
  await answered;
  await page.getByRole('row').nth(2).waitFor();
  return performance.now() - startedAt;
}

const WATCH_LONG_TASKS = `globalThis.longTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ type: 'longtask' });`;

async function longestTaskWhileScrolling(page: Page): Promise<number> {
  await page.evaluate(WATCH_LONG_TASKS);
  await page.mouse.move(600, 500);
  for (let n = 0; n < WHEEL_STEPS; n++) {
    await page.mouse.wheel(0, 800);
    await page.waitForTimeout(50);
  }
  return page.evaluate<number>('Math.max(0, ...longTasks)');
}

import type { TenantRow } from '../../src/db/platform-db.ts';
import { PLATFORM } from '../../src/identity/audit.ts';
import { measureTenant } from '../../src/operations/measure-tenant.ts';
import { priceCalls } from '../../src/operations/price-calls.ts';
import { type AlertSink, takeMeasures, tellAlerts } from '../../src/operations/watch.ts';
import type { CronDeps } from './services.ts';

const MINUTE_MS = 60_000;
const PAGE = 100;
const AT_ONCE = 6;
/** Calls whose price one tick asks for, of all tenants: each is a request to the carrier. */
const PRICES_A_TICK = 300;

/** Once a minute: alerts, and the carrier's prices. A step that fails stops no other. */
export async function runApiCron(deps: CronDeps): Promise<void> {
  const { operations, clock } = deps;
  await apart(deps, 'heartbeat', () => operations.beat('api', clock.now()));
  const known = { rules: await operations.rules(), open: await operations.open() };
  await apart(deps, 'platform alerts', async () => {
    const beat = await operations.lastBeat('voice');
    const waiting = await deps.letters.waiting();
    await takeMeasures(
      deps,
      PLATFORM,
      {
        dead_letters: waiting.reduce((sum, { count }) => sum + count, 0),
        cron_late: beat === null ? null : (clock.now() - beat) / MINUTE_MS,
      },
      known,
    );
  });
  let prices = PRICES_A_TICK;
  await eachTenant(deps, async (row) => {
    const ctx = deps.tenantOf(row);
    await apart(deps, 'alerts', async () =>
      takeMeasures(deps, row.id, await measureTenant(ctx), known),
    );
    await apart(deps, 'prices', async () => {
      if (prices > 0)
        prices -= await priceCalls(ctx, () => deps.carrier(ctx), Math.min(prices, 50));
    });
  });
  await apart(deps, 'telling', () => tellAlerts(deps, sinkOf(deps)));
}

/** Here the live feed and outgoing webhooks are wired in; until then a change stands in the log. */
function sinkOf({ log }: CronDeps): AlertSink {
  return {
    publish: async ({ type, tenantId, data }) => log('warn', type, { tenantId, ...data }),
  };
}

async function eachTenant(deps: CronDeps, work: (row: TenantRow) => Promise<void>): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await deps.platform.platform.tenants(after, PAGE);
    const active = rows.filter(({ state }) => state === 'active');
    for (let i = 0; i < active.length; i += AT_ONCE) {
      await Promise.all(active.slice(i, i + AT_ONCE).map(work));
    }
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.id;
  }
}

async function apart(deps: CronDeps, step: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error) =>
    deps.log('error', 'cron step failed', { step, error: String(error) }),
  );
}

import { pruneUploads } from '../../src/contacts/prune-uploads.ts';
import type { TenantRow } from '../../src/db/platform-db.ts';
import { PLATFORM } from '../../src/identity/audit.ts';
import { advanceMoves } from '../../src/moves/advance-moves.ts';
import { measureTenant } from '../../src/operations/measure-tenant.ts';
import { priceCalls } from '../../src/operations/price-calls.ts';
import { type AlertSink, takeMeasures, tellAlerts } from '../../src/operations/watch.ts';
import { pruneRecordings } from '../../src/recordings/prune-recordings.ts';
import { pruneDeliveries } from '../../src/webhooks/deliveries.ts';
import { publishStatement } from '../../src/webhooks/publish.ts';
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
  const isNewHour = new Date(clock.now()).getUTCMinutes() === 0;
  await eachTenant(deps, async (row) => {
    const ctx = deps.tenantOf(row);
    await apart(deps, 'alerts', async () =>
      takeMeasures(deps, row.id, await measureTenant(ctx), known),
    );
    await apart(deps, 'deliveries', async () => {
      if (isNewHour) await pruneDeliveries(ctx);
    });
    await apart(deps, 'old files', async () => {
      if (isNewHour) await pruneUploads(ctx, deps.store);
      if (isNewHour) await pruneRecordings(ctx, deps.store);
    });
    await apart(deps, 'prices', async () => {
      if (prices > 0)
        prices -= await priceCalls(ctx, () => deps.carrier(ctx), Math.min(prices, 50));
    });
  });
  await apart(deps, 'telling', () => tellAlerts(deps, sinkOf(deps)));
  await apart(deps, 'webhooks', () => wakeDueWebhooks(deps));
  await apart(deps, 'moves', () => advanceMoves(deps.moves));
}

/** The log, and for a tenant's own its webhooks and its live feed. */
function sinkOf(deps: CronDeps): AlertSink {
  return {
    publish: async ({ type, tenantId, id, at, data }) => {
      deps.log('warn', type, { tenantId, ...data });
      if (tenantId === PLATFORM) return;
      const { db } = await deps.tenant(tenantId);
      await db.run(publishStatement(db, { type, id: id.replace(':', '-'), at, data }));
      const n = type === 'alert.raised' ? 1 : 2;
      const { alertId: callId } = data;
      await deps.feed(tenantId).ingest([{ callId, source: 'cron', n, at, type, detail: data }]);
    },
  };
}

/** What a lost message forgot, and the later tries. */
async function wakeDueWebhooks({ platform, webhooks, clock }: CronDeps): Promise<void> {
  for (const { tenantId } of await platform.platform.dueWebhooks(clock.now())) {
    await webhooks.send({ tenantId });
  }
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

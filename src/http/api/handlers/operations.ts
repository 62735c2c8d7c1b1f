import { readUsage } from '../../../analytics/read-usage.ts';
import { checkFigures, type Page, rebuildFigures } from '../../../analytics/rebuild.ts';
import { usageSpan } from '../../../analytics/usage-span.ts';
import type { OPERATION_ROUTES } from '../../../contract/routes/operations.ts';
import {
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetter,
  replayQueue,
} from '../../../operations/dead-letters.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

export const operationHandlers: HandlersOf<typeof OPERATION_ROUTES> = {
  readSystemHealth: async ({ deps }) => {
    const checks = [...(await deps.systemHealth())];
    return { isHealthy: checks.every(({ isHealthy }) => isHealthy), checks };
  },
  readSystemUsage: async ({ deps }, { query }) => {
    const span = usageSpan(query, deps.platform.clock.now());
    const rows = await deps.platform.platform.tenants(query.cursor ?? '', query.limit);
    const tenants = [];
    for (const { id, name } of rows) {
      tenants.push({ tenantId: id, name, usage: await readUsage(await deps.tenant(id), span) });
    }
    return { tenants, nextCursor: nextCursor(rows, query.limit, ({ id }) => id) };
  },
  checkFigures: async ({ deps }, { params, query }) =>
    shownPage(await checkFigures(await deps.tenant(params.id), startOf(query.from))),
  rebuildFigures: async ({ deps, note }, { params, body }) => {
    const page = await rebuildFigures(await deps.tenant(params.id), startOf(body.from));
    note({ tenantId: params.id, detail: { from: body.from ?? null, ...page } });
    return shownPage(page);
  },
  listDeadLetters: async ({ deps }, { query }) => {
    const { queue, tenantId, state, limit } = query;
    const before = query.cursor === undefined ? undefined : Number(query.cursor);
    const isWaiting = state === 'waiting';
    const rows = await listDeadLetters(deps.deadLetters.letters, {
      ...{ queue, tenantId, isWaiting, limit },
      ...(before === undefined || Number.isNaN(before) ? {} : { before }),
    });
    return {
      deadLetters: rows.map(({ id, at, body, ...row }) => ({
        ...{ id, at, body, queue: row.queue, tenantId: row.tenantId },
        ...{ replayedAt: row.replayedAt, discardedAt: row.discardedAt },
        discardReason: row.discardReason,
      })),
      nextCursor: nextCursor(rows, limit, ({ at }) => String(at)),
    };
  },
  replayDeadLetters: async ({ deps, note }, { body }) => {
    const replayed = await replayQueue(deps.deadLetters, body.queue);
    note({ target: body.queue, detail: { replayed } });
    return { replayed };
  },
  replayDeadLetter: async ({ deps }, { params }) => {
    await replayDeadLetter(deps.deadLetters, params.id);
    return undefined;
  },
  discardDeadLetter: async ({ deps, note }, { params, body }) => {
    note({ detail: body });
    await discardDeadLetter(deps.deadLetters, { id: params.id, reason: body.reason });
    return undefined;
  },
};

const startOf = (day: string | undefined) => (day === undefined ? null : Date.parse(day));

const shownPage = ({ days, wrong, nextDay }: Page) => ({
  ...{ days, wrong },
  nextDay: nextDay === null ? null : new Date(nextDay).toISOString().slice(0, 10),
});

import type { MoveRow } from '../db/move-db.ts';
import { TakenOver, type TenantShard } from '../db/tenant-shard.ts';
import type { MoveContext } from './context.ts';
import { copyPage, followChanges } from './copy-rows.ts';
import { cutOver } from './cut-over.ts';
import {
  isBeforeTheCut,
  type Journey,
  LEASE_MS,
  MoveFault,
  openJourney,
  reach,
} from './journey.ts';

/** So many changes are copied in the seconds in which writers wait. */
const FEW_CHANGES = 100;
const REMOVED_AT_ONCE = 500;
/** After a failure the same invocation tries again: rows may be held. */
const TRIES = 3;

/** Works at a move as long as it may, until it is over, or somebody else has it. */
export async function advanceMove(
  ctx: MoveContext,
  own: MoveRow,
  mayGoOn: () => boolean,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await workAt(ctx, own, mayGoOn)) return;
  }
}

/** False when a step failed that may go well another time. */
async function workAt(ctx: MoveContext, own: MoveRow, mayGoOn: () => boolean): Promise<boolean> {
  const now = ctx.clock.now();
  const move = await ctx.moves.lease(own, now, now + LEASE_MS);
  if (move === null) return true;
  try {
    let journey = await openJourney(ctx, move);
    while (journey.move.finishedAt === null && mayGoOn()) {
      if (waitsUntil(ctx, journey.move) > ctx.clock.now()) break;
      journey = await STEPS[journey.move.state](ctx, journey);
    }
    await rest(ctx, journey);
    return true;
  } catch (error) {
    if (error instanceof TakenOver) return true;
    ctx.log('error', 'move failed', { tenantId: own.tenantId, error: String(error) });
    await note(ctx, move, error);
    return false;
  }
}

/** A fault sends the tenant back, unless it is at home in the new shard already. */
async function note(ctx: MoveContext, own: MoveRow, error: unknown): Promise<void> {
  const noted = await ctx.moves.save(own, { leaseUntil: 0, error: String(error) });
  if (noted === null || !(error instanceof MoveFault) || !isBeforeTheCut(noted)) return;
  await ctx.moves.abandon(noted.tenantId, error.message);
}

function rest(ctx: MoveContext, { move }: Journey): Promise<MoveRow | null> {
  return ctx.moves.save(move, { leaseUntil: waitsUntil(ctx, move) });
}

/** Nothing is to be done before; 0 = at once. */
function waitsUntil({ graceMs }: MoveContext, { state, cutAt }: MoveRow): number {
  return state === 'cleaning' && cutAt !== null ? cutAt + graceMs : 0;
}

type Step = (ctx: MoveContext, journey: Journey) => Promise<Journey>;

const STEPS: Readonly<Record<MoveRow['state'], Step>> = {
  copying: async (ctx, journey) => {
    const page = await copyPage(journey);
    if (page === null) return reach(ctx, journey, { state: 'catching_up', cursor: null });
    const rowsCopied = journey.move.rowsCopied + page.rows;
    return reach(ctx, journey, { cursor: page.cursor, rowsCopied });
  },
  catching_up: async (ctx, journey) => {
    const followed = await followChanges(journey);
    return reach(ctx, journey, followed > FEW_CHANGES ? {} : { state: 'cutting_over' });
  },
  cutting_over: cutOver,
  cleaning: (ctx, journey) => removeRows(ctx, journey, journey.from, 'done'),
  undoing: (ctx, journey) => removeRows(ctx, journey, journey.to, 'undone'),
  done: async (_, journey) => journey,
  undone: async (_, journey) => journey,
};

/** What is left where the tenant is not at home goes a few rows at a time, table by table. */
async function removeRows(
  ctx: MoveContext,
  journey: Journey,
  shard: TenantShard,
  end: 'done' | 'undone',
): Promise<Journey> {
  const { tables, move, from } = journey;
  const at = move.cursor === null ? 0 : tables.findIndex(({ name }) => name === move.cursor?.table);
  const table = tables[Math.max(0, at)];
  if (table !== undefined && (await shard.removeSome(table, REMOVED_AT_ONCE)) > 0) {
    return reach(ctx, journey, {});
  }
  const next = tables[Math.max(0, at) + 1];
  if (next !== undefined) return reach(ctx, journey, { cursor: { table: next.name, key: [] } });
  const last = (await from.changes(REMOVED_AT_ONCE)).at(-1);
  if (last === undefined) {
    return reach(ctx, journey, { state: end, cursor: null, finishedAt: ctx.clock.now() });
  }
  await from.forgetChanges(last.seq);
  return reach(ctx, journey, {});
}

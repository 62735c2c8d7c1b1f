import { TakenOver } from '../db/tenant-shard.ts';
import type { MoveContext } from './context.ts';
import { followChanges, unequalTables } from './copy-rows.ts';
import { type Journey, MoveFault, reach } from './journey.ts';

/** Writers wait five seconds; whoever holds them longer lets go and catches up once more. */
const HOLD_MS = 3000;

/**
 * Holds the tenant's writes, copies the last changes, compares, and makes the new shard its home.
 * Whatever fails in between leaves the rows held; who takes the move next frees them.
 */
export async function cutOver(ctx: MoveContext, journey: Journey): Promise<Journey> {
  const { from, to } = journey;
  const heldAt = ctx.clock.now();
  const isLate = () => ctx.clock.now() - heldAt > HOLD_MS;
  await from.setGate('held');
  while ((await followChanges(journey)) > 0) if (isLate()) return letGo(ctx, journey);
  const unequal = await unequalTables(journey);
  if (unequal.length > 0) throw new MoveFault(`Not every row arrived: ${unequal.join(', ')}.`);
  if (isLate()) return letGo(ctx, journey);
  const move = await ctx.moves.cutOver(journey.move, ctx.clock.now());
  if (move === null) throw new TakenOver(`A newer mover has tenant ${journey.move.tenantId}.`);
  await to.openGate();
  ctx.log('info', 'tenant moved', {
    ...{ tenantId: move.tenantId, shard: move.toShard, heldMs: ctx.clock.now() - heldAt },
  });
  return { ...journey, move };
}

async function letGo(ctx: MoveContext, journey: Journey): Promise<Journey> {
  await journey.from.setGate('logged');
  return reach(ctx, journey, { state: 'catching_up' });
}

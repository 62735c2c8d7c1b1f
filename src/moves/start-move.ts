import type { MoveRow } from '../db/move-db.ts';
import { DestinyError } from '../shared/errors.ts';
import type { MoveContext } from './context.ts';
import { isBeforeTheCut } from './journey.ts';

/**
 * Sends a tenant on its way to another shard; cron does the work. Asked again for the same shard
 * while it is on its way there, it answers that same move.
 */
export async function startMove(
  ctx: Pick<MoveContext, 'moves' | 'platform' | 'clock' | 'newId'>,
  input: { readonly tenantId: string; readonly shard: number },
): Promise<MoveRow> {
  const { tenantId, shard } = input;
  const tenant = await ctx.platform.tenantById(tenantId);
  if (tenant === null) throw notFound(tenantId);
  if (shard >= ctx.platform.dataShardCount) {
    const last = ctx.platform.dataShardCount - 1;
    throw new DestinyError(
      'invalid_input',
      `There is no DATA_${shard}; the shards are 0 to ${last}. Add the database first.`,
    );
  }
  const before = await ctx.moves.newest(tenantId);
  if (before !== null && before.finishedAt === null) return sameOrRefused(before, shard);
  if (tenant.state === 'suspended') {
    throw new DestinyError('conflict', 'The tenant is suspended; lift that, then move it.');
  }
  if (tenant.dataShard === shard) {
    throw new DestinyError('conflict', `The tenant is at home in DATA_${shard} already.`);
  }
  const now = ctx.clock.now();
  const isStarted = await ctx.moves.start({
    ...{ tenantId, id: ctx.newId('mov'), state: 'copying', leaseUntil: 0, token: now },
    ...{ fromShard: tenant.dataShard, toShard: shard, createdAt: now },
  });
  const own = await findMove(ctx, tenantId);
  return isStarted ? own : sameOrRefused(own, shard);
}

/** The tenant's newest move, or `not_found`. */
export async function findMove(
  ctx: Pick<MoveContext, 'moves'>,
  tenantId: string,
): Promise<MoveRow> {
  const found = await ctx.moves.newest(tenantId);
  if (found !== null) return found;
  throw new DestinyError('not_found', `The tenant ${tenantId} was never moved.`);
}

/** The tenant stays where it is, whole; what was copied is taken away again. */
export async function abandonMove(
  ctx: Pick<MoveContext, 'moves' | 'platform'>,
  tenantId: string,
): Promise<MoveRow> {
  if ((await ctx.platform.tenantById(tenantId)) === null) throw notFound(tenantId);
  if (await ctx.moves.abandon(tenantId, 'It was abandoned by the platform’s owner.')) {
    return findMove(ctx, tenantId);
  }
  const own = await findMove(ctx, tenantId);
  if (own.state === 'undoing' || own.state === 'undone') return own;
  throw new DestinyError('conflict', 'The tenant has arrived; move it back instead.');
}

/** For what goes through the rows of all tenants: those of one that moves may be held. */
export async function refuseDuringMoves({ moves }: Pick<MoveContext, 'moves'>): Promise<void> {
  const own = (await moves.active()).find(isBeforeTheCut);
  if (own === undefined) return;
  throw new DestinyError(
    'conflict',
    `The tenant ${own.tenantId} is on its way to DATA_${own.toShard}; wait until it has arrived.`,
  );
}

function sameOrRefused(own: MoveRow, shard: number): MoveRow {
  if (own.toShard === shard && own.state !== 'undoing') return own;
  throw new DestinyError(
    'conflict',
    `The tenant is on its way to DATA_${own.toShard} (${own.state}); wait until that is over.`,
  );
}

function notFound(tenantId: string): DestinyError {
  return new DestinyError('not_found', `There is no tenant ${tenantId}; check the identifier.`);
}

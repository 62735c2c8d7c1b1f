import type { MoveChanges, MoveDb, MoveRow } from '../db/move-db.ts';
import { type ShardTable, shardTables } from '../db/shard-tables.ts';
import { TakenOver, TenantShard } from '../db/tenant-shard.ts';
import type { MoveContext } from './context.ts';

/** Each step is far shorter, and each renews it. */
export const LEASE_MS = 30_000;

/** A move that somebody holds the lease of: its row, the two shards, and the tables between them. */
export type Journey = {
  readonly move: MoveRow;
  readonly from: TenantShard;
  readonly to: TenantShard;
  readonly tables: readonly ShardTable[];
};

/** What cannot be mended by trying again: the tenant goes back. */
export class MoveFault extends Error {
  override readonly name = 'MoveFault';
}

/** Whether the tenant is at home where it came from. */
export function isBeforeTheCut({ state }: Pick<MoveRow, 'state'>): boolean {
  return state === 'copying' || state === 'catching_up' || state === 'cutting_over';
}

/**
 * Sets the gates of both shards as the state of a leased move asks: whoever worked at it before can
 * change nothing from here on, and rows that he left held are free again.
 */
export async function openJourney(ctx: MoveContext, move: MoveRow): Promise<Journey> {
  const [here, there] = [ctx.dataShard(move.fromShard), ctx.dataShard(move.toShard)];
  const from = new TenantShard(here, move.tenantId, move.token);
  const to = new TenantShard(there, move.tenantId, move.token);
  if (isBeforeTheCut(move)) {
    await to.setGate('held');
    await from.setGate('logged');
  } else {
    const [home, away] = move.state === 'undoing' ? [from, to] : [to, from];
    await away.setGate('held');
    await home.openGate();
  }
  const tables = await shardTables(here);
  if (JSON.stringify(tables) !== JSON.stringify(await shardTables(there))) {
    throw new MoveFault('The two shards have not the same tables; apply the migrations to both.');
  }
  return { move, from, to, tables };
}

/** Keeps what a step has reached, and the lease with it. */
export async function reach(
  { moves, clock }: { readonly moves: MoveDb; readonly clock: MoveContext['clock'] },
  journey: Journey,
  changes: MoveChanges,
): Promise<Journey> {
  const leaseUntil = clock.now() + LEASE_MS;
  const error = journey.move.state === 'undoing' ? journey.move.error : null;
  const move = await moves.save(journey.move, { leaseUntil, error, ...changes });
  if (move === null) throw new TakenOver(`A newer mover has tenant ${journey.move.tenantId}.`);
  return { ...journey, move };
}

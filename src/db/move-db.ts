import { and, asc, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import { tenant } from './schema/control.ts';
import { type MOVE_STATES, tenantMove } from './schema/move.ts';

export type MoveRow = typeof tenantMove.$inferSelect;
export type MoveChanges = Partial<
  Pick<MoveRow, 'state' | 'cursor' | 'rowsCopied' | 'error' | 'leaseUntil' | 'finishedAt'>
>;
type MoveState = (typeof MOVE_STATES)[number];

const BEFORE_THE_CUT: MoveState[] = ['copying', 'catching_up', 'cutting_over'];

/** Moves of tenants between DATA shards, in CONTROL. */
export class MoveDb {
  readonly #control: DrizzleD1Database;

  constructor(control: D1Database) {
    this.#control = drizzle(control);
  }

  /** False when the tenant is on its way already. */
  async start(row: typeof tenantMove.$inferInsert): Promise<boolean> {
    const added = await this.#control
      .insert(tenantMove)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: tenantMove.id });
    return added.length === 1;
  }

  /** The tenant's newest move, over or not. */
  async newest(tenantId: string): Promise<MoveRow | null> {
    const rows = await this.#control
      .select()
      .from(tenantMove)
      .where(eq(tenantMove.tenantId, tenantId))
      .orderBy(desc(tenantMove.id))
      .limit(1);
    return rows[0] ?? null;
  }

  /** Moves under way, whoever works at them. */
  active(): Promise<MoveRow[]> {
    return this.#control
      .select()
      .from(tenantMove)
      .where(isNull(tenantMove.finishedAt))
      .orderBy(asc(tenantMove.id));
  }

  /** Null when somebody works at it, or it is over. Whoever had it before changes nothing more. */
  async lease(own: MoveRow, now: number, until: number): Promise<MoveRow | null> {
    const taken = await this.#control
      .update(tenantMove)
      .set({ leaseUntil: until, token: sql`max(${tenantMove.token} + 1, ${now})` })
      .where(and(isMove(own), isNull(tenantMove.finishedAt), lte(tenantMove.leaseUntil, now)))
      .returning();
    return taken[0] ?? null;
  }

  /** Null when somebody else has taken it over. */
  async save(own: MoveRow, changes: MoveChanges): Promise<MoveRow | null> {
    const saved = await this.#control
      .update(tenantMove)
      .set(changes)
      .where(and(isMove(own), eq(tenantMove.token, own.token)))
      .returning();
    return saved[0] ?? null;
  }

  /** The tenant is at home in the new shard from here on. Null when the move was taken over. */
  async cutOver(own: MoveRow, now: number): Promise<MoveRow | null> {
    const isOurs = sql`EXISTS (SELECT 1 FROM tenant_move WHERE tenant_id = ${own.tenantId}
      AND id = ${own.id} AND token = ${own.token} AND state = 'cutting_over')`;
    const [, moved] = await this.#control.batch([
      this.#control
        .update(tenant)
        .set({ dataShard: own.toShard })
        .where(and(eq(tenant.id, own.tenantId), eq(tenant.dataShard, own.fromShard), isOurs)),
      this.#control
        .update(tenantMove)
        .set({ state: 'cleaning', cursor: null, cutAt: now })
        .where(
          and(isMove(own), eq(tenantMove.token, own.token), eq(tenantMove.state, 'cutting_over')),
        )
        .returning(),
    ]);
    return moved[0] ?? null;
  }

  /** Sends the tenant back, unless it has arrived; the next step takes it up at once. */
  async abandon(tenantId: string, why: string): Promise<boolean> {
    const sent = await this.#control
      .update(tenantMove)
      .set({
        state: 'undoing',
        cursor: null,
        error: why,
        leaseUntil: 0,
        token: sql`${tenantMove.token} + 1`,
      })
      .where(
        and(
          eq(tenantMove.tenantId, tenantId),
          isNull(tenantMove.finishedAt),
          inArray(tenantMove.state, BEFORE_THE_CUT),
        ),
      )
      .returning({ id: tenantMove.id });
    return sent.length === 1;
  }
}

const isMove = ({ tenantId, id }: Pick<MoveRow, 'tenantId' | 'id'>) =>
  and(eq(tenantMove.tenantId, tenantId), eq(tenantMove.id, id));

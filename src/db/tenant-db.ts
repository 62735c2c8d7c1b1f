import { and, eq, type SQL } from 'drizzle-orm';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { bind, type Statement } from './statement.ts';
import { type FindHome, isNotAtHome } from './tenant-home.ts';

type TenantTable = SQLiteTable & { readonly tenantId: SQLiteColumn };
type Inserted<T extends TenantTable> = Omit<T['$inferInsert'], 'tenantId'>;
type Changed<T extends TenantTable> = Partial<Omit<T['$inferInsert'], 'tenantId'>>;

const WRITES = /^\s*(INSERT|UPDATE|DELETE)\b/i;
const IS_HELD = "SELECT 1 FROM tenant_gate WHERE tenant_id = ?1 AND state = 'held'";

/**
 * The only way to a tenant's rows: every read, insert and change is scoped to one tenant, so a
 * foreign id finds nothing. With `findHome` it follows a tenant that moves to another shard.
 */
export class TenantDb {
  readonly tenantId: string;
  #d1: D1Database;
  #orm: DrizzleD1Database;
  readonly #findHome: FindHome | null;

  constructor(d1: D1Database, tenantId: string, findHome: FindHome | null = null) {
    this.#d1 = d1;
    this.#orm = drizzle(d1);
    this.tenantId = tenantId;
    this.#findHome = findHome;
  }

  async find<T extends TenantTable>(
    table: T,
    where?: SQL,
    options: { readonly orderBy?: SQL; readonly limit?: number; readonly skip?: number } = {},
  ): Promise<T['$inferSelect'][]> {
    const query = this.#orm.select().from(table).where(this.#scope(table, where)).$dynamic();
    if (options.orderBy !== undefined) query.orderBy(options.orderBy);
    if (options.limit !== undefined) query.limit(options.limit);
    if (options.skip !== undefined) query.offset(options.skip);
    return query as Promise<T['$inferSelect'][]>;
  }

  async findOne<T extends TenantTable>(table: T, where: SQL): Promise<T['$inferSelect'] | null> {
    const rows = await this.find(table, where, { limit: 1 });
    return rows[0] ?? null;
  }

  /** D1 allows 100 parameters a statement; for many rows use `raw` with json_each. */
  insert<T extends TenantTable>(table: T, row: Inserted<T>): Statement {
    const values = { ...row, tenantId: this.tenantId } as T['$inferInsert'];
    return this.#orm.insert(table).values(values).toSQL();
  }

  update<T extends TenantTable>(table: T, set: Changed<T>, where: SQL): Statement {
    return this.#orm
      .update(table)
      .set(set as Parameters<ReturnType<DrizzleD1Database['update']>['set']>[0])
      .where(this.#scope(table, where))
      .toSQL();
  }

  delete<T extends TenantTable>(table: T, where: SQL): Statement {
    return this.#orm.delete(table).where(this.#scope(table, where)).toSQL();
  }

  /** Set-based SQL. `?1` is always the tenant, so the caller's parameters begin at `?2`. */
  raw(sql: string, ...params: readonly unknown[]): Statement {
    if (!sql.includes('tenant_id') || !sql.includes('?1')) {
      throw new Error(`TenantDb.raw needs tenant_id and ?1 in its text: ${sql}`);
    }
    return { sql, params: [this.tenantId, ...params] };
  }

  async rows<Row>(statement: Statement): Promise<Row[]> {
    const [result] = await this.#atHome([statement], async (d1) => [
      await bind(d1, statement).all<Row>(),
    ]);
    return result?.results ?? [];
  }

  async run(statement: Statement): Promise<number> {
    const [result] = await this.#atHome([statement], async (d1) => [
      await bind(d1, statement).run(),
    ]);
    return result?.meta.changes ?? 0;
  }

  /** One transaction; answers the rows each statement returned. */
  async batch(statements: readonly Statement[]): Promise<Record<string, unknown>[][]> {
    if (statements.length === 0) return [];
    const results = await this.#atHome(statements, (d1) =>
      d1.batch<Record<string, unknown>>(statements.map((statement) => bind(d1, statement))),
    );
    return results.map((result) => result.results);
  }

  /** Repeats elsewhere only what was refused whole, or changed nothing in a shard that refuses. */
  async #atHome<Row>(
    statements: readonly Statement[],
    work: (d1: D1Database) => Promise<D1Result<Row>[]>,
  ): Promise<D1Result<Row>[]> {
    const findHome = this.#findHome;
    if (findHome === null) return work(this.#d1);
    for (let tries = 0; ; tries++) {
      const d1 = this.#d1;
      const results = await work(d1).catch((error: unknown) => {
        if (isNotAtHome(error)) return null;
        throw error;
      });
      if (results !== null && !(await this.#metNobody(d1, statements, results))) return results;
      this.#d1 = await findHome(this.tenantId, d1, tries);
      this.#orm = drizzle(this.#d1);
    }
  }

  /** A trigger sees rows that change; a change that finds no row has to ask. */
  async #metNobody(
    d1: D1Database,
    statements: readonly Statement[],
    results: readonly D1Result<unknown>[],
  ): Promise<boolean> {
    if (!statements.some(({ sql }) => WRITES.test(sql))) return false;
    if (results.some(({ meta }) => meta.changes > 0)) return false;
    return (await d1.prepare(IS_HELD).bind(this.tenantId).first()) !== null;
  }

  #scope(table: TenantTable, where?: SQL): SQL | undefined {
    return and(eq(table.tenantId, this.tenantId), where);
  }
}

import { and, eq, type SQL } from 'drizzle-orm';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { bind, type Statement } from './statement.ts';

type TenantTable = SQLiteTable & { readonly tenantId: SQLiteColumn };
type Inserted<T extends TenantTable> = Omit<T['$inferInsert'], 'tenantId'>;
type Changed<T extends TenantTable> = Partial<Omit<T['$inferInsert'], 'tenantId'>>;

/**
 * The only way to a tenant's rows: every read, insert and change is scoped to one tenant, so a
 * foreign id finds nothing.
 */
export class TenantDb {
  readonly tenantId: string;
  readonly #d1: D1Database;
  readonly #orm: DrizzleD1Database;

  constructor(d1: D1Database, tenantId: string) {
    this.#d1 = d1;
    this.#orm = drizzle(d1);
    this.tenantId = tenantId;
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
    return (await bind(this.#d1, statement).all<Row>()).results;
  }

  async run(statement: Statement): Promise<number> {
    return (await bind(this.#d1, statement).run()).meta.changes;
  }

  /** One transaction; answers the rows each statement returned. */
  async batch(statements: readonly Statement[]): Promise<Record<string, unknown>[][]> {
    if (statements.length === 0) return [];
    const results = await this.#d1.batch<Record<string, unknown>>(
      statements.map((statement) => bind(this.#d1, statement)),
    );
    return results.map((result) => result.results);
  }

  #scope(table: TenantTable, where?: SQL): SQL | undefined {
    return and(eq(table.tenantId, this.tenantId), where);
  }
}

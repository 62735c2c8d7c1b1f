import { eq } from 'drizzle-orm';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import { carrierAccount, deadLetter, phoneNumber, tenant } from './schema/control.ts';

export type TenantRow = typeof tenant.$inferSelect;
export type CarrierAccountRow = typeof carrierAccount.$inferSelect;
export type CampaignRef = { readonly tenantId: string; readonly campaignId: string };
export type AttemptRef = { readonly tenantId: string; readonly id: string; readonly state: string };

/** The closed list of queries that cross tenants; everything else goes through TenantDb. */
export class PlatformDb {
  readonly #control: DrizzleD1Database;
  readonly #data: readonly D1Database[];

  constructor(control: D1Database, data: readonly D1Database[]) {
    this.#control = drizzle(control);
    this.#data = data;
  }

  get dataShardCount(): number {
    return this.#data.length;
  }

  async tenantById(id: string): Promise<TenantRow | null> {
    return (await this.#control.select().from(tenant).where(eq(tenant.id, id)))[0] ?? null;
  }

  async carrierAccountBySid(sid: string): Promise<CarrierAccountRow | null> {
    const rows = await this.#control
      .select()
      .from(carrierAccount)
      .where(eq(carrierAccount.sid, sid));
    return rows[0] ?? null;
  }

  async tenantOfNumber(e164: string): Promise<string | null> {
    const rows = await this.#control
      .select({ tenantId: phoneNumber.tenantId })
      .from(phoneNumber)
      .where(eq(phoneNumber.e164, e164));
    return rows[0]?.tenantId ?? null;
  }

  async insertTenant(row: typeof tenant.$inferInsert): Promise<void> {
    await this.#control.insert(tenant).values(row);
  }

  async insertCarrierAccount(row: CarrierAccountRow): Promise<void> {
    const { sid: _, ...changed } = row;
    await this.#control
      .insert(carrierAccount)
      .values(row)
      .onConflictDoUpdate({ target: carrierAccount.sid, set: changed });
  }

  /** False when the number belongs to a tenant already. */
  async insertNumber(row: typeof phoneNumber.$inferInsert): Promise<boolean> {
    const added = await this.#control
      .insert(phoneNumber)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: phoneNumber.id });
    return added.length === 1;
  }

  async insertDeadLetters(rows: readonly (typeof deadLetter.$inferInsert)[]): Promise<void> {
    for (const row of rows) {
      await this.#control.insert(deadLetter).values(row).onConflictDoNothing();
    }
  }

  async runningCampaigns(): Promise<CampaignRef[]> {
    return this.#everyShard<CampaignRef>(
      "SELECT tenant_id AS tenantId, id AS campaignId FROM campaign WHERE state = 'running'",
    );
  }

  /** Campaigns whose speech was being made by somebody who has not been heard of since. */
  async stalledPriming(now: number): Promise<CampaignRef[]> {
    return this.#everyShard<CampaignRef>(
      'SELECT tenant_id AS tenantId, id AS campaignId FROM campaign WHERE prime_lease_until < ?1',
      now,
    );
  }

  /** Attempts that nobody has looked after since their lease ended, oldest first. */
  async expiredAttempts(now: number, limit: number): Promise<AttemptRef[]> {
    return this.#everyShard<AttemptRef>(
      `SELECT tenant_id AS tenantId, id, state FROM attempt
       WHERE state != 'ended' AND lease_until < ?1 ORDER BY lease_until LIMIT ?2`,
      now,
      limit,
    );
  }

  async #everyShard<Row>(sql: string, ...params: unknown[]): Promise<Row[]> {
    const found = await Promise.all(
      this.#data.map((shard) =>
        shard
          .prepare(sql)
          .bind(...params)
          .all<Row>(),
      ),
    );
    return found.flatMap((result) => result.results);
  }
}

import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import { inList } from './in-list.ts';
import { carrierAccount, deadLetter, phoneNumber, tenant } from './schema/control.ts';

export type WebhookSecrets = {
  readonly tenantId: string;
  readonly id: string;
  readonly secretSealed: string;
  readonly previousSealed: string | null;
};
export type TenantRow = typeof tenant.$inferSelect;
export type CarrierAccountRow = typeof carrierAccount.$inferSelect;
export type InboundNumber = typeof phoneNumber.$inferSelect & { readonly tenant: TenantRow };
export type Softphone = {
  readonly [K in
    | 'softphoneKeySid'
    | 'softphoneSecretSealed'
    | 'softphoneAppSid'
    | 'softphoneUrl']: NonNullable<CarrierAccountRow[K]>;
};
export type CampaignRef = { readonly tenantId: string; readonly campaignId: string };
/** With what it may do at most; null = no limit of its own. */
export type RunningCampaign = CampaignRef & {
  readonly channel: 'voice' | 'sms';
  /** Its senders, which share what it texts. */
  readonly senders: number;
  readonly maxCallsPerSecond: number | null;
  readonly maxConcurrentCalls: number | null;
};
export type ImportRef = { readonly tenantId: string; readonly importId: string };
export type OpenCallRef = {
  readonly tenantId: string;
  readonly id: string;
  readonly sid: string | null;
  readonly createdAt: number;
};
/** A row of a tenant by its id. */
export type RowRef = { readonly tenantId: string; readonly id: string };
export type AttemptRef = {
  readonly tenantId: string;
  readonly id: string;
  readonly state: string;
  readonly channel: 'voice' | 'sms';
};

const DAY_MS = 86_400_000;
/** A tenant that moves has rows in two shards; this one is not, or in a moment no more, its home. */
const AT_HOME = "tenant_id NOT IN (SELECT tenant_id FROM tenant_gate WHERE state = 'held')";

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

  /** A number with its tenant, for a call or message that came in. */
  async inboundNumber(e164: string): Promise<InboundNumber | null> {
    const rows = await this.#control
      .select()
      .from(phoneNumber)
      .innerJoin(tenant, eq(tenant.id, phoneNumber.tenantId))
      .where(eq(phoneNumber.e164, e164));
    const found = rows[0];
    return found === undefined ? null : { ...found.phone_number, tenant: found.tenant };
  }

  tenants(after: string, limit: number): Promise<TenantRow[]> {
    return this.#control
      .select()
      .from(tenant)
      .where(gt(tenant.id, after))
      .orderBy(asc(tenant.id))
      .limit(limit);
  }

  /** Null when the tenant has changed since that revision, or is none. */
  async updateTenant(
    id: string,
    revision: number,
    changes: Partial<Omit<TenantRow, 'id' | 'revision'>>,
  ): Promise<TenantRow | null> {
    const changed = await this.#control
      .update(tenant)
      .set({ ...changes, revision: revision + 1 })
      .where(and(eq(tenant.id, id), eq(tenant.revision, revision)))
      .returning();
    return changed[0] ?? null;
  }

  /** Whether a call of the tenant is under way, or may be. */
  async hasActiveAttempts(own: Pick<TenantRow, 'id' | 'dataShard'>): Promise<boolean> {
    const found = await this.#data[own.dataShard]
      ?.prepare('SELECT 1 FROM attempt WHERE tenant_id = ?1 AND ended_at IS NULL LIMIT 1')
      .bind(own.id)
      .first();
    return found !== null && found !== undefined;
  }

  /** Takes away what counts no more: sessions, links, answers kept for a repetition. */
  async forgetExpired(now: number): Promise<void> {
    const dayAgo = now - DAY_MS;
    for (const expired of [
      sql`DELETE FROM session WHERE expires_at < ${now}`,
      sql`DELETE FROM verification WHERE expires_at < ${now}`,
      sql`DELETE FROM act_as WHERE expires_at < ${now}`,
      sql`DELETE FROM idempotency WHERE created_at < ${dayAgo}`,
      sql`DELETE FROM sign_in_guard WHERE window_start < ${dayAgo} AND locked_until < ${now}`,
    ]) {
      await this.#control.run(expired);
    }
  }

  carrierAccounts(): Promise<CarrierAccountRow[]> {
    return this.#control.select().from(carrierAccount).orderBy(asc(carrierAccount.sid));
  }

  /** False when the token has changed in the meantime. */
  async resealToken(sid: string, before: string, after: string): Promise<boolean> {
    const changed = await this.#control
      .update(carrierAccount)
      .set({ tokenSealed: after })
      .where(and(eq(carrierAccount.sid, sid), eq(carrierAccount.tokenSealed, before)))
      .returning({ sid: carrierAccount.sid });
    return changed.length === 1;
  }

  /** False when another was set in the meantime; `before` is the key that was known. */
  async setSoftphone(sid: string, before: string | null, softphone: Softphone): Promise<boolean> {
    const changed = await this.#control
      .update(carrierAccount)
      .set(softphone)
      .where(and(eq(carrierAccount.sid, sid), sql`${carrierAccount.softphoneKeySid} IS ${before}`))
      .returning({ sid: carrierAccount.sid });
    return changed.length === 1;
  }

  async insertTenant(row: typeof tenant.$inferInsert): Promise<void> {
    await this.#control.insert(tenant).values(row);
  }

  /** Adds or changes; false when the account is somebody else's. */
  async insertCarrierAccount(row: typeof carrierAccount.$inferInsert): Promise<boolean> {
    const { sid: _, tenantId = null, createdAt: __, ...changed } = row;
    const written = await this.#control
      .insert(carrierAccount)
      .values(row)
      .onConflictDoUpdate({
        target: carrierAccount.sid,
        set: changed,
        setWhere: sql`${carrierAccount.tenantId} IS ${tenantId}`,
      })
      .returning({ sid: carrierAccount.sid });
    return written.length === 1;
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

  /** Single calls only once their call is over or waits for its hours: there may be many. */
  async runningCampaigns(): Promise<RunningCampaign[]> {
    return this.#everyShard<RunningCampaign>(
      `SELECT tenant_id AS tenantId, id AS campaignId, channel,
         1 + json_array_length(caller_ids) AS senders,
         max_calls_per_second AS maxCallsPerSecond, max_concurrent_calls AS maxConcurrentCalls
       FROM campaign AS c
       WHERE state = 'running' AND ${AT_HOME} AND (kind = 'list' OR NOT EXISTS (
         SELECT 1 FROM enrolment AS e
         WHERE e.tenant_id = c.tenant_id AND e.campaign_id = c.id AND e.state = 'active'))`,
    );
  }

  /** Campaigns whose speech was being made by somebody who has not been heard of since. */
  async stalledPriming(now: number): Promise<CampaignRef[]> {
    return this.#everyShard<CampaignRef>(
      `SELECT tenant_id AS tenantId, id AS campaignId FROM campaign
       WHERE prime_lease_until < ?1 AND ${AT_HOME}`,
      now,
    );
  }

  /** Imports whose worker has not been heard of since its lease ended. */
  async stalledImports(now: number): Promise<ImportRef[]> {
    return this.#everyShard<ImportRef>(
      `SELECT tenant_id AS tenantId, id AS importId FROM contact_import
       WHERE lease_until < ?1 AND ${AT_HOME}`,
      now,
    );
  }

  /** Campaigns that are to begin by now. */
  async dueCampaigns(now: number): Promise<CampaignRef[]> {
    return this.#everyShard<CampaignRef>(
      `SELECT tenant_id AS tenantId, id AS campaignId FROM campaign
       WHERE state = 'scheduled' AND scheduled_at <= ?1 AND ${AT_HOME}`,
      now,
    );
  }

  /** Attempts that nobody has looked after since their lease ended, oldest first. */
  async expiredAttempts(now: number, limit: number): Promise<AttemptRef[]> {
    return this.#everyShard<AttemptRef>(
      `SELECT tenant_id AS tenantId, id, state, channel FROM attempt
       WHERE ended_at IS NULL AND lease_until < ?1 AND ${AT_HOME} ORDER BY lease_until LIMIT ?2`,
      now,
      limit,
    );
  }

  /** Calls that came in before that moment and have no end yet, oldest first. */
  async openInboundCalls(before: number, limit: number): Promise<OpenCallRef[]> {
    return this.#everyShard<OpenCallRef>(
      `SELECT tenant_id AS tenantId, id, twilio_sid AS sid, created_at AS createdAt FROM call
       WHERE direction = 'inbound' AND ended_at IS NULL AND created_at < ?1
         AND ${AT_HOME}
       ORDER BY created_at LIMIT ?2`,
      before,
      limit,
    );
  }

  /**
   * Calls since that moment in which Twilio spoke instead of Google. Leaps from tenant to tenant:
   * the index leads with the tenant, and only its newest rows are read.
   */
  async recentFallback(since: number): Promise<{ fallback: number; finished: number }> {
    const rows = await this.#everyShard<{ fallback: number; finished: number }>(
      `WITH RECURSIVE own(id) AS (SELECT min(tenant_id) FROM figure_quarter UNION ALL
         SELECT (SELECT min(tenant_id) FROM figure_quarter WHERE tenant_id > own.id)
         FROM own WHERE own.id IS NOT NULL)
       SELECT coalesce(sum(fallback), 0) AS fallback, coalesce(sum(finished), 0) AS finished
       FROM own JOIN figure_quarter f ON f.tenant_id = own.id AND f.at >= ?1
       WHERE f.${AT_HOME}`,
      since,
    );
    return {
      fallback: rows.reduce((sum, row) => sum + row.fallback, 0),
      finished: rows.reduce((sum, row) => sum + row.finished, 0),
    };
  }

  /** Recordings since that moment that could not be kept; leaps from tenant to tenant too. */
  async failedRecordings(since: number): Promise<number> {
    const rows = await this.#everyShard<{ failed: number }>(
      `WITH RECURSIVE own(id) AS (SELECT min(tenant_id) FROM recording UNION ALL
         SELECT (SELECT min(tenant_id) FROM recording WHERE tenant_id > own.id)
         FROM own WHERE own.id IS NOT NULL)
       SELECT count(*) AS failed
       FROM own JOIN recording r ON r.tenant_id = own.id AND r.created_at >= ?1
         AND r.state = 'failed' WHERE r.${AT_HOME}`,
      since,
    );
    return rows.reduce((sum, { failed }) => sum + failed, 0);
  }

  /** Which of these numbers have a tenant. */
  async tenantsOfNumbers(numbers: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#control
      .select({ e164: phoneNumber.e164 })
      .from(phoneNumber)
      .where(inList(phoneNumber.e164, numbers));
    return new Set(rows.map(({ e164 }) => e164));
  }

  /** Tenants with a webhook that is due; leaps from tenant to tenant. */
  async dueWebhooks(now: number): Promise<{ tenantId: string }[]> {
    return this.#everyShard<{ tenantId: string }>(
      `WITH RECURSIVE own(id) AS (
         SELECT min(tenant_id) FROM webhook_delivery WHERE state = 'pending' UNION ALL
         SELECT (SELECT min(tenant_id) FROM webhook_delivery
           WHERE state = 'pending' AND tenant_id > own.id) FROM own WHERE own.id IS NOT NULL)
       SELECT id AS tenantId FROM own WHERE EXISTS (SELECT 1 FROM webhook_delivery
         WHERE tenant_id = own.id AND ${AT_HOME} AND state = 'pending' AND next_at <= ?1)`,
      now,
    );
  }

  /** Sealed secrets of every webhook endpoint. */
  async webhookSecrets(): Promise<WebhookSecrets[]> {
    return this.#everyShard<WebhookSecrets>(
      `SELECT tenant_id AS tenantId, id, secret_sealed AS secretSealed,
         previous_sealed AS previousSealed FROM webhook_endpoint WHERE ${AT_HOME}`,
    );
  }

  /** False when somebody else changed them meanwhile. */
  async resealWebhook(before: WebhookSecrets, after: WebhookSecrets): Promise<boolean> {
    const changed = await this.#everyShard(
      `UPDATE webhook_endpoint SET secret_sealed = ?3, previous_sealed = ?4
       WHERE tenant_id = ?1 AND id = ?2 AND secret_sealed = ?5 AND ${AT_HOME} RETURNING id`,
      ...[before.tenantId, before.id, after.secretSealed, after.previousSealed],
      before.secretSealed,
    );
    return changed.length === 1;
  }

  /** Texts that nobody has looked after since their lease ended, oldest first. */
  async expiredMessages(now: number, limit: number): Promise<RowRef[]> {
    return this.#everyShard<RowRef>(
      `SELECT tenant_id AS tenantId, id FROM message
       WHERE lease_until IS NOT NULL AND lease_until < ?1 AND ${AT_HOME}
       ORDER BY lease_until LIMIT ?2`,
      now,
      limit,
    );
  }

  /** Recordings whose copy nobody has looked after since their lease ended. */
  async expiredRecordings(now: number, limit: number): Promise<RowRef[]> {
    return this.#everyShard<RowRef>(
      `SELECT tenant_id AS tenantId, id FROM recording
       WHERE lease_until IS NOT NULL AND lease_until < ?1 AND ${AT_HOME}
       ORDER BY lease_until LIMIT ?2`,
      now,
      limit,
    );
  }

  /** Conversations by text that have waited for an answer long enough. */
  async silentThreads(now: number, limit: number): Promise<RowRef[]> {
    return this.#everyShard<RowRef>(
      `SELECT tenant_id AS tenantId, id FROM thread
       WHERE waits_until IS NOT NULL AND waits_until < ?1 AND ${AT_HOME}
       ORDER BY waits_until LIMIT ?2`,
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

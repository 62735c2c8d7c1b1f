import { and, asc, eq, gt, ne, sql } from 'drizzle-orm';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import { actAs, apiKey, invitation, membership, signInGuard } from './schema/access.ts';
import { tenant } from './schema/control.ts';
import { session, user } from './schema/identity.ts';

export type UserRow = typeof user.$inferSelect;
export type SessionRow = typeof session.$inferSelect;
export type MembershipRow = typeof membership.$inferSelect;
export type ApiKeyRow = typeof apiKey.$inferSelect;
export type InvitationRow = typeof invitation.$inferSelect;

/** The closed list of queries on people before, or beside, a tenant. */
export class PeopleDb {
  readonly #control: DrizzleD1Database;

  constructor(control: D1Database) {
    this.#control = drizzle(control);
  }

  async userById(id: string): Promise<UserRow | null> {
    return (await this.#control.select().from(user).where(eq(user.id, id)))[0] ?? null;
  }

  async userByEmail(email: string): Promise<UserRow | null> {
    const found = await this.#control
      .select()
      .from(user)
      .where(eq(user.email, email.toLowerCase()));
    return found[0] ?? null;
  }

  /** True when the platform had no owner and now has this one. */
  async becomeFirstSuperadmin(userId: string): Promise<boolean> {
    const changed = await this.#control
      .update(user)
      .set({ isSuperadmin: true })
      .where(
        and(
          eq(user.id, userId),
          sql`NOT EXISTS (SELECT 1 FROM ${user} AS owner WHERE owner.is_superadmin = 1)`,
        ),
      )
      .returning({ id: user.id });
    return changed.length === 1;
  }

  async hasSuperadmin(): Promise<boolean> {
    const found = await this.#control
      .select({ id: user.id })
      .from(user)
      .where(eq(user.isSuperadmin, true))
      .limit(1);
    return found.length === 1;
  }

  async deleteUser(id: string): Promise<void> {
    await this.#control.delete(user).where(eq(user.id, id));
  }

  membershipsOf(userId: string) {
    return this.#control
      .select({ tenantId: membership.tenantId, tenantName: tenant.name, role: membership.role })
      .from(membership)
      .innerJoin(tenant, eq(tenant.id, membership.tenantId))
      .where(eq(membership.userId, userId))
      .orderBy(asc(membership.tenantId));
  }

  membersOf(tenantId: string, after: string, limit: number) {
    return this.#control
      .select({ member: membership, person: user })
      .from(membership)
      .innerJoin(user, eq(user.id, membership.userId))
      .where(and(eq(membership.tenantId, tenantId), gt(membership.userId, after)))
      .orderBy(asc(membership.userId))
      .limit(limit);
  }

  async roleIn(tenantId: string, userId: string): Promise<MembershipRow['role'] | null> {
    const found = await this.#control
      .select({ role: membership.role })
      .from(membership)
      .where(and(eq(membership.tenantId, tenantId), eq(membership.userId, userId)));
    return found[0]?.role ?? null;
  }

  sessionsOf(userId: string, now: number): Promise<SessionRow[]> {
    return this.#control
      .select()
      .from(session)
      .where(and(eq(session.userId, userId), gt(session.expiresAt, new Date(now))))
      .orderBy(asc(session.createdAt));
  }

  /** Ends one session of a person; with `except`, all but that one. Answers how many. */
  async endSessions(
    userId: string,
    which: { readonly id: string } | { readonly except: string | null },
  ): Promise<number> {
    const chosen =
      'id' in which
        ? eq(session.id, which.id)
        : which.except === null
          ? undefined
          : ne(session.id, which.except);
    const ended = await this.#control
      .delete(session)
      .where(and(eq(session.userId, userId), chosen))
      .returning({ id: session.id });
    return ended.length;
  }

  async apiKeyByPrefix(prefix: string): Promise<ApiKeyRow | null> {
    const found = await this.#control.select().from(apiKey).where(eq(apiKey.prefix, prefix));
    return found[0] ?? null;
  }

  async invitationByHash(tokenHash: string): Promise<InvitationRow | null> {
    const found = await this.#control
      .select()
      .from(invitation)
      .where(eq(invitation.tokenHash, tokenHash));
    return found[0] ?? null;
  }

  async actingUntil(tenantId: string, sessionId: string, now: number): Promise<number | null> {
    const found = await this.#control
      .select({ expiresAt: actAs.expiresAt })
      .from(actAs)
      .where(
        and(eq(actAs.tenantId, tenantId), eq(actAs.sessionId, sessionId), gt(actAs.expiresAt, now)),
      );
    return found[0]?.expiresAt ?? null;
  }

  actingOf(sessionId: string, now: number) {
    return this.#control
      .select({ tenantId: actAs.tenantId, expiresAt: actAs.expiresAt })
      .from(actAs)
      .where(and(eq(actAs.sessionId, sessionId), gt(actAs.expiresAt, now)));
  }

  async lockedUntil(keys: readonly string[]): Promise<number> {
    const found = await this.#control
      .select({ until: sql<number>`coalesce(max(${signInGuard.lockedUntil}), 0)` })
      .from(signInGuard)
      .where(sql`${signInGuard.key} IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`);
    return found[0]?.until ?? 0;
  }

  /** Counts a failure; the window begins anew when it is over. Answers the count in it. */
  async countFailure(key: string, now: number, windowMs: number): Promise<number> {
    const isOver = sql`${signInGuard.windowStart} < ${now - windowMs}`;
    const counted = await this.#control
      .insert(signInGuard)
      .values({ key, failures: 1, windowStart: now, lockedUntil: 0 })
      .onConflictDoUpdate({
        target: signInGuard.key,
        set: {
          failures: sql`CASE WHEN ${isOver} THEN 1 ELSE ${signInGuard.failures} + 1 END`,
          windowStart: sql`CASE WHEN ${isOver} THEN ${now} ELSE ${signInGuard.windowStart} END`,
        },
      })
      .returning({ failures: signInGuard.failures });
    return counted[0]?.failures ?? 1;
  }

  async lock(key: string, until: number): Promise<void> {
    await this.#control
      .update(signInGuard)
      .set({ lockedUntil: until })
      .where(eq(signInGuard.key, key));
  }

  async forgetFailures(key: string): Promise<void> {
    await this.#control.delete(signInGuard).where(eq(signInGuard.key, key));
  }
}

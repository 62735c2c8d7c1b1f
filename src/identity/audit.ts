import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm';
import { auditEntry } from '../db/schema/access.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import type { Actor } from './actor.ts';

/** What belongs to no tenant is kept under this name; no tenant's identifier looks like it. */
export const PLATFORM = 'platform';

export type AuditRow = Omit<typeof auditEntry.$inferSelect, 'tenantId'>;

export type Deed = {
  readonly id: string;
  readonly at: number;
  readonly actor: Actor;
  readonly isActingAs: boolean;
  readonly action: string;
  readonly target: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly ip: string;
  readonly requestId: string;
};

/** Append-only: a trigger refuses every change. */
export async function writeAudit(control: TenantDb, deed: Deed): Promise<void> {
  const { actor, detail, ...rest } = deed;
  const who =
    actor.type === 'nobody'
      ? { actorId: '', actorName: '' }
      : { actorId: actor.id, actorName: actor.type === 'user' ? actor.email : actor.name };
  await control.run(
    control.insert(auditEntry, { ...rest, ...who, actorType: actor.type, detail: { ...detail } }),
  );
}

export type AuditQuery = {
  readonly action?: string | undefined;
  readonly actorId?: string | undefined;
  readonly target?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** Newest first. */
export async function searchAudit(control: TenantDb, query: AuditQuery): Promise<AuditRow[]> {
  const { action, actorId, target, from, to, cursor } = query;
  const conditions: (SQL | undefined)[] = [
    action === undefined ? undefined : eq(auditEntry.action, action),
    actorId === undefined ? undefined : eq(auditEntry.actorId, actorId),
    target === undefined ? undefined : eq(auditEntry.target, target),
    from === undefined ? undefined : gte(auditEntry.at, from),
    to === undefined ? undefined : lt(auditEntry.at, to),
    cursor === undefined ? undefined : lt(auditEntry.id, cursor),
  ];
  const rows = await control.find(auditEntry, and(...conditions), {
    orderBy: desc(auditEntry.id),
    limit: query.limit,
  });
  return rows.map(({ tenantId: _, ...row }) => row);
}

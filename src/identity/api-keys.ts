import { desc, eq, lt } from 'drizzle-orm';
import type { Scope } from '../contract/rule.ts';
import type { PeopleDb } from '../db/people-db.ts';
import { apiKey } from '../db/schema/access.ts';
import { constantTimeEqual, utf8 } from '../shared/bytes.ts';
import type { Clock, RandomBytes } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { Program } from './actor.ts';
import { hashSecret, newSecret } from './secret.ts';

/** `dst_<prefix>_<secret>`: the prefix finds the row and is shown, the secret is kept as a hash. */
const KEY = /^dst_([0-9a-z]{12})_([A-Za-z0-9_-]{43})$/;
const PREFIX_CHARS = 12;
const NOTE_USE_EVERY_MS = 60_000;

export async function createApiKey(
  ctx: TenantContext,
  random: RandomBytes,
  input: {
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly expiresAt?: number | undefined;
    readonly createdBy: string;
  },
): Promise<{ readonly id: string; readonly key: string }> {
  const now = ctx.clock.now();
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && expiresAt <= now) {
    throw new DestinyError('invalid_input', 'expiresAt lies in the past.');
  }
  const id = ctx.newId('key');
  const prefix = id.slice(-PREFIX_CHARS);
  const key = `dst_${prefix}_${newSecret(random)}`;
  const { name, scopes, createdBy } = input;
  const hash = await hashSecret(key);
  await ctx.control.run(
    ctx.control.insert(apiKey, {
      ...{ id, name, prefix, hash, scopes: [...new Set(scopes)], createdBy },
      ...{ createdAt: now, expiresAt },
    }),
  );
  return { id, key };
}

/** Who a key stands for; null for one that is none, revoked or over. */
export async function programOf(
  people: PeopleDb,
  key: string,
  now: number,
): Promise<(Program & { readonly lastUsedAt: number | null }) | null> {
  const [, prefix] = KEY.exec(key) ?? [];
  if (prefix === undefined) return null;
  const row = await people.apiKeyByPrefix(prefix);
  if (row === null || !constantTimeEqual(utf8(await hashSecret(key)), utf8(row.hash))) return null;
  if (row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return null;
  const { id, name, tenantId, lastUsedAt } = row;
  return { type: 'key', id, name, tenantId, lastUsedAt, scopes: row.scopes as Scope[] };
}

/** To the minute, so that a busy key does not write with every request. */
export async function noteUse(
  ctx: { readonly control: TenantContext['control']; readonly clock: Clock },
  program: { readonly id: string; readonly lastUsedAt: number | null },
): Promise<void> {
  const now = ctx.clock.now();
  if (program.lastUsedAt !== null && now - program.lastUsedAt < NOTE_USE_EVERY_MS) return;
  await ctx.control.run(ctx.control.update(apiKey, { lastUsedAt: now }, eq(apiKey.id, program.id)));
}

export function listApiKeys(
  ctx: TenantContext,
  page: { cursor?: string | undefined; limit: number },
) {
  return ctx.control.find(
    apiKey,
    page.cursor === undefined ? undefined : lt(apiKey.id, page.cursor),
    { orderBy: desc(apiKey.id), limit: page.limit },
  );
}

export async function revokeApiKey(ctx: TenantContext, id: string): Promise<void> {
  const known = await ctx.control.findOne(apiKey, eq(apiKey.id, id));
  if (known === null) {
    throw new DestinyError('not_found', `There is no API key ${id}; check the identifier.`);
  }
  const now = ctx.clock.now();
  await ctx.control.run(
    ctx.control.raw(
      'UPDATE api_key SET revoked_at = ?3 WHERE tenant_id = ?1 AND id = ?2 AND revoked_at IS NULL',
      id,
      now,
    ),
  );
}

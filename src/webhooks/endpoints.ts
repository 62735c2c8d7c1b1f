import { desc, eq, lt } from 'drizzle-orm';
import { webhookEndpoint } from '../db/schema/webhook.ts';
import type { RandomBytes } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import { addressFault } from '../shared/public-address.ts';
import type { Sealer } from '../shared/seal.ts';
import type { TenantContext } from '../tenants/context.ts';
import { WEBHOOK_TYPES } from './event-types.ts';
import { newWebhookSecret } from './sign.ts';

export type EndpointRow = typeof webhookEndpoint.$inferSelect;
export type WebhookDeps = {
  readonly sealer: Sealer;
  readonly random: RandomBytes;
  /** Private addresses and plain http too; only for a machine of one's own. */
  readonly allowsPrivate: boolean;
};

const MOST_ENDPOINTS = 20;
/** How long a secret that was replaced still signs beside the new one. */
export const BOTH_SECRETS_MS = 86_400_000;

/** The secret is answered here and never again. */
export async function createEndpoint(
  ctx: TenantContext,
  deps: WebhookDeps,
  input: {
    readonly url: string;
    readonly types: readonly string[];
    readonly description: string;
    readonly createdBy: string;
  },
): Promise<{ readonly endpoint: EndpointRow; readonly secret: string }> {
  checkAddress(input.url, deps.allowsPrivate);
  checkTypes(input.types);
  const secret = newWebhookSecret(deps.random);
  const sealed = await deps.sealer.seal(secret);
  const id = ctx.newId('whk');
  const { url, types, description, createdBy } = input;
  const made = await ctx.db.run(
    ctx.db.raw(
      INSERT,
      id,
      url,
      description,
      JSON.stringify(types),
      sealed,
      createdBy,
      ctx.clock.now(),
    ),
  );
  if (made === 0) {
    throw new DestinyError(
      'conflict',
      `A tenant has at most ${MOST_ENDPOINTS} webhook endpoints; delete one that is not used.`,
    );
  }
  return { endpoint: await findEndpoint(ctx, id), secret };
}

export async function findEndpoint(ctx: TenantContext, id: string): Promise<EndpointRow> {
  const found = await ctx.db.findOne(webhookEndpoint, eq(webhookEndpoint.id, id));
  if (found !== null) return found;
  throw new DestinyError('not_found', `There is no webhook endpoint ${id}; check the identifier.`);
}

export function listEndpoints(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<EndpointRow[]> {
  const { cursor, limit } = page;
  const where = cursor === undefined ? undefined : lt(webhookEndpoint.id, cursor);
  return ctx.db.find(webhookEndpoint, where, { orderBy: desc(webhookEndpoint.id), limit });
}

/** Enabling one again forgets how long it failed. */
export async function editEndpoint(
  ctx: TenantContext,
  deps: Pick<WebhookDeps, 'allowsPrivate'>,
  input: {
    readonly id: string;
    readonly revision: number;
    readonly url?: string | undefined;
    readonly types?: readonly string[] | undefined;
    readonly description?: string | undefined;
    readonly isEnabled?: boolean | undefined;
  },
): Promise<EndpointRow> {
  const before = await findEndpoint(ctx, input.id);
  const url = input.url ?? before.url;
  const types = input.types ?? before.types;
  checkAddress(url, deps.allowsPrivate);
  checkTypes(types);
  const isEnabled = input.isEnabled ?? before.state === 'enabled';
  const description = input.description ?? before.description;
  const values = [url, description, JSON.stringify(types), isEnabled ? 1 : 0];
  const changed = await ctx.db.run(ctx.db.raw(EDIT, before.id, input.revision, ...values));
  if (changed > 0) return findEndpoint(ctx, before.id);
  throw new DestinyError(
    'precondition_failed',
    'The endpoint was changed in the meantime; read it again, and send its ETag as If-Match.',
  );
}

/** What it was not told yet it never will be. */
export async function deleteEndpoint(ctx: TenantContext, id: string): Promise<void> {
  await findEndpoint(ctx, id);
  await ctx.db.batch([
    ctx.db.raw('DELETE FROM webhook_endpoint WHERE tenant_id = ?1 AND id = ?2', id),
    ctx.db.raw('DELETE FROM webhook_delivery WHERE tenant_id = ?1 AND endpoint_id = ?2', id),
  ]);
}

/** The old secret signs beside the new one for a day. */
export async function rotateSecret(
  ctx: TenantContext,
  deps: Pick<WebhookDeps, 'sealer' | 'random'>,
  id: string,
): Promise<{ readonly secret: string; readonly previousUntil: number }> {
  const { secretSealed } = await findEndpoint(ctx, id);
  const secret = newWebhookSecret(deps.random);
  const previousUntil = ctx.clock.now() + BOTH_SECRETS_MS;
  const sealed = await deps.sealer.seal(secret);
  const changed = await ctx.db.run(ctx.db.raw(ROTATE, id, secretSealed, sealed, previousUntil));
  if (changed > 0) return { secret, previousUntil };
  throw new DestinyError('conflict', 'Somebody else changed the secret at this moment; try again.');
}

const ADDRESS_FAULTS = {
  bad_address: 'is no address of a web server; write it as https://example.com/path',
  not_https: 'is not https; what happens in your calls is not sent in the clear',
  private_address: 'is a private address, which cannot be reached from here; use a public one',
} as const;

function checkAddress(url: string, allowsPrivate: boolean): void {
  const fault = addressFault(url, allowsPrivate);
  if (fault === null) return;
  throw new DestinyError('invalid_input', `The url ${ADDRESS_FAULTS[fault]}.`);
}

function checkTypes(types: readonly string[]): void {
  const unknown = types.filter((type) => !WEBHOOK_TYPES.some(({ name }) => name === type));
  if (unknown.length === 0) return;
  throw new DestinyError(
    'invalid_input',
    `There is no event type ${unknown.join(', ')}; GET /webhook-types lists them.`,
  );
}

const INSERT = `INSERT INTO webhook_endpoint (tenant_id, id, url, description, types, secret_sealed,
  state, revision, created_by, created_at)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, 'enabled', 1, ?7, ?8
WHERE (SELECT count(*) FROM webhook_endpoint WHERE tenant_id = ?1) < ${MOST_ENDPOINTS}`;

const EDIT = `UPDATE webhook_endpoint SET url = ?4, description = ?5, types = ?6,
  failing_since = iif(?7 AND state = 'disabled', NULL, failing_since),
  state = iif(?7, 'enabled', 'disabled'),
  disabled_reason = iif(?7, NULL, coalesce(disabled_reason, 'person')), revision = revision + 1
WHERE tenant_id = ?1 AND id = ?2 AND revision = ?3`;

const ROTATE = `UPDATE webhook_endpoint SET previous_sealed = secret_sealed, previous_until = ?5,
  secret_sealed = ?4
WHERE tenant_id = ?1 AND id = ?2 AND secret_sealed = ?3`;

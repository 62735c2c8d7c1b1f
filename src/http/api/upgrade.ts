import type { Context } from 'hono';
import type { RouteSpec } from '../../contract/route.ts';
import type { Actor } from '../../identity/actor.ts';
import { DestinyError } from '../../shared/errors.ts';
import { admit, checkOrigin, identify } from './authorize.ts';
import type { ApiDeps } from './context.ts';
import { addressOf } from './run.ts';

/** Who asks for a connection that stays; looked at again whenever he comes back, every minute. */
export async function admitUpgrade(
  deps: ApiDeps,
  spec: RouteSpec,
  c: Context,
): Promise<{ readonly tenantId: string; readonly actor: Actor }> {
  const who = await identify(deps, c.req.raw.headers);
  const { isAllowed } = await deps.takeRequest(
    who.actor.type === 'nobody' ? addressOf(c) : who.actor.id,
  );
  if (!isAllowed) throw new DestinyError('rate_limited', 'Too many requests; wait a little.');
  // A browser sends cookies with an upgrade that any page asks for.
  if (who.actor.type !== 'key') checkOrigin(c.req.raw, deps.identity.appUrl);
  const { tenant, actor } = await admit(deps, spec, namingTenant(c), who);
  if (tenant === null) throw new DestinyError('internal', 'A connection needs a tenant.');
  return { tenantId: tenant.tenant.id, actor };
}

/** A browser sends no headers of its own with an upgrade: who belongs to several tenants names one here. */
function namingTenant(c: Context): Request {
  const named = c.req.query('tenant');
  if (named === undefined || c.req.header('destiny-tenant') !== undefined) return c.req.raw;
  const headers = new Headers(c.req.raw.headers);
  headers.set('destiny-tenant', named);
  return new Request(c.req.raw.url, { headers });
}

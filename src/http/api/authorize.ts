import type { RouteSpec } from '../../contract/route.ts';
import type { Actor, Seat } from '../../identity/actor.ts';
import { checkActor, checkTenant } from '../../identity/may.ts';
import { seatIn, whichTenant, whoAsks } from '../../identity/who-asks.ts';
import { DestinyError } from '../../shared/errors.ts';
import type { TenantContext } from '../../tenants/context.ts';
import type { ApiDeps } from './context.ts';

export type Admitted = {
  readonly actor: Actor;
  readonly seat: Seat;
  /** Null for a route that is about no tenant. */
  readonly tenant: TenantContext | null;
  /** A session that was renewed. */
  readonly cookies: Headers | null;
};

const NO_SEAT: Seat = { role: null, isActingAs: false };

export async function identify(deps: ApiDeps, headers: Headers) {
  const { auth, people, clock } = deps.identity;
  return whoAsks({ auth, people, clock, controlDb: deps.controlDb }, headers);
}

/** Decides by the route's rule alone whether this actor may go on. */
export async function admit(
  deps: ApiDeps,
  spec: RouteSpec,
  request: Request,
  who: Awaited<ReturnType<typeof identify>>,
): Promise<Admitted> {
  const { actor, cookies } = who;
  const isWrite = spec.method !== 'get';
  if (isWrite && actor.type !== 'key') checkOrigin(request, deps.identity.appUrl);
  checkActor(spec.rule, actor);
  if (spec.rule.who !== 'tenant') return { actor, seat: NO_SEAT, tenant: null, cookies };
  const { people, clock } = deps.identity;
  const tenantId = await whichTenant(people, actor, request.headers.get('destiny-tenant'));
  const seat = await seatIn({ people, clock }, tenantId, actor);
  const tenant = await deps.tenant(tenantId);
  checkTenant(spec.rule, actor, seat, tenant.tenant, isWrite);
  return { actor, seat, tenant, cookies };
}

/** A browser names the page that sends a form or fetches; another page than ours may not write. */
export function checkOrigin(request: Request, appUrl: string): void {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const own = [new URL(appUrl).origin, new URL(request.url).origin];
  const isForeign =
    origin === null
      ? site !== null && site !== 'same-origin' && site !== 'none'
      : !own.includes(origin);
  if (isForeign) {
    throw new DestinyError('forbidden', 'Another page may not do this in your name.');
  }
}

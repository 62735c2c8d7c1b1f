import type { Databases } from '../db/databases.ts';
import type { PeopleDb } from '../db/people-db.ts';
import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import type { Actor, Person, Seat } from './actor.ts';
import { noteUse, programOf } from './api-keys.ts';
import type { Auth } from './auth.ts';

export type WhoAsksDeps = {
  readonly auth: Auth;
  readonly people: PeopleDb;
  readonly clock: Clock;
  readonly controlDb: Databases['controlDb'];
};

/** The key in the header wins over a cookie; a key that is wrong is refused, not overlooked. */
export async function whoAsks(
  deps: WhoAsksDeps,
  headers: Headers,
): Promise<{ readonly actor: Actor; readonly cookies: Headers | null }> {
  const authorization = headers.get('authorization');
  if (authorization !== null) return { actor: await program(deps, authorization), cookies: null };
  if (!headers.get('cookie')?.includes('destiny.'))
    return { actor: { type: 'nobody' }, cookies: null };
  const found = await deps.auth.api.getSession({ headers, returnHeaders: true });
  return {
    actor: found.response === null ? { type: 'nobody' } : personOf(found.response),
    cookies: found.headers,
  };
}

async function program(deps: WhoAsksDeps, authorization: string): Promise<Actor> {
  const [, key = ''] = /^Bearer (\S+)$/.exec(authorization) ?? [];
  const found = await programOf(deps.people, key, deps.clock.now());
  if (found === null) {
    throw new DestinyError('unauthenticated', 'The API key is wrong, revoked or too old.');
  }
  await noteUse({ control: deps.controlDb(found.tenantId), clock: deps.clock }, found);
  return found;
}

function personOf({
  session,
  user,
}: NonNullable<Awaited<ReturnType<Auth['api']['getSession']>>>): Person {
  return {
    ...{ type: 'user', id: user.id, name: user.name, email: user.email },
    isSuperadmin: user.isSuperadmin === true,
    isSecondFactorOn: user.twoFactorEnabled === true,
    sessionId: session.id,
  };
}

/** The tenant that a request is about: the key's, the one that is named, or the only one. */
export async function whichTenant(
  people: PeopleDb,
  actor: Actor,
  named: string | null,
): Promise<string> {
  if (actor.type === 'key') {
    if (named !== null && named !== actor.tenantId) throw noTenant(named);
    return actor.tenantId;
  }
  if (named !== null) return named;
  const own = actor.type === 'user' ? await people.membershipsOf(actor.id) : [];
  const [only, ...others] = own;
  if (only !== undefined && others.length === 0) return only.tenantId;
  throw new DestinyError('invalid_input', 'Name the tenant in the header "Destiny-Tenant".');
}

/** Somebody who has no place in a tenant hears that there is none. */
export async function seatIn(
  deps: { readonly people: PeopleDb; readonly clock: Clock },
  tenantId: string,
  actor: Actor,
): Promise<Seat> {
  if (actor.type !== 'user') return { role: null, isActingAs: false };
  const role = await deps.people.roleIn(tenantId, actor.id);
  if (role !== null) return { role, isActingAs: false };
  if (!actor.isSuperadmin) throw noTenant(tenantId);
  const until = await deps.people.actingUntil(tenantId, actor.sessionId, deps.clock.now());
  if (until !== null) return { role: 'ADMIN', isActingAs: true };
  throw new DestinyError(
    'forbidden',
    `You are no member of ${tenantId}; begin with POST /api/v1/tenants/${tenantId}/act-as.`,
  );
}

function noTenant(id: string): DestinyError {
  return new DestinyError('not_found', `There is no tenant ${id}; check the identifier.`);
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { routeEntries } from '../../src/contract/api.ts';
import type { RouteSpec } from '../../src/contract/route.ts';
import { FEATURES, PLANS, type Plan, SCOPES } from '../../src/contract/rule.ts';
import {
  type Answer,
  type ApiHarness,
  cookieOf,
  expectStatus,
  newKey,
  newMember,
  newTenant,
  OWNER,
  owner,
  signIn,
  startApi,
} from '../support/api-harness.ts';

type Headers = Readonly<Record<string, string>>;
type Actor = 'nobody' | 'AGENT' | 'ADMIN' | 'SUPERADMIN' | 'key' | 'key without the scope';
type Place = {
  readonly plan: Plan;
  readonly actors: Readonly<Record<Actor, Headers>>;
  readonly only: Headers;
};

/** Codes by which a rule refuses; whatever else an operation answers, it was let in. */
const REFUSED = ['unauthenticated', 'forbidden', 'plan_lacks_feature', 'tenant_suspended'];

let api: ApiHarness;
let places: Place[];
let suspended: Place;
let count = 0;

beforeAll(async () => {
  api = await startApi();
  const root = await owner(api);
  places = [];
  for (const plan of PLANS) places.push(await makePlace(root, plan));
  suspended = await makePlace(root, 'FULL');
  const path = `/tenants/${suspended.actors.SUPERADMIN['destiny-tenant']}`;
  const etag = (await api.ask('GET', path, { headers: root })).headers.get('etag') ?? '';
  const edit = { body: { state: 'suspended' }, headers: { ...root, 'if-match': etag } };
  expectStatus(await api.ask('PATCH', path, edit), 200);
});
afterAll(async () => {
  await api.stop();
  console.info(`access: ${count} combinations of route, actor, plan and state, 0 leaks`);
});

async function makePlace(root: { readonly cookie: string }, plan: Plan): Promise<Place> {
  const { id, key, asAdmin } = await newTenant(api, root, { plan });
  const agent = await newMember(api, asAdmin, 'AGENT');
  const admin = await newMember(api, asAdmin, 'ADMIN');
  // Another session of the owner, which does not act in this tenant.
  const outside = cookieOf(await signIn(api, OWNER.email, OWNER.password));
  return {
    plan,
    only: asAdmin,
    actors: {
      nobody: {},
      AGENT: agent.cookie,
      ADMIN: admin.cookie,
      SUPERADMIN: { ...outside, 'destiny-tenant': id },
      key,
      'key without the scope': key,
    },
  };
}

/** What the rule says, in the words of product.md; null: let in. */
function refusal(spec: RouteSpec, actor: Actor, plan: Plan, isSuspended: boolean): string | null {
  const { rule } = spec;
  if (rule.who === 'anyone') return null;
  if (actor === 'nobody') return 'unauthenticated';
  const isKey = actor.startsWith('key');
  if (rule.who === 'person') return isKey ? 'forbidden' : null;
  if (rule.who === 'superadmin') return actor === 'SUPERADMIN' ? null : 'forbidden';
  if (actor === 'SUPERADMIN' || actor === 'key without the scope') return 'forbidden';
  if (isKey && rule.scope === null) return 'forbidden';
  if (actor === 'AGENT' && rule.role === 'ADMIN') return 'forbidden';
  if (rule.feature !== null && !FEATURES[plan].includes(rule.feature)) return 'plan_lacks_feature';
  if (isSuspended && spec.method !== 'get') return 'tenant_suspended';
  return null;
}

test.each(routeEntries())('%s lets in whom its rule names', async (name, spec) => {
  for (const [place, isSuspended] of [
    ...places.map((one) => [one, false] as const),
    [suspended, true] as const,
  ]) {
    const lacking = await keyWithout(place, spec, isSuspended);
    for (const [actor, headers] of Object.entries(place.actors) as [Actor, Headers][]) {
      const expected = refusal(spec, actor, place.plan, isSuspended);
      // Who is let in would end his own session, on which the rest of the matrix stands.
      if (name === 'signOut' && expected === null) continue;
      const sent = actor === 'key without the scope' ? lacking : headers;
      const answer = await api.ask(spec.method.toUpperCase(), harmless(spec.path), {
        headers: { ...sent, ...(spec.edits === true ? { 'if-match': '"0"' } : {}) },
        ...(spec.body === undefined ? {} : { text: '{"not": "complete' }),
      });
      count += 1;
      const what = `${actor}, ${place.plan}${isSuspended ? ', suspended' : ''}: ${answer.text}`;
      expect(refusedWith(answer), what).toBe(expected);
    }
  }
});

const keys = new Map<string, Headers>();

/** A suspended tenant makes no keys, so its lacking key is the tenant's own with nothing to it. */
async function keyWithout(place: Place, spec: RouteSpec, isSuspended: boolean): Promise<Headers> {
  const { rule } = spec;
  const own = rule.who === 'tenant' ? rule.scope : null;
  if (isSuspended) return lackingInSuspended(own);
  const id = `${place.plan} ${own}`;
  const known = keys.get(id);
  if (known !== undefined) return known;
  const made = await newKey(
    api,
    place.only,
    SCOPES.filter((scope) => scope !== own),
  );
  keys.set(id, made);
  return made;
}

/** Scope is asked for before the state, so a key of an active tenant stands in for the check. */
function lackingInSuspended(own: string | null): Headers {
  return keys.get(`FULL ${own}`) ?? {};
}

/** Identifiers that nothing has: who is let in changes nothing. */
function harmless(path: string): string {
  return path
    .replace('{version}', '1')
    .replace('{sid}', `AC${'9'.repeat(32)}`)
    .replace('{id}', 'nothing');
}

function refusedWith(answer: Answer): string | null {
  const code = answer.body.code ?? '';
  if (!REFUSED.includes(code)) return null;
  // Wrong passwords and wrong set-up tokens are the operation's own refusals.
  return code;
}

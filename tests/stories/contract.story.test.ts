import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { type RouteName, routeEntries } from '../../src/contract/api.ts';
import type { RouteSpec } from '../../src/contract/route.ts';
import { Problem } from '../../src/contract/shapes/common.ts';
import { refusalsOf } from '../../src/http/api/refusals.ts';
import { STATUS } from '../../src/http/problem.ts';
import type { ErrorCode } from '../../src/shared/errors.ts';
import {
  ACCOUNT,
  type Answer,
  type ApiHarness,
  CARRIER,
  fromSomewhere,
  newMember,
  owner,
  startApi,
  TENANT,
} from '../support/api-harness.ts';
import { startSimulator } from '../support/simulator-harness.ts';
import {
  CSV,
  makeVictim,
  VICTIMS_NUMBER,
  type Victim,
  victimsBodies,
  victimsPath,
} from '../support/victim.ts';

type Headers = Readonly<Record<string, string>>;
const RUNS = 8;
const OWN = `AC${'c'.repeat(32)}`;
const NOBODYS = `AC${'9'.repeat(32)}`;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let api: ApiHarness;
let root: Headers;
let own: Victim;
/** A shard that is not the victim's. */
let elsewhere: number;
let count = 0;
const succeeded = new Set<RouteName>();

beforeAll(async () => {
  const accounts = [ACCOUNT, OWN, NOBODYS].map((accountSid) => ({
    accountSid,
    authToken: CARRIER.authToken,
  }));
  simulator = await startSimulator(accounts);
  const account = { accountSid: OWN, authToken: CARRIER.authToken };
  await simulator.numbers(account, 'POST', '.json', { PhoneNumber: VICTIMS_NUMBER });
  api = await startApi({ twilioUrl: simulator.url });
  root = await owner(api);
  own = await makeVictim(api, await owner(api));
  const home = await (await api.control())
    .prepare('SELECT data_shard AS n FROM tenant WHERE id = ?1')
    .bind(own.tenant)
    .first<number>('n');
  elsewhere = 1 - (home ?? 0);
});
afterAll(async () => {
  await api.stop();
  await simulator.stop();
  console.info(`contract: ${count} requests, none with an answer that is not in the document`);
});

/** Who may do it; one's own session is a throwaway, as some operations end it. */
async function headersFor(spec: RouteSpec): Promise<Headers> {
  if (spec.rule.who === 'superadmin') return root;
  if (spec.rule.who === 'tenant') return own.asAdmin;
  if (spec.rule.who === 'anyone') return fromSomewhere();
  return (await newMember(api, own.asAdmin, 'AGENT')).cookie;
}

function expectDocumented(name: RouteName, spec: RouteSpec, answer: Answer): void {
  count += 1;
  const what = `${name} answered ${answer.status}: ${answer.text}`;
  if (answer.status === spec.status) {
    succeeded.add(name);
    if (spec.file !== undefined) expect(answer.headers.get('content-type')).toContain(spec.file);
    else if (spec.returns === null) expect(answer.text, what).toBe('');
    else expect(strict(spec.returns).safeParse(answer.body).error, what).toBeUndefined();
    return;
  }
  expect(answer.status, what).toBeLessThan(500);
  const problem = Problem.parse(answer.body);
  expect(refusalsOf(spec), what).toContain(problem.code as ErrorCode);
  expect(answer.status, what).toBe(STATUS[problem.code as ErrorCode]);
}

/** A field that is not in the document is as wrong as one that is missing. */
function strict(shape: z.ZodType): z.ZodType {
  return shape instanceof z.ZodObject ? shape.strict() : shape;
}

async function send(name: RouteName, spec: RouteSpec, path: string, body: unknown, more: Headers) {
  const answer = await api.ask(spec.method.toUpperCase(), path, {
    headers: {
      ...(await headersFor(spec)),
      ...(spec.idempotent === undefined ? {} : { 'idempotency-key': crypto.randomUUID() }),
      ...(spec.upload === undefined ? {} : { 'content-type': spec.upload.type }),
      ...more,
    },
    ...(spec.upload === undefined ? {} : { text: CSV }),
    ...(spec.body === undefined ? {} : { body }),
  });
  expectDocumented(name, spec, answer);
  return answer;
}

/** These end what the others stand on. */
const ENDS_THE_TEST: readonly RouteName[] = ['stopActingAs', 'removeMember', 'endMemberSessions'];
/**
 * These need a link, a code or a second session, which identity.story has, a caller on the line,
 * which agents.story has, a second draft, which campaigns.story has, or a copy that failed, which
 * recordings.story has; each is followed to its good end there.
 */
const NEEDS_A_STORY: readonly RouteName[] = [
  ...ENDS_THE_TEST,
  ...(['setUp', 'giveSecondFactor', 'resetPassword', 'readInvitation'] as const),
  ...(['acceptInvitation', 'confirmSecondFactor', 'endMySession'] as const),
  ...(['setOwnPresence', 'holdTalk', 'handTalkOn', 'listenToTalk', 'wrapTalkUp'] as const),
  'deleteCampaign',
  'retryRecording',
];

/** Where what `victim.ts` sends is meant to be refused. */
function validBodies(): Partial<Record<RouteName, unknown>> {
  const password = own.admin.password;
  return {
    ...victimsBodies(own),
    createTenant: TENANT,
    moveTenant: { shard: elsewhere },
    assignNumber: { e164: '+12125550188' },
    signIn: { email: own.admin.email, password },
    changePassword: { currentPassword: password, newPassword: 'another password' },
    startSecondFactor: { password },
    stopSecondFactor: { password },
    invite: { email: 'fresh@destiny.test', role: 'ADMIN' },
    editMember: { role: 'ADMIN' },
    registerCarrierAccount: CARRIER,
    setOwnCarrier: { sid: OWN, ...CARRIER },
    buyNumber: { e164: '+12125550144' },
    placeCall: {
      ...{ to: '+12125550109', fromNumber: VICTIMS_NUMBER, scriptId: own.script },
      variables: { firstName: 'Maria' },
    },
  };
}

/** The revision that an edit is made from; a restore is made from the script's. */
async function revisionOf(path: string): Promise<string> {
  const read = path.replace(/\/versions\/.*/, '');
  for (const headers of [own.asAdmin, root]) {
    const etag = (await api.ask('GET', read, { headers })).headers.get('etag');
    if (etag !== null) return etag;
  }
  return '"1"';
}

test.each(routeEntries())('%s answers what its document says', async (name, spec) => {
  const bodies = validBodies();
  const path = victimsPath(spec.path, own);
  if (!ENDS_THE_TEST.includes(name)) {
    const revision = spec.edits === true ? { 'if-match': await revisionOf(path) } : {};
    const query = name === 'diffScript' ? '?from=1' : '';
    await send(name, spec, `${path}${query}`, bodies[name], revision);
    await send(name, spec, path, bodies[name], { 'if-match': '"0"' });
  }
  await send(name, spec, harmlessPath(spec.path), bodies[name], { 'if-match': '"1"' });
  const nobody = await api.ask(spec.method.toUpperCase(), path, {
    ...(spec.body === undefined ? {} : { body: bodies[name] }),
    headers: fromSomewhere(),
  });
  expectDocumented(name, spec, nobody);
});

test('every operation was seen to succeed', () => {
  const others = routeEntries().map(([name]) => name);
  const missing = others.filter((name) => !succeeded.has(name) && !NEEDS_A_STORY.includes(name));
  expect(missing).toEqual([]);
});

test.each(routeEntries())('%s survives nonsense', async (name, spec) => {
  // Each costs a member, who costs a slow hash.
  const runs = spec.rule.who === 'person' ? 2 : RUNS;
  const value = fc.anything({ withBigInt: false, withDate: false, withTypedArray: false });
  const shaped = spec.body === undefined ? fc.constant({}) : bodyLike(spec.body);
  const samples = fc.sample(
    fc.record({
      body: fc.oneof(value, shaped, shaped),
      id: fc.oneof(fc.string({ minLength: 1 }), fc.constant("' OR 1=1 --"), fc.constant('%00')),
      query: fc.dictionary(
        fc.constantFrom('limit', 'cursor', 'from', 'to', 'campaignId', 'action', 'x'),
        fc.oneof(fc.string(), fc.integer().map(String), fc.constant('9'.repeat(300))),
      ),
      match: fc.oneof(fc.constant('*'), fc.constant('"1"'), fc.constant('W/"1"')),
    }),
    { numRuns: runs, seed: 7 },
  );
  for (const { body, id, query, match } of samples) {
    const path = spec.path.replace(/\{\w+\}/g, () => encodeURIComponent(id));
    const search = spec.query === undefined ? '' : `?${new URLSearchParams(query)}`;
    await send(name, spec, `${path}${search}`, body, { 'if-match': match });
  }
});

/** Bodies with the right names and now and then the right types, which get further. */
function bodyLike(shape: z.ZodObject): fc.Arbitrary<unknown> {
  const field = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
    fc.constantFrom('FULL', '+12125550100', 'a@b.test', 'America/New_York', 'x'.repeat(300)),
    fc.constant(own?.script ?? ''),
  );
  return fc.record(Object.fromEntries(Object.keys(shape.shape).map((name) => [name, field])), {
    requiredKeys: [],
  });
}

function harmlessPath(path: string): string {
  return path.replace('{version}', '7').replace('{sid}', NOBODYS).replace('{id}', 'nothing');
}

import { Hono } from 'hono';
import { timingSafeEqual } from 'hono/utils/buffer';
import { z } from 'zod';
import { PERSONAS } from '../callee/personas.ts';
import { AccountConfig, CalleeList, InboundCall, InboundText } from '../carrier/config.ts';
import { type Env, readSettings } from '../env.ts';
import { routeClients } from './clients.ts';
import { routeFaults } from './faults.ts';
import { heardWav } from './heard-wav.ts';
import { compactCall, openEntry } from './rows.ts';

export type ControlEnv = { Bindings: Env };

const Page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
});
const GoogleConfig = z.strictObject({
  publicKeyPem: z.string().optional(),
  jwk: z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string() }).optional(),
  clientEmail: z.string().optional(),
  keyId: z.string().optional(),
  requestsPerMinute: z.int().min(0).optional(),
});

/** The endpoints that no phone company has: set the scene, and read what really happened. */
export const control = new Hono<ControlEnv>();

control.get('/health', (context) => {
  const { timeScale, speechMode } = readSettings(context.env);
  return context.json({ ok: true, timeScale, speechMode });
});

control.route('/accounts/:sid{AC[0-9a-f]{32}}/client-calls', routeClients());

control.use(async (context, next) => {
  const { controlToken } = readSettings(context.env);
  // Without a token the simulator takes no orders at all.
  if (controlToken === undefined) {
    return context.json({ error: 'SIM_CONTROL_TOKEN is not set' }, 403);
  }
  const given = context.req.header('authorization') ?? '';
  if (!(await timingSafeEqual(given, `Bearer ${controlToken}`))) {
    return context.json({ error: 'Wrong control token' }, 401);
  }
  return next();
});

control.post('/accounts', async (context) => {
  const config = AccountConfig.parse(await context.req.json());
  await account(context.env, config.accountSid).configure(config);
  return context.json({ accountSid: config.accountSid }, 201);
});

control.get('/personas', (context) => context.json(Object.fromEntries(PERSONAS)));

control.put('/accounts/:sid/callees', async (context) => {
  const list = CalleeList.parse(await context.req.json());
  await account(context.env, context.req.param('sid')).putCallees(list);
  return context.json({ callees: list.callees.length });
});

control.post('/accounts/:sid/inbound', async (context) => {
  const call = InboundCall.parse(await context.req.json());
  const row = await account(context.env, context.req.param('sid')).callIn(call);
  return context.json(compactCall(row), 201);
});

control.post('/accounts/:sid/texts', async (context) => {
  const text = InboundText.parse(await context.req.json());
  const { sid } = await account(context.env, context.req.param('sid')).textIn(text);
  return context.json({ sid }, 201);
});

control.get('/accounts/:sid/messages', async (context) => {
  const { cursor, limit } = Page.parse(context.req.query());
  const rows = await account(context.env, context.req.param('sid')).followMessages(cursor, limit);
  const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
  return context.json({ messages: rows, next });
});

control.get('/accounts/:sid/recordings', async (context) => {
  const recordings = await account(context.env, context.req.param('sid')).listRecordings();
  return context.json({ recordings });
});

control.get('/accounts/:sid/log', async (context) => {
  const { after, limit } = Page.parse(context.req.query());
  const entries = await account(context.env, context.req.param('sid')).log(after, limit);
  return context.json({ entries: entries.map(openEntry), next: entries.at(-1)?.id ?? after });
});

control.get('/accounts/:sid/calls', async (context) => {
  const { cursor, limit } = Page.parse(context.req.query());
  const rows = await account(context.env, context.req.param('sid')).followCalls(cursor, limit);
  const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
  return context.json({ calls: rows.map(compactCall), next });
});

control.get('/accounts/:sid/summary', async (context) => {
  const { errors, ...summary } = await account(context.env, context.req.param('sid')).summary();
  const opened = errors.map(({ detail, ...rest }) => ({ ...rest, ...JSON.parse(detail) }));
  return context.json({ ...summary, errors: opened });
});

control.get('/accounts/:sid/calls/:call/log', async (context) => {
  const { sid, call } = context.req.param();
  const entries = await account(context.env, sid).logOfCall(call);
  return context.json({ entries: entries.map(openEntry) });
});

control.get('/accounts/:sid/calls/:call/heard.wav', async (context) => {
  const { sid, call } = context.req.param();
  const wav = await heardWav(context.env, sid, await account(context.env, sid).logOfCall(call));
  if (wav === undefined) return context.json({ error: 'No such call' }, 404);
  return context.body(wav, 200, { 'Content-Type': 'audio/wav' });
});

control.post('/google', async (context) => {
  const config = GoogleConfig.parse(await context.req.json());
  const project = context.env.GOOGLE.getByName('default');
  await project.configure(config);
  return context.json(await project.report());
});
control.get('/google', async (context) =>
  context.json(await context.env.GOOGLE.getByName('default').report()),
);

control.route('/faults', routeFaults());

control.onError((error, context) => {
  if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
  if (error instanceof SyntaxError) return context.json({ error: 'Not JSON' }, 400);
  if ('getResponse' in error && typeof error.getResponse === 'function') return error.getResponse();
  console.error(error);
  return context.json({ error: 'The simulator failed; see its output' }, 500);
});

function account(env: Env, sid: string) {
  return env.ACCOUNTS.getByName(
    z
      .string()
      .regex(/^AC[\da-f]{32}$/, 'not an account SID')
      .parse(sid),
  );
}

import { Hono } from 'hono';
import type { CallRow } from '../carrier/calls.ts';
import type { CallCommand } from '../carrier/types.ts';
import { isTerminal } from '../carrier/types.ts';
import type { RestEnv, RestPorts } from './app.ts';
import { isAbsolute, readCreateCall, readMethod } from './create-call.ts';
import { TwilioError } from './errors.ts';
import { readForm } from './form.ts';
import { formatCall } from './format-call.ts';
import { listCalls } from './list-calls.ts';

export function routeCalls(ports: RestPorts): Hono<RestEnv> {
  const { calls, clock, switchboard } = ports;
  const routes = new Hono<RestEnv>();

  const find = (file: string): CallRow => {
    const sid = file.replace(/\.json$/, '');
    const row = calls.get(sid);
    if (row === undefined) throw new TwilioError(20404, `Calls/${file}`);
    return row;
  };

  routes.post('/Calls.json', async (context) => {
    const { accountSid, numbers } = context.get('config');
    const form = await readForm(context.req);
    const row = switchboard.place(readCreateCall(form, numbers), context.get('receivedAt'));
    return context.json(formatCall(row, accountSid, clock.now()), 201);
  });

  routes.get('/Calls.json', (context) => {
    const query = new URL(context.req.url).searchParams;
    return context.json(listCalls(query, calls, context.get('config').accountSid, clock.now()));
  });

  routes.get('/Calls/:file', (context) => {
    const row = find(context.req.param('file'));
    return context.json(formatCall(row, context.get('config').accountSid, clock.now()));
  });

  routes.post('/Calls/:file', async (context) => {
    const row = find(context.req.param('file'));
    const command = readCommand(await readForm(context.req));
    if (command !== undefined) {
      const isTaken = !isTerminal(row.status) && (await switchboard.command(row, command));
      if (!isTaken) throw new TwilioError(21220);
    }
    const after = calls.get(row.sid) ?? row;
    return context.json(formatCall(after, context.get('config').accountSid, clock.now()));
  });

  return routes;
}

function readCommand(form: URLSearchParams): CallCommand | undefined {
  const status = form.get('Status');
  if (status === 'canceled') return { kind: 'cancel' };
  if (status === 'completed') return { kind: 'hang-up' };
  if (status !== null) throw new TwilioError(20001, 'Status must be canceled or completed');
  const url = form.get('Url');
  if (url !== null) {
    if (!isAbsolute(url)) throw new TwilioError(21205, url);
    return { kind: 'redirect', url, method: readMethod(form, 'Method') };
  }
  const twiml = form.get('Twiml');
  return twiml === null ? undefined : { kind: 'twiml', twiml };
}

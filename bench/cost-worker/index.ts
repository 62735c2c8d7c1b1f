import type { VoiceEnv } from '../../workers/voice/env.ts';
import voice from '../../workers/voice/index.ts';
import * as objects from '../../workers/voice/objects.ts';
import {
  count,
  countedQueue,
  countMethods,
  countStorage,
  inStep,
  noteWrite,
  takeCounts,
  takeWrites,
} from '../cost/counting.ts';
import { countRows } from '../launch-worker/count-rows.ts';

const envs = new WeakMap<VoiceEnv, VoiceEnv>();

/** The same bindings, each operation of which is counted. */
function countedEnv(env: VoiceEnv): VoiceEnv {
  const known = envs.get(env);
  if (known !== undefined) return known;
  const bindings = Object.entries(env).map(([name, binding]) => {
    if (/^(CONTROL|DATA_\d+|EVENTS_\d+)$/.test(name))
      return [name, countedDatabase(binding as D1Database)];
    const isQueue = typeof Reflect.get(Object(binding), 'sendBatch') === 'function';
    return [name, isQueue ? countedQueue(binding as Queue<unknown>) : binding];
  });
  const made = Object.fromEntries(bindings) as VoiceEnv;
  envs.set(env, made);
  return made;
}

function countedDatabase(database: D1Database): D1Database {
  return countRows(database, (read, written, sql) => {
    count('rowsRead', read);
    count('rowsWritten', written);
    if (written > 0) noteWrite(sql, written);
  }).d1;
}

const bareFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  if (request.url.includes('/r2/s3/')) {
    count(request.method === 'GET' || request.method === 'HEAD' ? 'storeReads' : 'storeWrites');
  }
  return bareFetch(request);
};

export class CallSession extends objects.CallSession {
  constructor(ctx: DurableObjectState, env: VoiceEnv) {
    countStorage(ctx.storage);
    super(ctx, countedEnv(env));
  }
}
export class AgentDesk extends objects.AgentDesk {}
export class DialPacer extends objects.DialPacer {
  constructor(ctx: DurableObjectState, env: VoiceEnv) {
    countStorage(ctx.storage);
    super(ctx, countedEnv(env));
  }
}
export class SpeechPacer extends objects.SpeechPacer {
  constructor(ctx: DurableObjectState, env: VoiceEnv) {
    countStorage(ctx.storage);
    super(ctx, countedEnv(env));
  }
}
export class MessagePacer extends objects.MessagePacer {}
export class TenantFeed extends objects.TenantFeed {
  constructor(ctx: DurableObjectState, env: VoiceEnv) {
    countStorage(ctx.storage);
    super(ctx, countedEnv(env));
  }
}
countMethods(CallSession.prototype, 'session');
countMethods(DialPacer.prototype, 'pacer');
countMethods(SpeechPacer.prototype, 'speech');
countMethods(TenantFeed.prototype, 'feed');

/** workers/voice as it is, with every billed operation counted. */
export default {
  fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname === '/voice/bench/counts') {
      return Response.json({ steps: takeCounts(), writes: takeWrites() });
    }
    return inStep(stepOf(pathname), () => {
      count('requests');
      return voice.fetch(request, countedEnv(env), ctx);
    });
  },
  scheduled: (controller, env) =>
    inStep('cron', () => voice.scheduled(controller, countedEnv(env))),
  queue: (batch, env, ctx) =>
    inStep(batch.queue, () => {
      count('requests');
      return voice.queue(batch, countedEnv(env), ctx);
    }),
} satisfies ExportedHandler<VoiceEnv>;

function stepOf(pathname: string): string {
  const [, first = '', , , , , kind = ''] = pathname.split('/');
  return first === 'audio' ? 'audio' : kind === '' ? pathname : kind;
}

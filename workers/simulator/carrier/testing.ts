import type { Ringing } from '../callee/persona.ts';
import type { Clock } from '../clock.ts';
import type { Media } from '../twiml/line.ts';
import { Call, type CallPorts } from './call.ts';
import { type HttpClient, HttpFailure } from './http.ts';
import type { CallPatch, CallSpec } from './types.ts';

export type Answering = Extract<Ringing, { outcome: 'answers' }>;

/** A clock that moves only when somebody waits: tests take no time. Hooks run as it passes them. */
export class ManualClock implements Clock {
  #now: number;
  readonly #hooks: { at: number; run: () => void }[] = [];

  constructor(now = Date.UTC(2026, 0, 5, 12)) {
    this.#now = now;
  }

  readonly now = () => this.#now;

  at(ms: number, run: () => void): void {
    this.#hooks.push({ at: this.#now + ms, run });
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  readonly sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    const until = this.#now + Math.max(0, ms);
    for (;;) {
      const due = this.#hooks.filter((hook) => hook.at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined || signal?.aborted) break;
      this.#hooks.splice(this.#hooks.indexOf(due), 1);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    if (!signal?.aborted) this.#now = until;
    await Promise.resolve();
  };
}

export type Webhook = {
  readonly url: string;
  readonly method: string;
  readonly params: Record<string, string>;
  readonly signature: string;
  readonly token: string;
};
export type Reply = { status?: number; type?: string; body?: string | Uint8Array<ArrayBuffer> };
/** The application: answers a webhook, or breaks the connection. */
export type App = (webhook: Webhook) => Reply | 'ct' | 'rt' | Promise<Reply>;

export const ANSWERS: Answering = {
  outcome: 'answers',
  ringSeconds: 3,
  reactions: [],
  otherwise: 'silence',
};

export function callSpec(rest: Partial<CallSpec> = {}): CallSpec {
  return {
    callSid: `CA${'1'.repeat(32)}`,
    accountSid: `AC${'2'.repeat(32)}`,
    authToken: '12345',
    to: '+14155550123',
    from: '+14155550100',
    url: 'https://app.test/voice?attempt=a1',
    method: 'POST',
    twiml: undefined,
    fallbackUrl: undefined,
    fallbackMethod: 'POST',
    statusCallback: 'https://app.test/status',
    statusCallbackMethod: 'POST',
    statusCallbackEvents: ['initiated', 'ringing', 'answered', 'completed'],
    timeoutSeconds: 60,
    timeLimitSeconds: 14_400,
    machineDetection: undefined,
    record: undefined,
    direction: 'outbound-api',
    scale: 1,
    seed: 'test',
    ringing: ANSWERS,
    useAudioCache: true,
    isCanceled: false,
    ...rest,
  };
}

/** Runs one call against an application in the same process and keeps all that it did. */
export function stage(spec: CallSpec, app: App, ports: Partial<CallPorts> = {}) {
  const clock = new ManualClock();
  const startedAt = clock.now();
  const webhooks: (Webhook & { atMs: number })[] = [];
  const log: { kind: string; detail: Record<string, unknown> }[] = [];
  const patches: CallPatch[] = [];
  let tokens = 0;
  const http: HttpClient = async (url, init) => {
    const headers = new Headers(init.headers);
    const webhook = {
      url,
      method: init.method ?? 'GET',
      params: Object.fromEntries(new URLSearchParams(String(init.body ?? ''))),
      signature: headers.get('x-twilio-signature') ?? '',
      token: headers.get('i-twilio-idempotency-token') ?? '',
      atMs: clock.now() - startedAt,
    };
    webhooks.push(webhook);
    const reply = await app(webhook);
    if (reply === 'ct' || reply === 'rt') throw new HttpFailure(reply, `broken (${reply})`);
    const { status = 200, type = 'text/xml', body = '' } = reply;
    return {
      status,
      headers: new Headers({ 'content-type': type }),
      body: typeof body === 'string' ? Uint8Array.from(new TextEncoder().encode(body)) : body,
      firstByteMs: 1,
      totalMs: 1,
    };
  };
  const call = new Call(spec, {
    clock,
    http,
    fetchMedia: async () => threeSeconds,
    drawCallbackFaults: async () => [],
    record: (kind, detail) => void log.push({ kind, detail }),
    patch: (patch) => void patches.push(patch),
    newLeg: async () => ({ sid: `CA${'9'.repeat(32)}`, ringing: ANSWERS }),
    rooms: {
      join: async () => ({ conferenceSid: `CF${'4'.repeat(32)}`, state: 'over', music: null }),
      leave: async () => undefined,
    },
    saveRecording: async () => ({
      isAbsent: false,
      sid: `RE${'3'.repeat(32)}`,
      url: `https://twilio.test/Recordings/RE${'3'.repeat(32)}`,
    }),
    newToken: () => {
      tokens += 1;
      return `token-${tokens}`;
    },
    ...ports,
  });
  const of = (kind: string) =>
    log.filter((entry) => entry.kind === kind).map((each) => each.detail);
  const statuses = () => of('status').map((detail) => detail.status);
  return { call, clock, webhooks, log, patches, of, statuses };
}

export const threeSeconds: Media = {
  ok: true,
  bytes: 24_058,
  ms: 3000,
  sha256: 'f'.repeat(64),
  contentType: 'audio/wav',
  cached: false,
  firstByteMs: 4,
  totalMs: 6,
};

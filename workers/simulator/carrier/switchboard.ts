import { type Ringing, ringingOf } from '../callee/persona.ts';
import { resolvePersona } from '../callee/personas.ts';
import type { Clock } from '../clock.ts';
import { TwilioError } from '../rest/errors.ts';
import type { CalleeStore } from './callees.ts';
import type { CallRow, CallStore } from './calls.ts';
import type { AccountConfig, ClientCall, InboundCall } from './config.ts';
import { Dialer } from './dialer.ts';
import type { Journal } from './journal.ts';
import type { NumberRow } from './numbers.ts';
import {
  type CallCommand,
  type CallPatch,
  type CallRequest,
  type CallSpec,
  isTerminal,
  type LogEntry,
} from './types.ts';

const QUEUE_LIMIT_SECONDS = 86_400;
/** The longest that a call may last when nobody says less. */
const INBOUND_LIMIT_SECONDS = 14_400;

export function clientName(identity: string): string {
  return `client:${identity}`;
}

/** Where calls run once they are dialled. */
export type Trunks = {
  readonly run: (spec: CallSpec) => Promise<void>;
  readonly isRunning: (callSid: string) => Promise<boolean>;
  readonly command: (callSid: string, command: CallCommand) => Promise<boolean>;
};
export type SwitchboardPorts = {
  readonly clock: Clock;
  readonly calls: CallStore;
  readonly journal: Journal;
  readonly callees: CalleeStore;
  readonly trunks: Trunks;
  readonly config: () => AccountConfig;
  readonly defaultScale: number;
  readonly newSid: () => string;
};

/** Takes calls in, lets them go at the account's pace, and knows what became of them. */
export class Switchboard {
  readonly #ports: SwitchboardPorts;
  readonly #dialer: Dialer;
  readonly #live = new Set<string>();

  constructor(ports: SwitchboardPorts) {
    this.#ports = ports;
    this.#dialer = new Dialer(
      ports.clock,
      () => ports.config().cps,
      (sid) => this.#dial(sid),
    );
  }

  /** Calls waiting or under way. */
  get busy(): number {
    return this.#dialer.length + this.#live.size;
  }

  /** Accepts a call: from here on it will be dialled unless somebody cancels it. */
  place(request: CallRequest, createdAt: number): CallRow {
    const { config, callees, calls, newSid } = this.#ports;
    const { cps, maxConcurrentCalls, seed } = config();
    const persona = callees.personaOf(request.to, seed);
    if (resolvePersona(persona).attempts[0]?.outcome === 'invalid') {
      throw new TwilioError(21217, request.to);
    }
    if (this.#dialer.length >= cps * QUEUE_LIMIT_SECONDS) throw new TwilioError(22005);
    if (maxConcurrentCalls !== undefined && this.busy >= maxConcurrentCalls) {
      throw new TwilioError(10004);
    }
    const row = calls.add({ sid: newSid(), request, persona, createdAt });
    this.#log(row.sid, 'created', {
      to: row.to,
      from: row.from,
      attempt: row.attempt,
      persona,
      request,
    });
    this.#dialer.add(row.sid);
    return row;
  }

  /** A call from outside: nothing paces it, and the number's own addresses answer. */
  comeIn(call: InboundCall, number: NumberRow): CallRow {
    const { calls, callees, config, clock, newSid } = this.#ports;
    const declared = call.persona ?? callees.personaOf(call.from, config().seed);
    const persona = typeof declared === 'string' ? declared : JSON.stringify(declared);
    const { to, from } = call;
    const request: CallRequest = {
      ...{ to, from, direction: 'inbound' },
      ...{ url: number.voiceUrl || undefined, method: 'POST', twiml: undefined },
      ...{ fallbackUrl: number.voiceFallbackUrl || undefined, fallbackMethod: 'POST' },
      ...{ statusCallback: number.statusCallback || undefined, statusCallbackMethod: 'POST' },
      statusCallbackEvents: ['completed'],
      ...{ timeoutSeconds: 60, timeLimitSeconds: INBOUND_LIMIT_SECONDS },
      ...{ machineDetection: undefined, record: undefined },
    };
    const at = clock.now();
    const row = calls.add({ sid: newSid(), request, persona, createdAt: at });
    calls.started(row.sid, at);
    this.#log(row.sid, 'created', { to, from, attempt: row.attempt, persona, request });
    this.#run(row, false);
    return row;
  }

  /** A page with an access token calls: its application's address answers, nobody tells of its end. */
  comeInFromClient(identity: string, voiceUrl: string, params: ClientCall['params']): CallRow {
    const { calls, clock, newSid } = this.#ports;
    const [to, from] = ['', clientName(identity)];
    const request: CallRequest = {
      ...{ to, from, direction: 'inbound', url: voiceUrl, method: 'POST', twiml: undefined },
      ...{ fallbackUrl: undefined, fallbackMethod: 'POST', statusCallback: undefined },
      ...{ statusCallbackMethod: 'POST', statusCallbackEvents: [], timeoutSeconds: 60 },
      ...{ timeLimitSeconds: INBOUND_LIMIT_SECONDS, machineDetection: undefined },
      ...{ record: undefined, clientParams: params },
    };
    const at = clock.now();
    const row = calls.add({ sid: newSid(), request, persona: 'silent', createdAt: at });
    calls.started(row.sid, at);
    this.#log(row.sid, 'created', { to, from, attempt: row.attempt, persona: 'client', request });
    this.#run(row, false);
    return row;
  }

  async command(row: CallRow, command: CallCommand): Promise<boolean> {
    const isEnd = command.kind === 'cancel' || command.kind === 'hang-up';
    if (isEnd && this.#dialer.remove(row.sid)) {
      this.#run(row, true);
      this.#ports.calls.apply(row.sid, { status: 'canceled', endedAt: this.#ports.clock.now() });
      return true;
    }
    if (!this.#live.has(row.sid)) return false;
    return this.#ports.trunks.command(row.sid, command);
  }

  report(entries: readonly LogEntry[], patches: readonly (readonly [string, CallPatch])[]): void {
    for (const entry of entries) this.#ports.journal.add(entry);
    for (const [sid, patch] of patches) {
      const row = this.#ports.calls.apply(sid, patch);
      if (row !== undefined && isTerminal(row.status)) this.#live.delete(sid);
    }
  }

  /** After a restart: what waited waits again; what was on a trunk that is gone has failed. */
  async recover(): Promise<void> {
    for (const row of this.#ports.calls.unfinished()) {
      if (row.status === 'queued') this.#dialer.add(row.sid);
      else if (await this.#ports.trunks.isRunning(row.sid)) this.#live.add(row.sid);
      else this.#fail(row.sid, 'The simulator was restarted during this call');
    }
  }

  pump(): void {
    void this.#dialer.pump();
  }

  #dial(sid: string): void {
    const at = this.#ports.clock.now();
    this.#ports.calls.started(sid, at);
    const row = this.#ports.calls.get(sid);
    if (row === undefined) return;
    this.#log(sid, 'dial', { to: row.to, ms: at - row.createdAt }, at);
    this.#run(row, false);
  }

  #run(row: CallRow, isCanceled: boolean): void {
    const { accountSid, authToken, timeScale, seed, audioCache } = this.#ports.config();
    const spec: CallSpec = {
      ...row.request,
      callSid: row.sid,
      accountSid,
      authToken,
      scale: timeScale ?? this.#ports.defaultScale,
      seed: `${seed}:${row.to}:${row.attempt}`,
      ringing: this.#ringing(row),
      useAudioCache: audioCache,
      isCanceled,
    };
    this.#live.add(row.sid);
    this.#ports.trunks
      .run(spec)
      .catch((cause: unknown) => this.#fail(row.sid, `The trunk broke: ${String(cause)}`))
      .finally(() => this.#live.delete(row.sid));
  }

  /** A caller is on the line already, whatever would have come of calling him. */
  #ringing(row: CallRow): Ringing {
    const { attempts } = resolvePersona(row.persona);
    if (row.request.direction === 'outbound-api') return ringingOf({ attempts }, row.attempt);
    const answers = attempts.find(({ outcome }) => outcome === 'answers');
    return answers ?? { outcome: 'answers', ringSeconds: 0, reactions: [], otherwise: 'silence' };
  }

  #fail(sid: string, message: string): void {
    const endedAt = this.#ports.clock.now();
    this.#ports.calls.apply(sid, { status: 'failed', endedAt, durationSeconds: 0 });
    this.#log(sid, 'error', { code: 0, message });
  }

  #log(callSid: string, kind: string, detail: Record<string, unknown>, at?: number): void {
    const ms = typeof detail.ms === 'number' ? detail.ms : null;
    this.#ports.journal.add({ at: at ?? this.#ports.clock.now(), callSid, kind, ms, detail });
  }
}

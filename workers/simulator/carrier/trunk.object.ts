import { DurableObject } from 'cloudflare:workers';
import { systemClock } from '../clock.ts';
import type { Env } from '../env.ts';
import { Call } from './call.ts';
import { httpClient } from './http.ts';
import { mediaProxyOf } from './media.object.ts';
import type { CallCommand, CallPatch, CallSpec, LogEntry } from './types.ts';

const TRUNKS = 8;
const REPORT_EVERY_MS = 40;

export function trunkOf(env: Env, accountSid: string, callSid: string) {
  const index = Number.parseInt(callSid.slice(-4), 16) % TRUNKS;
  return env.TRUNKS.getByName(`${accountSid}:${index}`);
}

/**
 * Runs calls. A handful of trunks share an account's calls: one object would serialise them, one
 * object a call would make a database a call. The account's pending `run` keeps a trunk alive.
 */
export class Trunk extends DurableObject<Env> {
  readonly #calls = new Map<string, Call>();
  readonly #http = httpClient((url, init) => fetch(url, init), systemClock);
  #entries: LogEntry[] = [];
  #patches = new Map<string, CallPatch>();
  #reporting: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  async run(spec: CallSpec): Promise<void> {
    const { accountSid, callSid } = spec;
    const account = () => this.env.ACCOUNTS.getByName(accountSid);
    const call = new Call(spec, {
      clock: systemClock,
      http: this.#http,
      fetchMedia: (url) => mediaProxyOf(this.env, accountSid, url).load(url, spec.useAudioCache),
      drawCallbackFaults: () => account().drawCallbackFaults(),
      newToken: () => crypto.randomUUID(),
      newLeg: (to) => account().newLeg(to),
      rooms: {
        join: (conference) => account().joinRoom(callSid, conference),
        leave: (name) => account().leaveRoom(callSid, name),
      },
      saveRecording: (recording) => account().saveRecording(callSid, recording),
      record: (kind, detail, at = systemClock.now()) => {
        const ms = typeof detail.ms === 'number' ? detail.ms : null;
        this.#entries.push({ at, callSid, kind, ms, detail });
        this.#schedule(accountSid);
      },
      patch: (patch) => {
        this.#patches.set(callSid, { ...this.#patches.get(callSid), ...patch });
        this.#schedule(accountSid);
      },
    });
    this.#calls.set(callSid, call);
    try {
      await call.run();
    } finally {
      this.#calls.delete(callSid);
      await this.#report(accountSid);
    }
  }

  isRunning(callSid: string): boolean {
    return this.#calls.has(callSid);
  }

  /** Resolves when the account knows what the command did. */
  async command(accountSid: string, callSid: string, command: CallCommand): Promise<boolean> {
    const isTaken = this.#calls.get(callSid)?.command(command) ?? false;
    await systemClock.sleep(1);
    await this.#report(accountSid);
    return isTaken;
  }

  #schedule(accountSid: string): void {
    this.#timer ??= setTimeout(() => void this.#report(accountSid), REPORT_EVERY_MS);
  }

  /** One report at a time, so that statuses reach the account in order. */
  #report(accountSid: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reporting = this.#reporting.then(async () => {
      if (this.#entries.length === 0 && this.#patches.size === 0) return;
      const entries = this.#entries;
      const patches = [...this.#patches];
      this.#entries = [];
      this.#patches = new Map();
      await this.env.ACCOUNTS.getByName(accountSid).report(entries, patches);
    });
    return this.#reporting;
  }
}

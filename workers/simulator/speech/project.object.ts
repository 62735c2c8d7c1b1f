import { DurableObject } from 'cloudflare:workers';
import { Buffer } from 'node:buffer';
import { exportJWK, importSPKI, type JWK } from 'jose';
import { systemClock } from '../clock.ts';
import { type Env, readSettings } from '../env.ts';
import { FaultBook, type FaultRule, type FaultState, GOOGLE_FAULTS } from '../faults/rules.ts';
import { chooseVoice } from './choose-voice.ts';
import { GoogleError } from './google-errors.ts';
import { readSpeechRequest } from './google-request.ts';
import { verifyToken } from './google-token.ts';
import { encodeMulaw, MULAW_RATE_HZ } from './mulaw.ts';
import { MinuteQuota } from './quota.ts';
import { writeMulawWav, writePcmWav } from './wav.ts';

export type GoogleConfig = {
  readonly jwk?: JWK | undefined;
  readonly clientEmail?: string | undefined;
  readonly keyId?: string | undefined;
  readonly requestsPerMinute?: number | undefined;
};
export type GoogleReport = {
  readonly clientEmail: string | undefined;
  readonly requestsPerMinute: number;
  readonly voice: string;
  readonly answers: Readonly<Record<string, number>>;
  readonly characters: number;
  readonly synthesisMs: { readonly p50: number; readonly p99: number };
};

const KEPT_TIMINGS = 500;

type Tally = { readonly answers: Record<string, number>; characters: number; timings: number[] };

/** One Google project: a single object, because its quota holds for all who call it. */
export class GoogleProject extends DurableObject<Env> {
  readonly #clock = systemClock;
  readonly #quota: MinuteQuota;
  readonly #faults: FaultBook;
  readonly #tally: Tally;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    // An idle object is dropped from memory within seconds; the project's minute goes on.
    const { kv } = ctx.storage;
    this.#faults = new FaultBook('google', kv.get<FaultState[]>('faults') ?? []);
    this.#quota = new MinuteQuota(kv.get<number[]>('quota'));
    this.#tally = kv.get<Tally>('tally') ?? { answers: {}, characters: 0, timings: [] };
  }

  async configure(config: GoogleConfig & { publicKeyPem?: string | undefined }): Promise<void> {
    const { publicKeyPem, ...rest } = config;
    const jwk =
      publicKeyPem === undefined
        ? rest.jwk
        : await exportJWK(await importSPKI(publicKeyPem, 'RS256', { extractable: true }));
    const given = Object.entries({ ...rest, jwk }).filter(([, value]) => value !== undefined);
    this.ctx.storage.kv.put('config', { ...this.#stored(), ...Object.fromEntries(given) });
  }

  addFault(rule: FaultRule): FaultState {
    const state = this.#faults.add(rule, this.#clock.now());
    this.#saveFaults();
    return state;
  }

  clearFaults(kind: string | undefined): void {
    this.#faults.clear(kind);
    this.#saveFaults();
  }

  listFaults(): readonly FaultState[] {
    return this.#faults.list();
  }

  report(): GoogleReport {
    const sorted = [...this.#tally.timings].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
    return {
      clientEmail: this.#config().clientEmail,
      requestsPerMinute: this.#config().requestsPerMinute,
      voice: this.#voice().name,
      answers: this.#tally.answers,
      characters: this.#tally.characters,
      synthesisMs: { p50: at(0.5), p99: at(0.99) },
    };
  }

  async synthesize(authorization: string | undefined, body: string): Promise<Response> {
    const response = await this.#answer(authorization, body).catch((cause: unknown) => {
      if (cause instanceof GoogleError) return cause.toResponse();
      throw cause;
    });
    const answer = String(response.status);
    this.#tally.answers[answer] = (this.#tally.answers[answer] ?? 0) + 1;
    this.ctx.storage.kv.put('tally', this.#tally);
    this.ctx.storage.kv.put('quota', [...this.#quota.state]);
    return response;
  }

  async authorize(authorization: string | undefined): Promise<Response | undefined> {
    try {
      await this.#verify(authorization);
      return undefined;
    } catch (cause) {
      if (cause instanceof GoogleError) return cause.toResponse();
      throw cause;
    }
  }

  async #answer(authorization: string | undefined, body: string): Promise<Response> {
    await this.#verify(authorization);
    await this.#strike();
    const { requestsPerMinute } = this.#config();
    if (!this.#quota.admit(this.#clock.now(), requestsPerMinute)) {
      throw new GoogleError(
        'RESOURCE_EXHAUSTED',
        `Quota exceeded for quota metric 'Chirp3RequestsPerMinutePerProject': ${requestsPerMinute}.`,
      );
    }
    const request = readSpeechRequest(parseJson(body));
    const startedAt = this.#clock.now();
    const samples = await this.#voice().speak(request.text, request.speakingRate);
    const wav =
      request.encoding === 'MULAW'
        ? writeMulawWav(encodeMulaw(samples), MULAW_RATE_HZ)
        : writePcmWav(samples, MULAW_RATE_HZ);
    this.#tally.timings = [...this.#tally.timings, this.#clock.now() - startedAt].slice(
      -KEPT_TIMINGS,
    );
    this.#tally.characters += request.text.length;
    return Response.json({ audioContent: Buffer.from(wav).toString('base64') });
  }

  #verify(authorization: string | undefined): Promise<void> {
    const { jwk, clientEmail, keyId } = this.#config();
    const account =
      jwk === undefined || clientEmail === undefined ? undefined : { jwk, clientEmail, keyId };
    return verifyToken(authorization, account, this.#clock.now());
  }

  async #strike(): Promise<void> {
    const strikes = this.#faults.draw(GOOGLE_FAULTS, this.#clock.now());
    if (strikes.length === 0) return;
    this.#saveFaults();
    const slow = strikes.find(({ kind }) => kind === 'google-slow');
    if (slow !== undefined) await this.#clock.sleep(slow.rule.delayMs);
    const strike = strikes.find(({ kind }) => kind !== 'google-slow');
    if (strike === undefined) return;
    if (strike.kind === 'google-400') throw new GoogleError('INVALID_ARGUMENT', 'Fault: refused.');
    if (strike.kind === 'google-429') {
      throw new GoogleError('RESOURCE_EXHAUSTED', 'Fault: quota exceeded.');
    }
    throw new GoogleError('UNAVAILABLE', 'Fault: the service is currently unavailable.');
  }

  #voice() {
    return chooseVoice(readSettings(this.env).speechMode);
  }

  #config() {
    const { google } = readSettings(this.env);
    const stored = this.#stored();
    return {
      jwk: stored.jwk ?? google.jwk,
      clientEmail: stored.clientEmail ?? google.clientEmail,
      keyId: stored.keyId,
      requestsPerMinute: stored.requestsPerMinute ?? google.requestsPerMinute,
    };
  }

  #stored(): GoogleConfig {
    return this.ctx.storage.kv.get<GoogleConfig>('config') ?? {};
  }

  #saveFaults(): void {
    this.ctx.storage.kv.put('faults', [...this.#faults.list()]);
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new GoogleError('INVALID_ARGUMENT', 'Invalid JSON payload received.');
  }
}

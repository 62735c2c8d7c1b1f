import { DurableObject } from 'cloudflare:workers';
import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import {
  NEW_LANES,
  REQUESTS_PER_MINUTE_MIN,
  reserveSpeech,
  type SpeechLanes,
  type SpeechPaces,
  type SpeechPriority,
  speechPaces,
} from './speech-pacer.ts';

/** Google's quota for Chirp 3 voices, for a whole project. */
const REQUESTS_PER_MINUTE_DEFAULT = 200;
const SLOTS_MAX = 100;

export type SpeechPacerEnv = { readonly SPEECH_REQUESTS_PER_MINUTE?: string };

/** One per Google project, named by the project: the quota is for the project, not the tenant. */
export abstract class SpeechPacerObject<Env extends SpeechPacerEnv> extends DurableObject<Env> {
  readonly #paces: SpeechPaces;

  protected abstract clock(): Clock;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#paces = speechPaces(requestsPerMinute(env));
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS pace (id INTEGER PRIMARY KEY CHECK (id = 1), lanes TEXT NOT NULL)',
    );
  }

  /** See `SpeechSlots`. The state is written before the answer leaves (output gate). */
  reserve(request: { n: number; priority: SpeechPriority }): { delaysMs: number[] } {
    const { n, priority } = request;
    if (!Number.isInteger(n) || n < 1 || n > SLOTS_MAX) {
      throw new DestinyError('invalid_input', `Ask for 1 to ${SLOTS_MAX} slots at a time.`);
    }
    const { lanes, delaysMs } = reserveSpeech(this.#load(), {
      now: this.clock().now(),
      n,
      priority,
      paces: this.#paces,
    });
    this.ctx.storage.sql.exec(
      'INSERT INTO pace (id, lanes) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET lanes = excluded.lanes',
      JSON.stringify(lanes),
    );
    return { delaysMs };
  }

  #load(): SpeechLanes {
    const [row] = this.ctx.storage.sql.exec<{ lanes: string }>('SELECT lanes FROM pace').toArray();
    return row === undefined ? NEW_LANES : (JSON.parse(row.lanes) as SpeechLanes);
  }
}

function requestsPerMinute(env: SpeechPacerEnv): number {
  const text = env.SPEECH_REQUESTS_PER_MINUTE;
  const value = text === undefined ? REQUESTS_PER_MINUTE_DEFAULT : Number(text);
  if (!Number.isInteger(value) || value < REQUESTS_PER_MINUTE_MIN) {
    throw new DestinyError(
      'config_invalid',
      `Set SPEECH_REQUESTS_PER_MINUTE to a whole number, at least ${REQUESTS_PER_MINUTE_MIN}.`,
    );
  }
  return value;
}

import { z } from 'zod';
import { seededRandom } from '../random.ts';

export const CALLBACK_FAULTS = [
  'callback-duplicate',
  'callback-drop',
  'callback-reorder',
  'callback-delay',
] as const;
export const CREATE_FAULTS = [
  'create-429',
  'create-500-after-accept',
  'create-reply-lost',
] as const;
export const REST_FAULTS = ['rest-401', 'rest-503', 'outage'] as const;
export const RECORDING_FAULTS = ['recording-late', 'recording-cut', 'recording-absent'] as const;
export const GOOGLE_FAULTS = ['google-400', 'google-429', 'google-503', 'google-slow'] as const;

export const FaultKind = z.enum([
  ...CALLBACK_FAULTS,
  ...CREATE_FAULTS,
  ...REST_FAULTS,
  ...RECORDING_FAULTS,
  ...GOOGLE_FAULTS,
]);
export type FaultKind = z.infer<typeof FaultKind>;

/** A fault that was asked for: it strikes with `rate`, at most `count` times, for `forMs`. */
export const FaultRule = z.strictObject({
  kind: FaultKind,
  accountSid: z.string().optional(),
  rate: z.number().min(0).max(1).default(1),
  count: z.int().min(1).optional(),
  forMs: z.int().min(1).optional(),
  /** callback-delay, google-slow: how long. callback-reorder: the most that one is held back. */
  delayMs: z.int().min(0).max(120_000).default(2000),
  /** create-reply-lost: the connection breaks in the answer, or no answer comes for `delayMs`. */
  mode: z.enum(['cut', 'hang']).default('cut'),
});
export type FaultRule = z.infer<typeof FaultRule>;

export type Strike = { readonly kind: FaultKind; readonly rule: FaultRule; readonly draw: number };
export type CallbackFault = { readonly kind: FaultKind; readonly delayMs: number };
export type FaultState = FaultRule & {
  readonly id: number;
  readonly setAt: number;
  readonly seen: number;
  readonly struck: number;
};

/** Active faults of one account or project. Pure: seeded by rule and how many chances it had. */
export class FaultBook {
  readonly #seed: string;
  #rules: FaultState[] = [];
  #nextId = 1;

  constructor(seed: string, rules: readonly FaultState[] = []) {
    this.#seed = seed;
    this.#rules = [...rules];
    this.#nextId = 1 + rules.reduce((most, rule) => Math.max(most, rule.id), 0);
  }

  add(rule: FaultRule, now: number): FaultState {
    const state = { ...rule, id: this.#nextId, setAt: now, seen: 0, struck: 0 };
    this.#nextId += 1;
    this.#rules.push(state);
    return state;
  }

  clear(kind?: string): void {
    this.#rules = this.#rules.filter((rule) => kind !== undefined && rule.kind !== kind);
  }

  list(): readonly FaultState[] {
    return this.#rules;
  }

  /** Gives each active rule of these kinds one chance and returns those that strike. */
  draw(kinds: readonly FaultKind[], now: number): Strike[] {
    if (this.#rules.length === 0) return [];
    const strikes: Strike[] = [];
    this.#rules = this.#rules.map((rule) => {
      if (!kinds.includes(rule.kind) || !isActive(rule, now)) return rule;
      const random = seededRandom(this.#seed, rule.id, rule.kind, rule.seen);
      const strikesNow = random() < rule.rate;
      if (strikesNow) strikes.push({ kind: rule.kind, rule, draw: random() });
      return { ...rule, seen: rule.seen + 1, struck: rule.struck + (strikesNow ? 1 : 0) };
    });
    return strikes;
  }

  drawCallbackFaults(now: number): CallbackFault[] {
    return this.draw(CALLBACK_FAULTS, now).map(({ kind, rule, draw }) => {
      const isHeld = kind === 'callback-delay' || kind === 'callback-reorder';
      const share = kind === 'callback-reorder' ? draw : 1;
      return { kind, delayMs: isHeld ? Math.round(rule.delayMs * share) : 0 };
    });
  }
}

function isActive(rule: FaultState, now: number): boolean {
  if (rule.count !== undefined && rule.struck >= rule.count) return false;
  return rule.forMs === undefined || now < rule.setAt + rule.forMs;
}

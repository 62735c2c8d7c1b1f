/** Channels a script can be spoken on. */
export type Channel = 'voice' | 'sms';

/**
 * How a sentence's words come to be known: `static` at publish time (shared by every call),
 * `dynamic` before the dial (contact, campaign and tenant values), `live` only during the call.
 */
export type SentenceKind = 'static' | 'dynamic' | 'live';

export type VariablePart = {
  readonly type: 'variable';
  readonly path: string;
  readonly format?: { readonly name: string; readonly arg?: string };
  readonly default?: string;
};
export type SentencePart = { readonly type: 'text'; readonly text: string } | VariablePart;
export type Sentence = { readonly kind: SentenceKind; readonly parts: readonly SentencePart[] };

/** Why the engine moved without a matching trigger; also the names of branch triggers. */
export type FlowEventName =
  | 'no-input'
  | 'no-match'
  | 'else'
  | 'ok'
  | 'invalid'
  | 'answered'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'error'
  | 'open'
  | 'closed'
  | 'machine';

export type Value = string | number | boolean | null;
/** Values by full path (`firstName`, `webhook.order.id`); names are case-sensitive. */
export type Variables = Readonly<Record<string, Value>>;

export type EffectId = { readonly turn: number; readonly index: number };
export type SpokenSentence = { readonly text: string; readonly kind: SentenceKind };

/** What the engine asks a transport (voice, SMS, browser, test) to do, in order. */
export type Effect =
  | { readonly type: 'say'; readonly id: EffectId; readonly sentences: readonly SpokenSentence[] }
  | { readonly type: 'pause'; readonly id: EffectId; readonly ms: number }
  | {
      readonly type: 'listen';
      readonly id: EffectId;
      readonly timeoutMs: number;
      readonly language: string;
      /** Keys this node takes; empty when it takes none. */
      readonly keys: readonly string[];
      /** Most digits one input can have (the longest key). */
      readonly maxDigits: number;
      readonly speech: boolean;
      readonly hints: readonly string[];
      readonly bargeIn: boolean;
    }
  | { readonly type: 'outcome'; readonly id: EffectId; readonly outcome: string }
  | { readonly type: 'hangup'; readonly id: EffectId }
  /** The caller asked never to be called again. */
  | { readonly type: 'suppress'; readonly id: EffectId; readonly reason: 'caller_request' }
  /** A ledger event of product.md's list; `detail` holds ids, node names, targets, scores only. */
  | {
      readonly type: 'event';
      readonly id: EffectId;
      readonly event: FlowLedgerEvent;
      readonly detail: Readonly<Record<string, Value>>;
    }
  /** What the caller said or keyed, for the erasable utterance table. */
  | {
      readonly type: 'utterance';
      readonly id: EffectId;
      readonly node: string;
      readonly input: 'speech' | 'dtmf';
      readonly text: string;
      readonly confidence: number | null;
    };

export type FlowLedgerEvent =
  | 'flow.enter'
  | 'flow.prompt'
  | 'flow.input'
  | 'flow.match'
  | 'flow.no_match'
  | 'flow.no_input'
  | 'flow.capture'
  | 'flow.outcome';

/** What happened on the channel. */
export type FlowInput =
  | { readonly type: 'start' }
  | { readonly type: 'dtmf'; readonly digits: string }
  | { readonly type: 'speech'; readonly text: string; readonly confidence: number | null }
  | { readonly type: 'silence' }
  | { readonly type: 'hangup' }
  | {
      readonly type: 'result';
      readonly event: FlowEventName;
      readonly data?: Readonly<Record<string, Value>>;
    };

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

export type Operator =
  | 'or'
  | 'and'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'contains'
  | '+'
  | '-';

export type Expression =
  | { readonly type: 'value'; readonly value: Value }
  | { readonly type: 'path'; readonly path: string }
  | { readonly type: 'not'; readonly operand: Expression }
  | {
      readonly type: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Groups of things callers say that every script can name as `@yes`, `@no`... */
export type ClassName =
  | 'yes'
  | 'no'
  | 'maybe'
  | 'repeat'
  | 'agent'
  | 'stop'
  | 'cancel'
  | 'bye'
  | 'later'
  | 'wrong_number'
  | 'number';

export type Trigger =
  | { readonly type: 'key'; readonly key: string }
  /** `tokens` is the text after normalisation: what the matcher compares. */
  | { readonly type: 'phrase'; readonly text: string; readonly tokens: readonly string[] }
  | { readonly type: 'class'; readonly name: ClassName }
  | { readonly type: 'event'; readonly event: FlowEventName };

export type Branch = {
  /** Empty: the branch is taken without waiting for the caller. */
  readonly triggers: readonly Trigger[];
  /** A node's name, or `END` or `REPEAT`, which no node may be called. */
  readonly target: string;
  readonly outcome?: string;
  readonly guard?: Expression;
};

export type Statement =
  | { readonly type: 'say'; readonly sentences: readonly Sentence[] }
  | { readonly type: 'set'; readonly path: string; readonly value: Expression }
  | { readonly type: 'pause'; readonly ms: number };

export type FlowNode = {
  readonly body: readonly Statement[];
  readonly branches: readonly Branch[];
  readonly bargeIn: boolean;
};

export type FlowSettings = {
  readonly language: string;
  readonly voice: string;
  readonly speed: number;
  /** How long a listening node waits for the caller. */
  readonly timeoutMs: number;
  /** The last prompt serves every try beyond the list. */
  readonly retry: { readonly count: number; readonly prompts: readonly (readonly Sentence[])[] };
  readonly fallback: string | null;
  readonly globals: {
    readonly repeat: boolean;
    readonly stop: boolean;
    readonly agent: string | null;
  };
  /** What the engine says of itself; part of the flow so that the hash covers it. */
  readonly texts: {
    readonly goodbye: readonly Sentence[];
    readonly confirmStop: readonly Sentence[];
    readonly stopped: readonly Sentence[];
  };
};

export type Flow = {
  readonly flowVersion: 1;
  readonly settings: FlowSettings;
  readonly entry: string;
  readonly nodes: Readonly<Record<string, FlowNode>>;
};

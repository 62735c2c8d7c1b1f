/** Channels a script can be spoken on. */
export type Channel = 'voice' | 'sms';

/**
 * How a sentence's words come to be known: `static` at publish time (shared by every call),
 * `dynamic` before the dial (contact, campaign and tenant values), `live` only during the call.
 */
export type SentenceKind = 'static' | 'dynamic' | 'live';

export type FormatName =
  | 'date'
  | 'time'
  | 'weekday'
  | 'digits'
  | 'spell'
  | 'phone'
  | 'currency'
  | 'number'
  | 'ordinal';
/** How a value is spoken; locale and zone are the script's, so that a sentence needs no more. */
export type Format = {
  readonly name: FormatName;
  readonly arg?: string;
  readonly locale?: string;
  readonly zone?: string;
};

export type VariablePart = {
  readonly type: 'variable';
  readonly path: string;
  readonly format?: Format;
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
      /** A capture listens; what is said or keyed may be kept nowhere when it is sensitive. */
      readonly capture?: { readonly kind: CaptureKind; readonly isSensitive: boolean };
    }
  /** Each of these three waits for a `result` input; nothing else comes after it in the turn. */
  | {
      readonly type: 'transfer';
      readonly id: EffectId;
      readonly to: string;
      readonly timeoutMs: number;
    }
  | { readonly type: 'voicemail'; readonly id: EffectId; readonly maxMs: number }
  | {
      readonly type: 'webhook';
      readonly id: EffectId;
      readonly method: 'GET' | 'POST';
      readonly url: string;
      readonly timeoutMs: number;
      /** What was captured or set in this call, without what is sensitive; the body of a POST. */
      readonly values: Variables;
    }
  | { readonly type: 'sms'; readonly id: EffectId; readonly text: string }
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
  | { readonly type: 'pause'; readonly ms: number }
  | { readonly type: 'sms'; readonly sentences: readonly Sentence[] };

export type CaptureKind = 'digits' | 'date' | 'time' | 'number' | 'yesno' | 'text';

/** What a node does after its prompt and waits for. */
export type Action =
  | {
      readonly type: 'capture';
      readonly path: string;
      readonly kind: CaptureKind;
      /** How many, for `digits`. */
      readonly digits?: number;
      /** Said instead of the `@retry` texts. */
      readonly reprompt?: readonly Sentence[];
      readonly isSensitive: boolean;
    }
  | { readonly type: 'transfer'; readonly to: string; readonly timeoutMs: number }
  | { readonly type: 'voicemail'; readonly maxMs: number }
  | {
      readonly type: 'webhook';
      readonly method: 'GET' | 'POST';
      /** Values are escaped where they stand in the address. */
      readonly url: readonly SentencePart[];
      readonly timeoutMs: number;
    };

export type FlowNode = {
  readonly body: readonly Statement[];
  readonly branches: readonly Branch[];
  readonly bargeIn: boolean;
  readonly action?: Action;
};

/** Minutes of the day on days of the week (0 is Sunday); `to` is after the last one. */
export type OpenHours = {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
};
export type Hours = {
  readonly open: readonly OpenHours[];
  /** Days, as `2026-12-25`, that are closed all day. */
  readonly except: readonly string[];
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
  /** Where a call goes that an answering machine took. */
  readonly machine?: string;
  /** Absent: voice only. */
  readonly channels?: readonly Channel[];
  /** IANA name; absent: UTC. */
  readonly timezone?: string;
  /** Absent: always open. */
  readonly hours?: Hours;
  /** How words are spoken, in IPA. */
  readonly pronunciations?: Readonly<Record<string, string>>;
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

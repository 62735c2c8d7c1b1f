import type {
  CaptureKind,
  Channel,
  Expression,
  FlowEventName,
  FormatName,
  Hours,
  Value,
} from '../flow/types.ts';
import type { Name, Span } from './source.ts';

export type VariableAst = {
  readonly type: 'variable';
  readonly path: string;
  readonly format?: { readonly name: FormatName; readonly arg?: string };
  readonly default?: string;
  readonly span: Span;
};
export type TextAst = { readonly type: 'text'; readonly text: string; readonly span: Span };
/** Text with variables in it: a speech line or a quoted prompt. */
export type Template = readonly (TextAst | VariableAst)[];

export type ExpressionAst = { readonly value: Expression; readonly paths: readonly Name[] };

export type TriggerAst =
  | { readonly type: 'key'; readonly key: string; readonly span: Span }
  /** `tokens` is the text after normalisation: what rules and matcher compare. */
  | {
      readonly type: 'phrase';
      readonly text: string;
      readonly tokens: readonly string[];
      readonly span: Span;
    }
  | { readonly type: 'class'; readonly name: string; readonly span: Span }
  | { readonly type: 'event'; readonly event: string; readonly span: Span };

export type BranchAst = {
  readonly type: 'branch';
  readonly triggers: readonly TriggerAst[];
  readonly target: Name;
  readonly outcome: string | null;
  readonly guard: ExpressionAst | null;
  readonly span: Span;
};

export type StatementAst =
  | { readonly type: 'speech'; readonly template: Template; readonly span: Span }
  | {
      readonly type: 'set';
      readonly path: string;
      readonly value: ExpressionAst;
      readonly span: Span;
    }
  | { readonly type: 'pause'; readonly ms: number; readonly span: Span }
  | { readonly type: 'bargein'; readonly isOn: boolean; readonly span: Span }
  | { readonly type: 'sms'; readonly template: Template; readonly span: Span }
  | ActionAst;

/** Actions that wait for something: at most one in a node, after everything else. */
export type ActionAst =
  | {
      readonly type: 'capture';
      readonly path: string;
      readonly kind: CaptureKind;
      readonly digits: number | null;
      readonly reprompt: Template | null;
      readonly isSensitive: boolean;
      readonly span: Span;
    }
  | {
      readonly type: 'transfer';
      readonly to: string;
      readonly timeoutMs: number;
      readonly span: Span;
    }
  | { readonly type: 'voicemail'; readonly maxMs: number; readonly span: Span }
  | {
      readonly type: 'webhook';
      readonly method: 'GET' | 'POST';
      readonly url: Template;
      readonly timeoutMs: number;
      readonly span: Span;
    };

export type TestStepAst =
  | { readonly type: 'with'; readonly path: string; readonly value: Value }
  | { readonly type: 'caller'; readonly text: string }
  | { readonly type: 'presses'; readonly keys: string }
  | { readonly type: 'silent' | 'hangs up' | 'machine' | 'ends' }
  | { readonly type: 'says'; readonly text: string }
  | { readonly type: 'at'; readonly node: string }
  | { readonly type: 'outcome'; readonly outcome: string }
  | {
      readonly type: 'result';
      readonly event: FlowEventName;
      readonly data: Readonly<Record<string, Value>>;
    };
export type TestAst = {
  readonly name: string;
  readonly span: Span;
  readonly steps: { readonly step: TestStepAst; readonly line: number; readonly span: Span }[];
};

export type NodeAst = {
  readonly name: Name;
  readonly line: number;
  /** False when the name is bad or reserved: the node is parsed for its faults only. */
  readonly isNamed: boolean;
  readonly statements: StatementAst[];
  readonly branches: BranchAst[];
  /** A line of it could not be read, so what it lacks is not reported as well. */
  hasFaults: boolean;
};

export type HeaderAst = {
  language?: string;
  voice?: string;
  speed?: number;
  timeoutMs?: number;
  retry?: { readonly count: number; readonly prompts: readonly Template[] };
  fallback?: Name;
  globals?: { readonly repeat: boolean; readonly stop: boolean; readonly agent: Name | null };
  machine?: Name;
  channels?: readonly { readonly name: Channel; readonly span: Span }[];
  timezone?: string;
  hours?: Hours;
  readonly keywords: Map<string, KeywordAst>;
  readonly pronunciations: Map<string, string>;
  readonly defaults: Map<string, string>;
};

/** A class of the author's own. */
export type KeywordAst = { readonly span: Span; readonly phrases: readonly Name[] };

export type ScriptAst = {
  readonly header: HeaderAst;
  readonly nodes: readonly NodeAst[];
  readonly tests: readonly TestAst[];
};

import type { Expression } from '../flow/types.ts';
import type { Name, Span } from './source.ts';

export type VariableAst = {
  readonly type: 'variable';
  readonly path: string;
  readonly default?: string;
  readonly span: Span;
};
export type TextAst = { readonly type: 'text'; readonly text: string; readonly span: Span };
/** Text with variables in it: a speech line or a quoted prompt. */
export type Template = readonly (TextAst | VariableAst)[];

export type ExpressionAst = { readonly value: Expression; readonly paths: readonly Name[] };

export type TriggerAst =
  | { readonly type: 'key'; readonly key: string; readonly span: Span }
  | { readonly type: 'phrase'; readonly text: string; readonly span: Span }
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
  | { readonly type: 'bargein'; readonly isOn: boolean; readonly span: Span };

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
  readonly defaults: Map<string, string>;
};

export type ScriptAst = { readonly header: HeaderAst; readonly nodes: readonly NodeAst[] };

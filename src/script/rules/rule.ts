import type { ActionAst, BranchAst, NodeAst, ScriptAst, TriggerAst } from '../ast.ts';
import type { Report } from '../diagnostic.ts';

export type Direction = 'outbound' | 'inbound';
export type ContactCount = {
  readonly total: number;
  /** How many contacts have no value, by variable. */
  readonly empty: ReadonlyMap<string, number>;
};

export type RuleContext = {
  readonly report: Report;
  /** Null: nobody said what there is, so nothing is unknown. */
  readonly knownVariables: readonly string[] | null;
  /** Null: nobody has counted whose fields are empty. */
  readonly contacts: ContactCount | null;
  readonly direction: Direction;
};

type PhraseAst = Extract<TriggerAst, { type: 'phrase' }>;

/** A node with what many rules ask of it, found once for all of them. */
export type NodeFacts = {
  readonly node: NodeAst;
  /** The action that it waits for. */
  readonly action: ActionAst | null;
  readonly isListening: boolean;
  readonly triggers: readonly TriggerAst[];
  /** Each phrase with the branch that it leads to. */
  readonly phrases: readonly { readonly phrase: PhraseAst; readonly branch: BranchAst }[];
};
export type NodeVisitor = (facts: NodeFacts) => void;

/** Reports one kind of fault: what concerns the whole script at once, the rest node by node. */
export type Rule = (script: ScriptAst, context: RuleContext) => NodeVisitor | undefined;

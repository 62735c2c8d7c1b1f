import type { ScriptAst } from '../ast.ts';
import type { Report } from '../diagnostic.ts';

export type RuleContext = {
  readonly report: Report;
  /** Null: nobody said what there is, so nothing is unknown. */
  readonly knownVariables: readonly string[] | null;
};

/** Looks at a whole script and reports one kind of fault. */
export type Rule = (script: ScriptAst, context: RuleContext) => void;

import type { ScriptAst } from '../ast.ts';
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

/** Looks at a whole script and reports one kind of fault. */
export type Rule = (script: ScriptAst, context: RuleContext) => void;

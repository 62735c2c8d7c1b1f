import type { ScriptAst } from '../ast.ts';
import { afterUnconditional } from './after-unconditional.ts';
import { duplicateNode } from './duplicate-node.ts';
import { duplicateTrigger } from './duplicate-trigger.ts';
import { entryNode } from './entry-node.ts';
import { knownClass } from './known-class.ts';
import { knownTarget } from './known-target.ts';
import { knownVariable } from './known-variable.ts';
import { liveSentence } from './live-sentence.ts';
import { mixedBranches } from './mixed-branches.ts';
import { offeredKey } from './offered-key.ts';
import { raisedEvent } from './raised-event.ts';
import { reachableNode } from './reachable-node.ts';
import type { Rule, RuleContext } from './rule.ts';
import { shadowedKey } from './shadowed-key.ts';
import { silentLoop } from './silent-loop.ts';
import { wayOut } from './way-out.ts';

const RULES: readonly Rule[] = [
  duplicateNode,
  entryNode,
  knownTarget,
  knownClass,
  knownVariable,
  duplicateTrigger,
  shadowedKey,
  wayOut,
  reachableNode,
  afterUnconditional,
  silentLoop,
  mixedBranches,
  raisedEvent,
  offeredKey,
  liveSentence,
];

export function checkScript(script: ScriptAst, context: RuleContext): void {
  for (const rule of RULES) rule(script, context);
}

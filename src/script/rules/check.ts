import type { ScriptAst } from '../ast.ts';
import { actionOrder } from './action-order.ts';
import { afterUnconditional } from './after-unconditional.ts';
import { channelFit } from './channel.ts';
import { duplicateNode } from './duplicate-node.ts';
import { duplicateTrigger } from './duplicate-trigger.ts';
import { emptyVariable } from './empty-variable.ts';
import { endlessNode } from './endless-node.ts';
import { entryNode } from './entry-node.ts';
import { factsOf } from './facts.ts';
import { failedAction } from './failed-action.ts';
import { innerPhrase } from './inner-phrase.ts';
import { introduction } from './introduction.ts';
import { knownClass } from './known-class.ts';
import { knownTarget } from './known-target.ts';
import { knownVariable } from './known-variable.ts';
import { liveSentence } from './live-sentence.ts';
import { longPrompt } from './long-prompt.ts';
import { mixedBranches } from './mixed-branches.ts';
import { offeredKey } from './offered-key.ts';
import { raisedEvent } from './raised-event.ts';
import { reachableNode } from './reachable-node.ts';
import type { NodeVisitor, Rule, RuleContext } from './rule.ts';
import { shadowedKey } from './shadowed-key.ts';
import { silentLoop } from './silent-loop.ts';
import { soundAlike } from './sound-alike.ts';
import { unheardCaller } from './unheard-caller.ts';
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
  actionOrder,
  emptyVariable,
  innerPhrase,
  soundAlike,
  unheardCaller,
  endlessNode,
  longPrompt,
  failedAction,
  introduction,
  channelFit,
];

export function checkScript(script: ScriptAst, context: RuleContext): void {
  runRules(RULES, script, context);
}

/** One walk over the nodes serves all rules: a walk for each reads the whole script from memory again. */
export function runRules(rules: readonly Rule[], script: ScriptAst, context: RuleContext): void {
  const visitors: NodeVisitor[] = [];
  for (const rule of rules) {
    const visit = rule(script, context);
    if (visit !== undefined) visitors.push(visit);
  }
  for (const node of script.nodes) {
    const facts = factsOf(node);
    for (const visit of visitors) visit(facts);
  }
}

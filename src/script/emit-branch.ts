import { CLASS_NAMES, EVENT_NAMES } from '../flow/names.ts';
import { normalisePhrase } from '../flow/normalise.ts';
import type { Branch, Trigger } from '../flow/types.ts';
import type { BranchAst, HeaderAst, ScriptAst, TriggerAst } from './ast.ts';
import type { VariableContext } from './emit-sentence.ts';
import { variableContext } from './script-facts.ts';

export type EmitContext = VariableContext & { readonly keywords: HeaderAst['keywords'] };

export function emitContext(script: ScriptAst): EmitContext {
  return { ...variableContext(script), keywords: script.header.keywords };
}

/**
 * Null when it has triggers of unknown classes only: without any it would always be taken.
 * Keys stand in the order of the alphabet, here as everywhere in a flow's small parts: the hash
 * takes them so.
 */
export function emitBranch(branch: BranchAst, context: EmitContext): Branch | null {
  const {
    target: { text: target },
    outcome,
    guard,
  } = branch;
  const triggers = emitTriggers(branch.triggers, context);
  if (triggers.length === 0 && branch.triggers.length > 0) return null;
  if (guard !== null) {
    const guarded = { guard: guard.value, target, triggers };
    return outcome === null ? guarded : { ...guarded, outcome };
  }
  return outcome === null ? { target, triggers } : { outcome, target, triggers };
}

function emitTriggers(written: readonly TriggerAst[], context: EmitContext): readonly Trigger[] {
  const triggers: Trigger[] = [];
  for (const trigger of written) emitTriggerInto(triggers, trigger, context);
  return triggers;
}

/** Of an unknown class nothing is left. */
function emitTriggerInto(
  triggers: Trigger[],
  trigger: TriggerAst,
  { keywords }: EmitContext,
): void {
  switch (trigger.type) {
    case 'key':
      triggers.push({ key: trigger.key, type: 'key' });
      return;
    case 'phrase':
      triggers.push({ text: trigger.text, tokens: trigger.tokens, type: 'phrase' });
      return;
    case 'class': {
      const name = CLASS_NAMES.find((known) => known === trigger.name);
      if (name !== undefined) triggers.push({ name, type: 'class' });
      else
        for (const { text } of keywords.get(trigger.name)?.phrases ?? [])
          triggers.push(phraseOf(text));
      return;
    }
    case 'event': {
      const event = EVENT_NAMES.find((known) => known === trigger.event);
      if (event !== undefined) triggers.push({ event, type: 'event' });
    }
  }
}

function phraseOf(text: string): Trigger {
  return { text, tokens: normalisePhrase(text), type: 'phrase' };
}

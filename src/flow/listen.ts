import { classHints } from './classes.ts';
import { emit, type Run } from './run.ts';
import type { FlowNode, Trigger } from './types.ts';

export const CONFIRM_STOP_KEYS = { yes: '1', no: '2' } as const;

export function listenTo(run: Run, node: FlowNode): void {
  const triggers = node.branches.flatMap((branch) => branch.triggers);
  const keys = keysOf(triggers);
  emit(run, {
    ...commonOf(run),
    keys,
    maxDigits: keys.reduce((most, key) => Math.max(most, key.length), 0),
    speech: takesSpeech(run, triggers),
    hints: hintsOf(triggers),
    bargeIn: node.bargeIn,
  });
}

export function listenForStop(run: Run): void {
  emit(run, {
    ...commonOf(run),
    keys: Object.values(CONFIRM_STOP_KEYS),
    maxDigits: 1,
    speech: true,
    hints: [...classHints('yes'), ...classHints('no')],
    bargeIn: true,
  });
}

function commonOf(run: Run) {
  const { timeoutMs, language } = run.flow.settings;
  return { type: 'listen', timeoutMs, language } as const;
}

function keysOf(triggers: readonly Trigger[]): readonly string[] {
  return [...new Set(triggers.flatMap((trigger) => (trigger.type === 'key' ? [trigger.key] : [])))];
}

/** "Stop calling" must be heard even where the author asks for keys only. */
function takesSpeech(run: Run, triggers: readonly Trigger[]): boolean {
  const { globals } = run.flow.settings;
  return (
    globals.repeat ||
    globals.stop ||
    globals.agent !== null ||
    triggers.some((trigger) => trigger.type !== 'key')
  );
}

function hintsOf(triggers: readonly Trigger[]): readonly string[] {
  const hints = triggers.flatMap((trigger) => {
    if (trigger.type === 'phrase') return [trigger.text];
    return trigger.type === 'class' ? classHints(trigger.name) : [];
  });
  return [...new Set(hints)];
}

import { type Capture, keysOf as keysOfCapture } from './capture/read-capture.ts';
import { classHints } from './classes.ts';
import { emit, type Run } from './run.ts';
import type { FlowNode, Trigger } from './types.ts';

/** A text message is answered when there is time for it. */
const SMS_PATIENCE_MS = 24 * 3_600_000;

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

/** A capture hears digits of any value, and the branches that the node has beside it. */
export function listenToCapture(run: Run, node: FlowNode, capture: Capture): void {
  const triggers = node.branches.flatMap((branch) => branch.triggers);
  const keys = keysOf(triggers);
  const { kind, isSensitive } = capture;
  const hints = kind === 'yesno' ? [...classHints('yes'), ...classHints('no')] : [];
  emit(run, {
    ...commonOf(run),
    // Keys of their own would end the input before the value is complete.
    keys: [],
    maxDigits: Math.max(keysOfCapture(capture), ...keys.map((key) => key.length)),
    speech: true,
    hints: [...new Set([...hints, ...hintsOf(triggers)])],
    bargeIn: node.bargeIn,
    capture: { kind, isSensitive },
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
  const { timeoutMs: patience, language } = run.flow.settings;
  const timeoutMs = run.state.channel === 'sms' ? SMS_PATIENCE_MS : patience;
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

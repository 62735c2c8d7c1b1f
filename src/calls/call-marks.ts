import type { CallEvent } from '../db/event-store.ts';

/** What the events of a call say of it as a whole; the ledger keeps it in the call's row. */
export type CallMarks = {
  readonly isTransferTried: boolean;
  readonly isTransferred: boolean;
  readonly hasFallback: boolean;
  /** Keys of the edges that the caller took, each once. */
  readonly path: readonly string[];
};

type Edge = {
  /** Null: the call began. */
  readonly from: string | null;
  /** What was heard or happened; null where the script went on by itself. */
  readonly trigger: string | null;
  /** Null: the conversation ended there. */
  readonly to: string | null;
};

/** One text for one edge, in which no name can be mistaken for another. */
export const edgeKey = ({ from, trigger, to }: Edge): string => JSON.stringify([from, trigger, to]);

export function readEdgeKey(key: string): Edge {
  const [from, trigger, to] = JSON.parse(key) as [string | null, string | null, string | null];
  return { from, trigger, to };
}

/** `events` in their order. */
export function marksOf(events: readonly CallEvent[]): CallMarks {
  const has = (type: string) => events.some((event) => event.type === type);
  return {
    isTransferTried: has('transfer.start'),
    isTransferred: has('transfer.answered'),
    hasFallback: has('tts.fallback'),
    path: pathOf(events),
  };
}

function pathOf(events: readonly CallEvent[]): string[] {
  const keys = new Set<string>();
  let from: string | null = null;
  let trigger: string | null = null;
  const step = (to: string | null) => {
    keys.add(edgeKey({ from, trigger, to }));
    trigger = null;
  };
  for (const { type, detail } of events) {
    if (type === 'flow.enter') {
      const to = String(detail.node);
      step(to);
      from = to;
    } else if (type in TRIGGER_OF) {
      trigger = type === 'flow.match' ? String(detail.trigger) : (TRIGGER_OF[type] ?? null);
    }
  }
  if (from !== null) step(null);
  return [...keys];
}

/** An answer that was not understood may lead on, or be asked for again. */
const TRIGGER_OF: Readonly<Record<string, string>> = {
  'flow.match': '',
  'flow.no_match': 'no-match',
  'flow.no_input': 'no-input',
  'flow.capture': 'captured',
};

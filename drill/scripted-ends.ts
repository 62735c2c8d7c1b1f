import type { Gathered } from '../cli/demo/gather.ts';
import type { Person } from '../cli/demo/people.ts';

type End = { readonly node: string; readonly outcome?: string };

/** Where the demonstration's script leads each kind of person; who hangs up reaches no end. */
const ENDS: Readonly<Record<string, End>> = {
  'presses 1': { node: 'goodbye', outcome: 'confirmed' },
  'presses 1 early': { node: 'goodbye', outcome: 'confirmed' },
  'says yes': { node: 'goodbye', outcome: 'confirmed' },
  'asks the way': { node: 'goodbye', outcome: 'confirmed' },
  reschedules: { node: 'goodbye', outcome: 'rescheduled' },
  'wants a call back': { node: 'goodbye', outcome: 'rescheduled' },
  cancels: { node: 'goodbye', outcome: 'cancelled' },
  'wants no calls': { node: 'opt_out', outcome: 'opted_out' },
  'is somebody else': { node: 'wrong_number', outcome: 'wrong_number' },
  'mumbles, then presses 1': { node: 'goodbye', outcome: 'confirmed' },
  'stays silent': { node: 'goodbye' },
  'is busy, then answers': { node: 'goodbye', outcome: 'confirmed' },
  'is out, then answers': { node: 'goodbye', outcome: 'confirmed' },
  'has a bad line, then answers': { node: 'goodbye', outcome: 'confirmed' },
};

export type ScriptedEnds = {
  readonly talked: number;
  readonly scripted: number;
  /** Each call that ended elsewhere, in words. */
  readonly others: readonly string[];
};

/**
 * Of the calls that the carrier completed, those whose last node and outcome are what the script
 * has for this person, and that never heard the apology for an app that does not answer.
 */
export function scriptedEnds(
  { ledger, carrier, carrierLog }: Pick<Gathered, 'ledger' | 'carrier' | 'carrierLog'>,
  persons: readonly Person[],
): ScriptedEnds {
  const kinds = new Map(persons.map(({ number, kind }) => [number, kind]));
  const bySid = new Map(ledger.map((call) => [call.twilioSid, call]));
  const apologised = new Set(
    carrierLog
      .filter(({ kind, url }) => kind === 'webhook' && /\/fallback(\?|$)/.test(url ?? ''))
      .map(({ callSid }) => callSid),
  );
  const others: string[] = [];
  let talked = 0;
  for (const { sid, to, status } of carrier) {
    const kind = kinds.get(to) ?? 'unknown';
    const end = ENDS[kind];
    if (status !== 'completed' || end === undefined) continue;
    talked += 1;
    const call = bySid.get(sid);
    const entered = call?.events.filter(({ type }) => type === 'flow.enter') ?? [];
    const node = String(entered.at(-1)?.detail.node ?? 'nowhere');
    const outcome = call?.outcome ?? 'none';
    const isOutcome = end.outcome === undefined || end.outcome === outcome;
    if (apologised.has(sid)) others.push(`${sid} (${kind}) heard the apology after [${node}]`);
    else if (node !== end.node || !isOutcome) {
      others.push(`${sid} (${kind}) ended in [${node}] as ${outcome}`);
    }
  }
  return { talked, scripted: talked - others.length, others };
}

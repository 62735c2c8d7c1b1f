import type { Gathered } from '../cli/demo/gather.ts';
import type { Person } from '../cli/demo/people.ts';
import { reportOf, wrongCalls } from '../cli/demo/report.ts';
import { scriptedEnds } from './scripted-ends.ts';

export type Figures = {
  readonly calls: number;
  readonly duplicateDials: number;
  readonly lostContacts: number;
  readonly lostEvents: number;
  readonly wrongStates: number;
  /** Answered calls that reached their scripted end, of all that should. */
  readonly scripted: number;
  readonly talked: number;
  /** How often faults struck. */
  readonly struck: number;
};

/** What must hold besides no duplicates and nothing lost. */
export type Demands = { readonly scripted: boolean; readonly struck: boolean };

export type Verdict = { readonly figures: Figures; readonly problems: readonly string[] };

const MOST_EXAMPLES = 5;

/**
 * Compares the ledger with the simulator's own log; `ownStrikes` are those of the app's own FAULTS.
 * Pure.
 */
export function verdictOf(
  gathered: Gathered,
  persons: readonly Person[],
  demands: Demands,
  ownStrikes = 0,
): Verdict {
  const { duplicateDials, lostContacts, eventsLost } = reportOf(gathered, {
    contacts: persons.length,
    cps: 1,
  });
  const wrong = wrongCalls(gathered);
  const ends = scriptedEnds(gathered, persons);
  const figures: Figures = {
    calls: gathered.carrier.length,
    duplicateDials,
    lostContacts,
    lostEvents: eventsLost,
    wrongStates: wrong.length,
    scripted: ends.scripted,
    talked: ends.talked,
    struck: strikes(gathered) + ownStrikes,
  };
  const zeros = ['duplicateDials', 'lostContacts', 'lostEvents'] as const;
  const problems = [
    ...zeros.filter((name) => figures[name] > 0).map((name) => `${name} is ${figures[name]}`),
    ...wrong.slice(0, MOST_EXAMPLES),
    ...(demands.scripted ? ends.others.slice(0, MOST_EXAMPLES) : []),
    ...(demands.struck && figures.struck === 0 ? ['no fault struck: nothing was tried'] : []),
    ...(figures.calls === 0 ? ['nobody was called'] : []),
  ];
  return { figures, problems };
}

function strikes({ carrierLog, google }: Gathered): number {
  const refused = Object.entries(google.answers).filter(([status]) => Number(status) >= 400);
  const ofGoogle = refused.reduce((sum, [, n]) => sum + n, 0);
  return carrierLog.filter(({ kind }) => kind === 'fault').length + ofGoogle;
}

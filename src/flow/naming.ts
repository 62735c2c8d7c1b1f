import type { Token } from './normalise.ts';
import type { Found } from './scan.ts';

const CALLS: ReadonlySet<string> = new Set(['call', 'calling']);

/** "Stop calling me Bob, call me Robert" is about a name. */
export function asksForAName(tokens: readonly Token[]): boolean {
  const calls = tokens.filter(({ text }, at) => CALLS.has(text) && tokens[at + 1]?.text === 'me');
  return calls.length > 1 || (calls.length > 0 && tokens.some(({ text }) => text === 'instead'));
}

/**
 * The "do not call me" of "do not call me Bob": one last word, which is neither when, how nor to
 * whom it is said. When in doubt it is no name, for an opt-out must not be missed.
 */
export function refusesAName(match: Found, tokens: readonly Token[]): boolean {
  const me = tokens[match.end - 1]?.text === 'me' ? match.end - 1 : match.end;
  const name = tokens[me + 1];
  if (tokens[me]?.text !== 'me' || !CALLS.has(tokens[me - 1]?.text ?? '')) return false;
  if (name === undefined || name.clause !== tokens[me]?.clause) return false;
  const after = tokens[me + 2];
  if (TITLES.has(name.text)) return after !== undefined;
  return after?.clause !== name.clause && !AFTER_ME.has(name.text) && !/ly$|^\d/.test(name.text);
}

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const TITLES = list('mr mrs ms miss dr doctor');
const AFTER_ME = list(`
  again anymore more ever never anytime anyhow anyway anywhere always forever now today tonight
  tomorrow later soon early late often twice once everyday everytime nights mornings evenings
  afternoons weekends weekdays sunday monday tuesday wednesday thursday friday saturday sundays
  mondays tuesdays wednesdays thursdays fridays saturdays night morning noon midday midnight
  christmas easter then here there home back up out off please thanks thank ok okay alright right
  sir maam madam mam man mate dude bro brother buddy pal lady guys folks people everybody everyone
  yall you all this that it period seriously instead first either too though already yet still
  nonstop incessantly but and because whatever whenever or no yes yeah stop enough god jesus
  damn asshole assholes bastard bastards idiot idiots jerk jerks scammer scammers
`);

/** What a carrier keeps for itself: the message that is nothing but this word (CTIA, Twilio's defaults). */
const STOP = 'stop stopall unsubscribe cancel end quit revoke optout'.split(' ');
/** YES is in Twilio's list too, but it answers our own questions: it lifts nothing. */
const START = 'start unstop'.split(' ');
const HELP = 'help info'.split(' ');

export type Keyword = 'stop' | 'start' | 'help';

/**
 * A message that the carrier answers by itself, and we never. `optOutType` is what Twilio says
 * itself when Advanced Opt-Out is on, in any language.
 */
export function keywordOf(body: string, optOutType: string): Keyword | null {
  const said = optOutType.toLowerCase();
  if (said === 'stop' || said === 'start' || said === 'help') return said;
  const word = body
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '')
    .replaceAll(/[\s-]/g, '');
  if (STOP.includes(word)) return 'stop';
  if (START.includes(word)) return 'start';
  return HELP.includes(word) ? 'help' : null;
}

/** A phone that asks again after two answers is not satisfied by a third. */
export const SCREENINGS_MAX = 2;

/** What telephones that screen calls ask (Google's and Apple's call screening, carriers' own). */
const ASKED = [
  /\b(?:say|state|record|give|tell me|with) your name\b/,
  /\byour name and (?:the )?(?:reason|why)\b/,
  /\breason (?:for|you are|you're|youre) call/,
  /\b(?:screening service|call assist|call screen)/,
  /\bperson you(?:'re| are|re) (?:calling|trying to reach)\b/,
  /\bif you record your name\b/,
];

/** Whether these words are a phone's question who is calling, and no answer to ours. */
export function isScreening(text: string): boolean {
  const words = text.toLowerCase().replaceAll('\u2019', "'");
  return ASKED.some((pattern) => pattern.test(words));
}

/** United States and Canada, per segment: Twilio's list price and the networks' fees, 2026. */
const NORTH_AMERICA_MICROS = 13_000;
/** Prices elsewhere run from a cent to a dime. */
const ELSEWHERE_MICROS = 80_000;

/** What the segments of a text to that number are held to cost, in millionths of a US dollar. */
export function textMicros(e164: string, segments: number): number {
  return segments * (e164.startsWith('+1') ? NORTH_AMERICA_MICROS : ELSEWHERE_MICROS);
}

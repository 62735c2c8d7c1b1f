/** What a call is held to cost before it is known to last longer. */
export const FIRST_MINUTE_SECONDS = 60;

/** United States and Canada, per started minute: Twilio's list price for outbound calls, 2026. */
const NORTH_AMERICA_MICROS = 14_000;
/** Prices elsewhere run from a cent to a dollar; the carrier's own price corrects it later. */
const ELSEWHERE_MICROS = 100_000;

/** Calls to a number in the United States, per started minute. */
export const INBOUND_MICROS = 8_500;

/** What a started minute of a call to that number is held to cost. */
export function outboundMicros(e164: string): number {
  return e164.startsWith('+1') ? NORTH_AMERICA_MICROS : ELSEWHERE_MICROS;
}

/** An estimate in millionths of a US dollar; the carrier bills each started minute. */
export function estimateCostMicros(e164: string, seconds: number): number {
  return Math.ceil(seconds / 60) * outboundMicros(e164);
}

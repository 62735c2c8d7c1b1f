/** How much of the pace is used, from 0 to 1, at this time (epoch ms). */
export type QueueBrake = { readonly factor: number; readonly at: number };

export const NO_BRAKE: QueueBrake = { factor: 1, at: 0 };

/** A call that waited longer than this, and than three calls take, met a queue at the carrier. */
const QUEUE_MS = 2000;
const QUEUE_CALLS = 3;
const LOWER = 0.8;
const LEAST = 0.3;
/** Calls that waited in the same queue brake once. */
const LOWER_ONCE_MS = 2000;
/** From the least back to the whole pace in a bit more than two minutes. */
const RAISE_PER_SECOND = 0.005;

/**
 * Twilio never refuses calls above the pace, it queues them: `queue_time` is the only sign that its
 * pace is lower than we believe. The pace sinks while it is high, and comes back slowly.
 */
export function brakeOn(
  brake: QueueBrake,
  queueTimeMs: number,
  now: number,
  callsPerSecond: number,
): QueueBrake {
  const isQueued = queueTimeMs > Math.max(QUEUE_MS, (QUEUE_CALLS * 1000) / callsPerSecond);
  if (!isQueued || now < brake.at + LOWER_ONCE_MS) return brake;
  return { factor: Math.max(LEAST, paceFactor(brake, now) * LOWER), at: now };
}

export function paceFactor(brake: QueueBrake, now: number): number {
  const seconds = Math.max(0, now - brake.at) / 1000;
  return Math.min(1, brake.factor + seconds * RAISE_PER_SECOND);
}

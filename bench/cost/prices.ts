/** What Cloudflare bills, counted in one step of the work. */
export type Operations = {
  /** Worker requests: HTTP, and each batch of a queue. */
  requests: number;
  /** Each call of an object's method, and each alarm. */
  objectRequests: number;
  /** Of objects and D1 alike. */
  rowsRead: number;
  rowsWritten: number;
  /** A message is written, read and deleted. */
  queueOperations: number;
  /** R2: PUT and LIST; GET and HEAD. */
  storeWrites: number;
  storeReads: number;
  /** Gigabyte seconds that objects were at work, 128 MB each. */
  objectGigabyteSeconds: number;
};

/**
 * US dollars for a million of each, beyond what the paid plan includes
 * (developers.cloudflare.com/workers/platform/pricing, /r2/pricing, /queues/platform/pricing).
 */
export const PRICE_PER_MILLION: Readonly<Record<keyof Operations, number>> = {
  requests: 0.3,
  objectRequests: 0.15,
  rowsRead: 0.001,
  rowsWritten: 1,
  queueOperations: 0.4,
  storeWrites: 4.5,
  storeReads: 0.36,
  objectGigabyteSeconds: 12.5,
};
export const CPU_PRICE_PER_MILLION_MS = 0.02;

export const NO_OPERATIONS: Operations = {
  ...{ requests: 0, objectRequests: 0, rowsRead: 0, rowsWritten: 0, queueOperations: 0 },
  ...{ storeWrites: 0, storeReads: 0, objectGigabyteSeconds: 0 },
};

export function dollarsOf(operations: Operations): number {
  return (Object.keys(PRICE_PER_MILLION) as (keyof Operations)[]).reduce(
    (sum, name) => sum + (operations[name] * PRICE_PER_MILLION[name]) / 1_000_000,
    0,
  );
}

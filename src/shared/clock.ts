/** The time and the waiting of the world outside; pure rooms take numbers instead. */
export type Clock = {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

/** Fills the buffer with cryptographically strong random bytes and returns it. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

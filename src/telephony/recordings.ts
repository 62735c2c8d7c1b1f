/** Sound that the carrier has recorded. */
export type RecordedSound = {
  readonly body: ReadableStream<Uint8Array>;
  /** Null when the carrier did not say. */
  readonly bytes: number | null;
};

/** One account's recordings. Throws `carrier_failed`. */
export type RecordingSource = {
  /** WAV; null while the carrier has it not ready, or has it no more. */
  readonly open: (sid: string, channels: number) => Promise<RecordedSound | null>;
  /** One that is gone already is no error. */
  readonly delete: (sid: string) => Promise<void>;
};

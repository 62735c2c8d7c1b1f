/** A page's line to the carrier. One call at a time. */
export type Softphone = {
  /** Calls in with a ticket of the desk; resolves when the carrier has taken the call. */
  readonly connect: (ticket: string) => Promise<void>;
  readonly mute: (isMuted: boolean) => void;
  readonly sendDigits: (digits: string) => void;
  readonly hangUp: () => void;
  /** Called when a call that was connected is over, whoever ended it. */
  readonly onEnd: (listener: () => void) => void;
};

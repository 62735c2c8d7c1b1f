export type ParticipantChange = {
  readonly muted?: boolean;
  readonly hold?: { readonly musicUrl: string } | false;
  readonly endsConference?: boolean;
};
export type NewParticipant = {
  /** E.164. */
  readonly to: string;
  readonly from: string;
  readonly label: string;
  readonly timeoutSeconds: number;
  readonly timeLimitSeconds: number;
  readonly endsConference: boolean;
};

/** Rooms of one account. Nothing here is sent twice by the implementation. */
export type ConferenceRooms = {
  /** False when the room or its participant is gone. Throws `carrier_failed`. */
  readonly change: (
    conferenceSid: string,
    callSid: string,
    change: ParticipantChange,
  ) => Promise<boolean>;
  /** Calls a number into the room; the SID of its leg. Throws `carrier_failed`. */
  readonly call: (conferenceSid: string, participant: NewParticipant) => Promise<string>;
};

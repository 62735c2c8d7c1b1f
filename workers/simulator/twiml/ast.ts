export type Method = 'GET' | 'POST';

export type Say = {
  readonly verb: 'Say';
  readonly text: string;
  readonly voice: string;
  readonly language: string;
  /** 0 means as long as the carrier allows (1000 times). */
  readonly loop: number;
};
export type Play = {
  readonly verb: 'Play';
  readonly url: string;
  readonly loop: number;
  /** Tones to send instead of, or before, a file. */
  readonly digits: string;
};
export type Pause = { readonly verb: 'Pause'; readonly seconds: number };
export type Prompt = Say | Play | Pause;

export type Gather = {
  readonly verb: 'Gather';
  readonly dtmf: boolean;
  readonly speech: boolean;
  /** Without one the document's own URL is asked again. */
  readonly action: string | undefined;
  readonly method: Method;
  readonly timeoutSeconds: number;
  /** undefined: the same as timeoutSeconds. */
  readonly speechTimeout: number | 'auto' | undefined;
  readonly maxSpeechSeconds: number;
  readonly numDigits: number;
  readonly finishOnKey: string;
  readonly actionOnEmptyResult: boolean;
  readonly bargeIn: boolean;
  readonly hints: string;
  readonly language: string;
  readonly prompts: readonly Prompt[];
};
export type Redirect = { readonly verb: 'Redirect'; readonly url: string; readonly method: Method };
export type Hangup = { readonly verb: 'Hangup' };
export type Reject = { readonly verb: 'Reject'; readonly reason: 'rejected' | 'busy' };
export type RecordingCallback = {
  readonly url: string;
  readonly method: Method;
  readonly events: readonly RecordingEvent[];
};
export type RecordingEvent = 'in-progress' | 'completed' | 'absent';
/** Records what the caller says until he stops; an empty recording goes on with the next verb. */
export type Record = {
  readonly verb: 'Record';
  readonly action: string | undefined;
  readonly method: Method;
  readonly timeoutSeconds: number;
  readonly maxLengthSeconds: number;
  readonly finishOnKey: string;
  readonly playBeep: boolean;
  readonly callback: RecordingCallback | undefined;
};
/** Records the whole call from here on, beside everything else. */
export type StartRecording = {
  readonly verb: 'StartRecording';
  readonly channels: 1 | 2;
  readonly callback: RecordingCallback | undefined;
};
export type DialedNumber = {
  readonly number: string;
  readonly callback:
    | { readonly url: string; readonly method: Method; readonly events: readonly string[] }
    | undefined;
};
export type Dial = {
  readonly verb: 'Dial';
  readonly action: string | undefined;
  readonly method: Method;
  readonly timeoutSeconds: number;
  readonly timeLimitSeconds: number;
  readonly callerId: string | undefined;
  /** All ring at once; the first that answers has the caller. */
  readonly numbers: readonly DialedNumber[];
};
export type Conference = {
  readonly name: string;
  readonly muted: boolean;
  readonly startsOnEnter: boolean;
  readonly endsOnExit: boolean;
  readonly label: string;
  /** SID of the call that alone hears this one. */
  readonly coach: string | undefined;
  /** Undefined: the carrier's own music; empty: silence. */
  readonly waitUrl: string | undefined;
  readonly waitMethod: Method;
  readonly callback:
    | { readonly url: string; readonly method: Method; readonly events: readonly string[] }
    | undefined;
};
/** Puts the call into a room with others, until one side of it ends. */
export type DialConference = {
  readonly verb: 'DialConference';
  readonly action: string | undefined;
  readonly method: Method;
  readonly timeLimitSeconds: number;
  readonly conference: Conference;
};
/** A verb that the carrier has and this stand-in does not play yet. */
export type Unsupported = { readonly verb: 'Unsupported'; readonly name: string };

export type Verb =
  | Prompt
  | Gather
  | Record
  | StartRecording
  | Dial
  | DialConference
  | Redirect
  | Hangup
  | Reject
  | Unsupported;
export type Document = { readonly verbs: readonly Verb[] };

/** A document that the carrier would complain about; `code` is Twilio's error number. */
export class TwimlError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

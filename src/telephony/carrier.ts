import type { ErrorClass } from './error-classes.ts';
import type { CallStatus, TerminalStatus } from './status.ts';

export type MachineDetection = {
  readonly mode: 'Enable' | 'DetectMessageEnd';
  /** 3 to 60. */
  readonly timeoutSeconds?: number;
  /** Set: detection runs beside the call and reports here; unset: the call waits for it. */
  readonly asyncCallback?: string;
};

export type CreateCallInput = {
  /** E.164. */
  readonly to: string;
  readonly from: string;
  readonly url: string;
  readonly fallbackUrl?: string;
  readonly statusCallback: string;
  /** How long it may ring: 15 (47 CFR 64.1200(a)(6)) to 600. */
  readonly timeoutSeconds: number;
  /** The longest a call may last. */
  readonly timeLimitSeconds: number;
  readonly machineDetection?: MachineDetection;
  readonly record?: { readonly channels: 'mono' | 'dual'; readonly statusCallback: string };
};

export type CarrierRefusal = {
  readonly errorClass: ErrorClass;
  /** The carrier's own number; null when its answer carried none. */
  readonly code: number | null;
  readonly httpStatus: number;
  readonly message: string;
};

export type CreateCallResult =
  | {
      readonly kind: 'accepted';
      readonly sid: string;
      readonly status: CallStatus;
      readonly queueTimeMs: number;
    }
  /** Too many requests at once: never processed, may be sent again. */
  | { readonly kind: 'rate_limited'; readonly code: number | null; readonly message: string }
  | ({ readonly kind: 'rejected' } & CarrierRefusal)
  /** There may or may not be a call: must not be sent again, only looked up. */
  | { readonly kind: 'unknown'; readonly reason: string };

export type UpdateCallResult =
  | { readonly kind: 'updated'; readonly status: CallStatus }
  /** The call had ended, or had been answered when it was to be canceled. */
  | { readonly kind: 'too_late' }
  | { readonly kind: 'rate_limited'; readonly code: number | null; readonly message: string }
  | ({ readonly kind: 'rejected' } & CarrierRefusal)
  | { readonly kind: 'unknown'; readonly reason: string };

export type CallUpdate =
  | { readonly status: Extract<TerminalStatus, 'canceled' | 'completed'> }
  | { readonly url: string };

/** A call as the carrier remembers it. Times are epoch ms. */
export type CarrierCall = {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly status: CallStatus;
  readonly direction: string;
  readonly createdAt: number | null;
  /** null until the call leaves the carrier's queue. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly durationSeconds: number | null;
  /** Decimal text, negative for a charge, e.g. `-0.00850`; null until it is known. */
  readonly price: string | null;
  /** ISO 4217. */
  readonly priceUnit: string | null;
  readonly queueTimeMs: number;
};

/** One account at a phone company. Nothing here is ever sent twice by the implementation. */
export type Carrier = {
  readonly createCall: (input: CreateCallInput) => Promise<CreateCallResult>;
  /** null when there is no such call. Throws `carrier_failed`. */
  readonly fetchCall: (sid: string) => Promise<CarrierCall | null>;
  /**
   * All calls of the account to a number, in every status; with `startedAfter` (epoch ms) without
   * those known to be older. Throws `carrier_failed` unless the listing is complete.
   */
  readonly listCalls: (query: {
    readonly to: string;
    readonly startedAfter?: number;
  }) => Promise<CarrierCall[]>;
  readonly updateCall: (sid: string, update: CallUpdate) => Promise<UpdateCallResult>;
};

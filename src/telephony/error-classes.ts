import type { TerminalStatus } from './status.ts';

/**
 * What an error says about trying again: `contact` never this number, `account` nothing of this
 * campaign until someone acts, `retryable` later, `bug` ours to mend.
 */
export type ErrorClass = 'contact' | 'account' | 'retryable' | 'bug';

/** Twilio warns that meanings change: the table is data. Source: twilio.com/docs/api/errors. */
const CODES: Readonly<Record<ErrorClass, readonly number[]>> = {
  contact: [
    13223, 13224, 13225, 13226, 21211, 21214, 21216, 21217, 21610, 21614, 30004, 30005, 30006,
  ],
  account: [
    10001, 10002, 20003, 20008, 20403, 21205, 21210, 21212, 21213, 21215, 21219, 21408, 21606,
    21608, 22005, 30007, 30034, 30450,
  ],
  retryable: [10004, 20429, 21611, 30001, 30003, 30008, 30036],
  bug: [11200, 11205, 12100, 12300, 13325, 13420, 13520, 15003, 15004, 21220],
};

const CLASS_BY_CODE: ReadonlyMap<number, ErrorClass> = new Map(
  (Object.keys(CODES) as ErrorClass[]).flatMap((name) =>
    CODES[name].map((code) => [code, name] as const),
  ),
);

/** `code` null: the answer carried none, its HTTP status decides. */
export function classifyError(code: number | null, httpStatus: number): ErrorClass {
  const known = code === null ? undefined : CLASS_BY_CODE.get(code);
  if (known !== undefined) return known;
  if (httpStatus === 401 || httpStatus === 403 || httpStatus === 404) return 'account';
  return httpStatus === 429 || httpStatus >= 500 ? 'retryable' : 'bug';
}

/** How an attempt ended, for the retry schedule. */
export type EndClass = 'answered' | 'canceled' | 'retry' | 'contact' | 'account' | 'bug';

const END_BY_ERROR: Readonly<Record<ErrorClass, EndClass>> = {
  contact: 'contact',
  account: 'account',
  retryable: 'retry',
  bug: 'bug',
};

const END_BY_STATUS: Readonly<Record<Exclude<TerminalStatus, 'failed'>, EndClass>> = {
  completed: 'answered',
  canceled: 'canceled',
  busy: 'retry',
  'no-answer': 'retry',
};

/** Not found, gone, address incomplete, does not exist anywhere (RFC 3261 section 21). */
const SIP_CONTACT: ReadonlySet<number> = new Set([404, 410, 484, 604]);

/**
 * `failed` usually means a bad number, but only an error code or a SIP answer that says so ends
 * the contact; without one it is worth one of the retries left.
 */
export function classifyEnd(end: {
  readonly status: TerminalStatus;
  readonly sipCode?: number | undefined;
  readonly errorCode?: number | undefined;
}): EndClass {
  if (end.status !== 'failed') return END_BY_STATUS[end.status];
  const error = end.errorCode === undefined ? undefined : CLASS_BY_CODE.get(end.errorCode);
  if (error !== undefined) return END_BY_ERROR[error];
  return end.sipCode !== undefined && SIP_CONTACT.has(end.sipCode) ? 'contact' : 'retry';
}

/** The same by the code that the ledger keeps: Twilio's error number, or `sip_<code>` of the last status. */
export function classifyEndByCode(status: TerminalStatus, errorCode: string | null): EndClass {
  const [, sip, code] = /^(?:sip_(\d+)|(\d+))$/.exec(errorCode ?? '') ?? [];
  return classifyEnd({
    status,
    sipCode: sip === undefined ? undefined : Number(sip),
    errorCode: code === undefined ? undefined : Number(code),
  });
}

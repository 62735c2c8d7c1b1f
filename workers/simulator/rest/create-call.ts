import type { CallbackEvent, CallRequest, MachineDetection } from '../carrier/types.ts';
import type { Method } from '../twiml/ast.ts';
import { type TwilioCode, TwilioError } from './errors.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const EVENTS: readonly CallbackEvent[] = ['initiated', 'ringing', 'answered', 'completed'];
const MAX_TWIML_CHARACTERS = 4000;

/** Twilio's magic numbers: they fail for everybody, always in the same way. */
const MAGIC_TO: Readonly<Record<string, TwilioCode>> = {
  '+15005550001': 21217,
  '+15005550002': 21214,
  '+15005550003': 21215,
  '+15005550004': 21216,
};
const MAGIC_FROM_INVALID = '+15005550001';
const MAGIC_FROM_VALID = '+15005550006';

/** Reads the form of `POST Calls.json`; `numbers` are the account's own (any if empty). */
export function readCreateCall(form: URLSearchParams, numbers: readonly string[]): CallRequest {
  const { to, from } = readParties(form, numbers);
  const url = optional(form, 'Url');
  const twiml = optional(form, 'Twiml');
  if (url === undefined && twiml === undefined) throw new TwilioError(21205);
  if (url !== undefined && !isAbsolute(url)) throw new TwilioError(21205, url);
  if (twiml !== undefined && twiml.length > MAX_TWIML_CHARACTERS) {
    throw new TwilioError(20001, `Twiml is longer than ${MAX_TWIML_CHARACTERS} characters`);
  }
  const fallbackUrl = optional(form, 'FallbackUrl');
  if (fallbackUrl !== undefined && !isAbsolute(fallbackUrl))
    throw new TwilioError(21205, fallbackUrl);
  const statusCallback = optional(form, 'StatusCallback');
  if (statusCallback !== undefined && !isCallbackUrl(statusCallback)) {
    throw new TwilioError(21609, statusCallback);
  }
  return {
    to,
    from,
    url,
    method: readMethod(form, 'Method'),
    twiml,
    fallbackUrl,
    fallbackMethod: readMethod(form, 'FallbackMethod'),
    statusCallback,
    statusCallbackMethod: readMethod(form, 'StatusCallbackMethod'),
    statusCallbackEvents: readEvents(form),
    timeoutSeconds: readSeconds(form, 'Timeout', 60, 1, 600),
    timeLimitSeconds: readSeconds(form, 'TimeLimit', 14_400, 1, 86_400),
    machineDetection: readDetection(form),
    record: readRecord(form),
    direction: 'outbound-api',
  };
}

function readDetection(form: URLSearchParams): MachineDetection | undefined {
  const mode = optional(form, 'MachineDetection');
  if (mode === undefined) return undefined;
  if (mode !== 'Enable' && mode !== 'DetectMessageEnd') {
    throw new TwilioError(20001, 'MachineDetection must be Enable or DetectMessageEnd');
  }
  const timeoutSeconds = readSeconds(form, 'MachineDetectionTimeout', 30, 3, 60);
  if (optional(form, 'AsyncAmd') !== 'true')
    return { mode, timeoutSeconds, asyncCallback: undefined };
  const url = optional(form, 'AsyncAmdStatusCallback');
  if (url !== undefined && !isCallbackUrl(url)) throw new TwilioError(21609, url);
  const method = readMethod(form, 'AsyncAmdStatusCallbackMethod');
  // Without a callback nobody hears the verdict (warning 21262).
  return { mode, timeoutSeconds, asyncCallback: { url: url ?? '', method } };
}

function readRecord(form: URLSearchParams): CallRequest['record'] {
  if (optional(form, 'Record') !== 'true') return undefined;
  const channels = optional(form, 'RecordingChannels') === 'dual' ? 2 : 1;
  const url = optional(form, 'RecordingStatusCallback');
  if (url === undefined) return { channels, callback: undefined };
  const method = readMethod(form, 'RecordingStatusCallbackMethod');
  const named = (optional(form, 'RecordingStatusCallbackEvent') ?? 'completed').split(/\s+/);
  const events = (['in-progress', 'completed', 'absent'] as const).filter((event) =>
    named.includes(event),
  );
  return { channels, callback: { url, method, events } };
}

export function readMethod(form: URLSearchParams, name: string): Method {
  const method = (optional(form, name) ?? 'POST').toUpperCase();
  if (method === 'GET' || method === 'POST') return method;
  throw new TwilioError(20001, `${name} must be GET or POST`);
}

export function isAbsolute(url: string): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? '');
}

function readParties(form: URLSearchParams, numbers: readonly string[]) {
  const to = optional(form, 'To');
  if (to === undefined) throw new TwilioError(21201);
  const from = optional(form, 'From');
  if (from === undefined) throw new TwilioError(21213);
  if (from === MAGIC_FROM_INVALID || !E164.test(from)) throw new TwilioError(21212, from);
  const isOwn = numbers.length === 0 || numbers.includes(from) || from === MAGIC_FROM_VALID;
  if (!isOwn) throw new TwilioError(21210, from);
  const magic = MAGIC_TO[to];
  if (magic !== undefined) throw new TwilioError(magic, to);
  if (!E164.test(to)) throw new TwilioError(21211, to);
  return { to, from };
}

/** The parameter is repeated, not separated by commas or spaces; default: only the end. */
function readEvents(form: URLSearchParams): CallbackEvent[] {
  const named = form.getAll('StatusCallbackEvent');
  if (named.length === 0) return ['completed'];
  return EVENTS.filter((event) => named.includes(event));
}

function readSeconds(
  form: URLSearchParams,
  name: string,
  fallback: number,
  low: number,
  high: number,
): number {
  const raw = optional(form, name);
  if (raw === undefined) return fallback;
  const seconds = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
  if (seconds >= low && seconds <= high) return seconds;
  throw new TwilioError(20001, `${name} must be ${low} to ${high} seconds`);
}

/** Twilio refuses callback hosts with an underscore. */
function isCallbackUrl(url: string): boolean {
  return isAbsolute(url) && !(URL.parse(url)?.hostname ?? '').includes('_');
}

function optional(form: URLSearchParams, name: string): string | undefined {
  return form.get(name)?.trim() || undefined;
}

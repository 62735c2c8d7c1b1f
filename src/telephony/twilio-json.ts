import type { CarrierCall } from './carrier.ts';
import { isCallStatus } from './status.ts';

type Fields = Readonly<Record<string, unknown>>;

export function parseFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** Twilio's error body: `{code, message, more_info, status}`; proxies in between send others. */
export function parseError(
  fields: Fields | null,
  httpStatus: number,
): { code: number | null; message: string } {
  const code = fields?.code;
  const message = fields?.message;
  return {
    code: typeof code === 'number' ? code : null,
    message: typeof message === 'string' ? message : `Twilio answered HTTP ${httpStatus}.`,
  };
}

/** null when the object is not a call resource of the 2010-04-01 API. */
export function parseCall(fields: unknown): CarrierCall | null {
  if (typeof fields !== 'object' || fields === null) return null;
  const { sid, to, from, status, direction, ...rest } = fields as Fields;
  if (typeof sid !== 'string' || !/^CA[0-9a-fA-F]{32}$/.test(sid)) return null;
  if (!isCallStatus(status)) return null;
  return {
    sid,
    status,
    to: text(to) ?? '',
    from: text(from) ?? '',
    direction: text(direction) ?? '',
    createdAt: time(rest.date_created),
    startedAt: time(rest.start_time),
    endedAt: time(rest.end_time),
    durationSeconds: number(rest.duration),
    price: text(rest.price),
    priceUnit: text(rest.price_unit),
    queueTimeMs: number(rest.queue_time) ?? 0,
  };
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Numbers come as strings. */
function number(value: unknown): number | null {
  const parsed = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : null;
}

/** RFC 2822, e.g. `Tue, 31 Aug 2010 20:36:28 +0000`. */
function time(value: unknown): number | null {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

import { and, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { call } from '../db/schema/call.ts';
import { DestinyError } from '../shared/errors.ts';
import { CALL_STATUSES, type CallStatus } from '../telephony/status.ts';

export type FindCalls = {
  readonly campaignId?: string | undefined;
  /** E.164 of who was called, or who called. */
  readonly number?: string | undefined;
  readonly twilioSid?: string | undefined;
  readonly contactId?: string | undefined;
  /** Epoch ms; begun at or after, and before. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly direction?: 'outbound' | 'inbound' | undefined;
  readonly status?: readonly CallStatus[] | undefined;
  readonly outcome?: string | undefined;
  /** Stands in a value of the contact's fields, or in its externalId. */
  readonly contact?: string | undefined;
  /** Digits that stand anywhere in the number of who was called or who called. */
  readonly digits?: string | undefined;
};

/** `narrow` is answered by an index; `wide` is asked of each call that is looked at. */
export type CallConditions = { readonly narrow: SQL | undefined; readonly wide: SQL | undefined };

export function conditionsOf(input: FindCalls): CallConditions {
  const given = <T>(value: T | undefined, condition: (value: T) => SQL) =>
    value === undefined ? undefined : condition(value);
  return {
    narrow: and(
      given(input.campaignId, (id) => eq(call.campaignId, id)),
      given(input.number, (e164) => eq(call.peer, e164)),
      given(input.contactId, (id) => eq(call.contactId, id)),
      given(input.twilioSid, (sid) => eq(call.twilioSid, sid)),
      given(input.from, (at) => gte(call.createdAt, at)),
      given(input.to, (at) => lt(call.createdAt, at)),
    ),
    wide: and(
      given(input.direction, (direction) => eq(call.direction, direction)),
      given(input.status, (statuses) => inArray(call.status, [...statuses])),
      given(input.outcome, (outcome) => eq(call.outcome, outcome)),
      given(input.contact, isAbout),
      given(input.digits, (digits) => sql`instr(${call.peer}, ${digits}) > 0`),
    ),
  };
}

/** Letters of the Latin alphabet are looked for in both cases. */
function isAbout(text: string): SQL {
  return sql`EXISTS (SELECT 1 FROM contact AS c
    WHERE c.tenant_id = call.tenant_id AND c.id = call.contact_id AND (
      instr(lower(c.external_id), lower(${text})) > 0
      OR (instr(lower(c.fields), lower(${text})) > 0 AND EXISTS (
        SELECT 1 FROM json_each(c.fields) AS f WHERE instr(lower(f.value), lower(${text})) > 0))))`;
}

/** Filters as the API takes them. */
export function readFilters(
  query: Omit<FindCalls, 'status' | 'digits'> & { readonly status?: string | undefined },
): FindCalls {
  const { number, status, ...rest } = query;
  const digits = number?.replaceAll(/[^\d+]/g, '');
  const isWhole = digits !== undefined && /^\+\d{8,15}$/.test(digits);
  return {
    ...rest,
    ...(status === undefined ? {} : { status: status.split(',').map(statusOf) }),
    ...(digits === undefined ? {} : isWhole ? { number: digits } : { digits }),
  };
}

function statusOf(word: string): CallStatus {
  const status = CALL_STATUSES.find((known) => known === word);
  if (status !== undefined) return status;
  const known = CALL_STATUSES.join(', ');
  throw new DestinyError('invalid_input', `"${word}" is no status of a call; write ${known}.`);
}

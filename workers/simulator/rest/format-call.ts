import { type CallRow, queueTimeMs } from '../carrier/calls.ts';
import { API_VERSION, rfc2822 } from '../carrier/params.ts';

const PRICE_A_MINUTE = 0.014;
/** Twilio adds the price some time after the call; the application must not count on it at once. */
const PRICE_DELAY_MS = 60_000;
const SUBRESOURCES =
  'events notifications payments recordings siprec streams transcriptions ' +
  'user_defined_message_subscriptions user_defined_messages';

/** A call as Twilio's REST API writes it. */
export function formatCall(row: CallRow, accountSid: string, now: number) {
  const uri = `/${API_VERSION}/Accounts/${accountSid}/Calls/${row.sid}`;
  const changedAt = row.endedAt ?? row.answeredAt ?? row.startedAt ?? row.createdAt;
  return {
    account_sid: accountSid,
    annotation: null,
    answered_by: null,
    api_version: API_VERSION,
    caller_name: null,
    date_created: rfc2822(row.createdAt),
    date_updated: rfc2822(changedAt),
    direction: row.request.direction === 'inbound' ? 'inbound' : 'outbound-api',
    duration: row.durationSeconds === null ? null : String(row.durationSeconds),
    end_time: row.endedAt === null ? null : rfc2822(row.endedAt),
    forwarded_from: null,
    from: row.from,
    from_formatted: formatNumber(row.from),
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: formatPrice(row, now),
    price_unit: 'USD',
    queue_time: String(queueTimeMs(row)),
    sid: row.sid,
    start_time: row.startedAt === null ? null : rfc2822(row.startedAt),
    // The resource has no `initiated`; only callbacks do.
    status: row.status === 'initiated' ? 'queued' : row.status,
    subresource_uris: Object.fromEntries(
      SUBRESOURCES.split(' ').map((name) => [name, `${uri}/${pascal(name)}.json`]),
    ),
    to: row.to,
    to_formatted: formatNumber(row.to),
    trunk_sid: null,
    uri: `${uri}.json`,
  };
}

function formatPrice(row: CallRow, now: number): string | null {
  if (row.endedAt === null || now < row.endedAt + PRICE_DELAY_MS) return null;
  const minutes = Math.ceil((row.durationSeconds ?? 0) / 60);
  return minutes === 0 ? null : (-minutes * PRICE_A_MINUTE).toFixed(5);
}

function formatNumber(number: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts === null ? number : `(${parts[1]}) ${parts[2]}-${parts[3]}`;
}

function pascal(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

import type { Input } from '../../api/client.ts';
import { kept, oneIn, textIn } from '../../lib/search.ts';

export const STATUSES = [
  { value: 'open', label: 'In progress', asked: 'queued,initiated,ringing,in-progress' },
  { value: 'completed', label: 'Completed', asked: 'completed' },
  { value: 'no-answer', label: 'No answer', asked: 'no-answer' },
  { value: 'busy', label: 'Busy', asked: 'busy' },
  { value: 'failed', label: 'Failed', asked: 'failed' },
  { value: 'canceled', label: 'Taken back', asked: 'canceled' },
] as const;
export const DIRECTIONS = [
  { value: 'outbound', label: 'Calls out' },
  { value: 'inbound', label: 'Calls in' },
] as const;

export type CallSearch = ReturnType<typeof callSearch>;

/** Filters of the calls page as they stand in its address. */
export function callSearch(search: Readonly<Record<string, unknown>>) {
  const day = (key: string) => {
    const value = textIn(search, key);
    return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
  };
  return kept({
    campaign: textIn(search, 'campaign'),
    direction: oneIn(search, 'direction', ['outbound', 'inbound']),
    status: oneIn(
      search,
      'status',
      STATUSES.map(({ value }) => value),
    ),
    outcome: textIn(search, 'outcome'),
    number: textIn(search, 'number'),
    from: day('from'),
    to: day('to'),
  });
}

/** The same as GET /calls takes them; a number of Twilio's own kind is looked for as such. */
export function callFilters(search: CallSearch): NonNullable<Input<'exportCalls'>['query']> {
  const { campaign, direction, outcome, number, from, to } = search;
  const status = STATUSES.find(({ value }) => value === search.status)?.asked;
  const isSid = number !== undefined && /^CA[0-9a-f]{32}$/i.test(number);
  const midnight = (day: string, daysLater = 0) => {
    const date = new Date(`${day}T00:00`);
    // Not 24 hours later: a day on which the clocks change is shorter or longer.
    date.setDate(date.getDate() + daysLater);
    return date.getTime();
  };
  return kept({
    ...{ campaignId: campaign, direction, status, outcome },
    twilioSid: isSid ? number : undefined,
    number: isSid || (number?.length ?? 0) < 3 ? undefined : number,
    from: from === undefined ? undefined : midnight(from),
    to: to === undefined ? undefined : midnight(to, 1),
  });
}

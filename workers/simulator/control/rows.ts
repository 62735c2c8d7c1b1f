import { type CallRow, queueTimeMs } from '../carrier/calls.ts';
import type { StoredEntry } from '../carrier/journal.ts';

export function openEntry({ detail, ...entry }: StoredEntry) {
  return { ...(JSON.parse(detail) as Record<string, unknown>), ...entry };
}

export function compactCall(row: CallRow) {
  const { id, sid, to, from, attempt, status, persona } = row;
  const { createdAt, startedAt, answeredAt, endedAt, durationSeconds } = row;
  const url = row.request.url ?? null;
  const queueTime = queueTimeMs(row);
  const times = { createdAt, startedAt, answeredAt, endedAt, durationSeconds, queueTime };
  const { direction } = row.request;
  return { id, sid, direction, to, from, attempt, status, persona, url, ...times };
}

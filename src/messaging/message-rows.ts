import type { message } from '../db/schema/message.ts';
import type { Statement } from '../db/statement.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import { QUEUE_LEASE_MS } from './jobs.ts';
import { segmentsOf } from './segments.ts';

export type NewText = {
  readonly id: string;
  readonly body: string;
  readonly purpose: (typeof message.$inferSelect)['purpose'];
};

/**
 * Texts that are to be sent, if the thread stands at `step`: whoever was overtaken adds none. With
 * `step` null whatever the thread is at.
 */
export function insertTexts(
  db: TenantDb,
  input: {
    readonly threadId: string;
    readonly step: number | null;
    readonly texts: readonly NewText[];
    readonly callId?: string | null;
    readonly attemptId?: string | null;
    readonly now: number;
  },
): Statement {
  const rows = input.texts.map((text, i) => ({ ...text, ...segmentsOf(text.body), i }));
  const { threadId, step, now } = input;
  const lease = now + QUEUE_LEASE_MS;
  const { callId = null, attemptId = null } = input;
  return db.raw(INSERT, threadId, step, JSON.stringify(rows), now, lease, callId, attemptId);
}

/** One after the other by their times, a millisecond apart. */
const INSERT = `INSERT INTO message (tenant_id, id, thread_id, direction, purpose, from_number,
  to_number, body, encoding, segments, state, call_id, campaign_id, lease_until, created_at,
  attempt_id)
SELECT ?1, value->>'id', t.id, 'outbound', value->>'purpose', t.own_number, t.peer,
  value->>'body', value->>'encoding', value->>'segments', 'waiting', ?7, t.campaign_id, ?6,
  ?5 + (value->>'i'), ?8
FROM thread AS t, json_each(?4)
WHERE t.tenant_id = ?1 AND t.id = ?2 AND t.step = coalesce(?3, t.step)
ON CONFLICT DO NOTHING`;

/** The thread of two numbers, made when there is none; `RETURNING` would be empty for an old one. */
export function upsertThread(
  db: TenantDb,
  input: { readonly id: string; readonly own: string; readonly peer: string; readonly now: number },
): Statement {
  return db.raw(UPSERT_THREAD, input.id, input.own, input.peer, input.now);
}

const UPSERT_THREAD = `INSERT INTO thread
  (tenant_id, id, own_number, peer, step, last_at, created_at)
VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5)
ON CONFLICT (tenant_id, own_number, peer) DO UPDATE SET last_at = max(last_at, excluded.last_at)
RETURNING id`;

import type { Statement } from '../db/statement.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import type { RecordingNote } from './session-types.ts';

/** A row for each recording the carrier told of; named after its SID, so a replay adds nothing. */
export function recordingRows(
  db: TenantDb,
  callId: string,
  notes: readonly RecordingNote[],
): Statement[] {
  if (notes.length === 0) return [];
  const rows = notes.map(({ status, ...note }) => ({
    ...note,
    id: recordingId(note.sid),
    state: status === 'completed' ? 'pending' : status,
    leaseUntil: status === 'completed' ? note.at + FORGOTTEN_AFTER_MS : null,
  }));
  return [db.raw(INSERT_RECORDINGS, callId, JSON.stringify(rows))];
}

/** Its copy is asked for at once; what a queue forgets is asked for again after this time. */
const FORGOTTEN_AFTER_MS = 120_000;

export const recordingId = (sid: string) => `rec_${sid.toLowerCase()}`;

const INSERT_RECORDINGS = `INSERT INTO recording
  (tenant_id, id, call_id, twilio_sid, source, state, duration_seconds, channels, error_code,
   created_at, lease_until)
SELECT ?1, value->>'id', ?2, value->>'sid', value->>'source', value->>'state',
  value->>'durationSeconds', value->>'channels', value->>'errorCode', value->>'at',
  value->>'leaseUntil'
FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING`;

import type { EventStore } from '../db/event-store.ts';
import type { Statement } from '../db/statement.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import { INBOUND_MICROS, outboundMicros } from '../telephony/call-cost.ts';
import { type CallMarks, marksOf } from './call-marks.ts';
import { recordingRows } from './recording-rows.ts';
import type { LedgerReport } from './session-types.ts';

/** More than any call lasts: its events lie this near its end. */
const DAY_MS = 86_400_000;

/** As `applyReports`, for one. */
export function applyReport(
  db: TenantDb,
  events: EventStore,
  report: LedgerReport,
  now: number,
): Promise<void> {
  return applyReports(db, events, [report], now);
}

/**
 * Writes reports of a tenant's sessions into the ledger: all of them cost the database as many
 * questions as one. Everything in it is idempotent: events and utterances by their keys, the call's
 * row by `upTo` (an older report changes nothing).
 */
export async function applyReports(
  db: TenantDb,
  events: EventStore,
  reports: readonly LedgerReport[],
  now: number,
): Promise<void> {
  await events.append(
    reports.flatMap((report) =>
      report.events.map((event) => ({ ...event, callId: report.callId })),
    ),
  );
  const marks = await marksAtEnd(events, reports);
  const statements: Statement[] = [];
  const suppressedAt = new Map<number, string>();
  for (const report of reports) {
    statements.push(...statementsOf(db, report, marks.get(report.callId) ?? null, now));
    if (report.isSuppressed) suppressedAt.set(statements.length - 1, report.callId);
  }
  const results = await db.batch(statements);
  await events.append(
    [...suppressedAt].flatMap(([i, callId]) =>
      (results[i] ?? []).map((row) => ({
        callId,
        source: 'ledger' as const,
        n: 1,
        at: Number(row.at),
        type: 'suppression.added',
        detail: { reason: 'caller_request' },
      })),
    ),
  );
}

/** The last of them tells when the number was suppressed, where the report suppresses it. */
function statementsOf(
  db: TenantDb,
  report: LedgerReport,
  marks: CallMarks | null,
  now: number,
): Statement[] {
  const { callId } = report;
  return [
    ...(report.inbound === null ? [] : openRows(db, callId, report.inbound)),
    ...[UPDATE_AS_BEFORE, UPDATE_CALL].map((sql) => db.raw(sql, ...valuesOf(report, marks))),
    ...(report.utterances.length === 0
      ? []
      : [db.raw(INSERT_UTTERANCES, callId, JSON.stringify(report.utterances))]),
    ...recordingRows(db, callId, report.recordings),
    ...(report.isSuppressed
      ? [db.raw(SUPPRESS_CALLED, callId, now), db.raw(SUPPRESSED_AT, callId)]
      : []),
  ];
}

/** From ?2 on, of both updates of a call's row. */
function valuesOf({ callId, upTo, call }: LedgerReport, marks: CallMarks | null) {
  return [
    callId,
    upTo,
    call.status,
    call.twilioSid,
    call.outcome,
    call.answeredAt,
    call.endedAt,
    call.durationSeconds,
    call.errorCode,
    call.turns,
    call.answeredBy,
    ...(marks === null
      ? [null, null, null, null]
      : [
          ...[marks.isTransferTried, marks.isTransferred, marks.hasFallback].map(Number),
          JSON.stringify(marks.path),
        ]),
    call.status === 'completed' ? Math.ceil((call.durationSeconds ?? 0) / 60) : 0,
    INBOUND_MICROS,
    outboundMicros('+1'),
    outboundMicros(''),
  ];
}

/**
 * Read from the store, not from these reports: a call's events may come in several. A call that is
 * not over has none yet.
 */
async function marksAtEnd(
  events: EventStore,
  reports: readonly LedgerReport[],
): Promise<ReadonlyMap<string, CallMarks>> {
  const ended = reports.flatMap(({ callId, call: { endedAt } }) =>
    endedAt === null ? [] : [{ callId, endedAt }],
  );
  if (ended.length === 0) return new Map();
  const ends = ended.map(({ endedAt }) => endedAt);
  const byCall = await events.readAll(
    ended.map(({ callId }) => callId),
    Math.min(...ends) - DAY_MS,
    Math.max(...ends) + DAY_MS,
  );
  return new Map(ended.map(({ callId }) => [callId, marksOf(byCall.get(callId) ?? [])]));
}

/** A call that came in was in no database before: its session brings its row. */
function openRows(
  db: TenantDb,
  callId: string,
  inbound: NonNullable<LedgerReport['inbound']>,
): Statement[] {
  const { contactId, scriptId, scriptVersion, fromNumber, toNumber, createdAt } = inbound;
  const values = JSON.stringify(inbound.variables);
  return [
    db.raw(
      OPEN_INBOUND,
      ...[callId, contactId, scriptId, scriptVersion, fromNumber, toNumber, createdAt],
    ),
    db.raw(OPEN_SNAPSHOT, callId, values, createdAt),
  ];
}

const OPEN_INBOUND = `INSERT INTO call
  (tenant_id, id, direction, contact_id, script_id, script_version, from_number, to_number, status,
   turns, applied_up_to, created_at)
VALUES (?1, ?2, 'inbound', ?3, ?4, ?5, ?6, ?7, 'queued', 0, 0, ?8) ON CONFLICT DO NOTHING`;

/** Only with a new row, which changes() tells: what was erased since does not come back. */
const OPEN_SNAPSHOT = `INSERT INTO snapshot (tenant_id, call_id, variables, taken_at)
SELECT ?1, ?2, ?3, ?4 WHERE changes() = 1`;

const UPDATED = `applied_up_to = ?3, status = ?4, outcome = ?6, answered_at = ?7,
  duration_seconds = ?9, error_code = ?10, turns = ?11, answered_by = coalesce(?12, answered_by),
  is_transfer_tried = coalesce(?13, is_transfer_tried),
  is_transferred = coalesce(?14, is_transferred), has_fallback = coalesce(?15, has_fallback),
  path = coalesce(?16, path),
  cost_micros = CASE WHEN is_cost_final THEN cost_micros
    WHEN direction = 'inbound' THEN ?17 * ?18
    WHEN to_number LIKE '+1%' THEN ?17 * ?19 ELSE ?17 * ?20 END`;
const NOT_YET = 'WHERE tenant_id = ?1 AND id = ?2 AND applied_up_to < ?3';

const UPDATE_CALL = `UPDATE call SET ${UPDATED}, twilio_sid = coalesce(twilio_sid, ?5), ended_at = ?8
${NOT_YET}`;

/** SQLite writes an index anew when one of its columns is named, whatever its value becomes. */
const UPDATE_AS_BEFORE = `UPDATE call SET ${UPDATED} ${NOT_YET}
  AND ended_at IS ?8 AND twilio_sid IS coalesce(twilio_sid, ?5)`;

const INSERT_UTTERANCES = `INSERT INTO utterance
  (tenant_id, call_id, turn, step, node, input, text, confidence, at)
SELECT ?1, ?2, value->>'turn', value->>'step', value->>'node', value->>'input', value->>'text',
  value->>'confidence', value->>'at'
FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING`;

const SUPPRESS_CALLED = `INSERT INTO suppression (tenant_id, e164, reason, call_id, created_at)
SELECT ?1, to_number, 'caller_request', id, ?3 FROM call WHERE tenant_id = ?1 AND id = ?2
ON CONFLICT DO NOTHING`;

/** The event's time is the row's: events lie in shards by month, and a replay may come in the next. */
const SUPPRESSED_AT = `SELECT s.created_at AS at FROM call c
JOIN suppression s ON s.tenant_id = c.tenant_id AND s.e164 = c.to_number AND s.call_id = c.id
WHERE c.tenant_id = ?1 AND c.id = ?2`;

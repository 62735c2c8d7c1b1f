import { eq } from 'drizzle-orm';
import { recording } from '../db/schema/recording.ts';
import { DestinyError } from '../shared/errors.ts';
import type { ObjectStore } from '../store/store.ts';
import type { RecordingSource } from '../telephony/recordings.ts';
import type { TenantContext } from '../tenants/context.ts';

/** One message of the `recordings` queue. */
export type RecordingJob = { readonly tenantId: string; readonly recordingId: string };

type RecordingRow = typeof recording.$inferSelect;

/** A copy is made in less; who died in it is followed after this time. */
const COPY_LEASE_MS = 300_000;
/** Twilio answers 404 for some seconds; one that it denies for a day does not exist. */
const GIVE_UP_AFTER_MS = 86_400_000;
/** Sound whose length nobody says is held in memory: a Worker has 128 MB. */
const MOST_UNMEASURED_BYTES = 20 * 1024 * 1024;
/** The event's number among those of the ledger; several recordings of a call follow each other. */
const FIRST_EVENT = 100;

/**
 * Copies one recording to our store, looks whether all of it is there, and only then has the carrier
 * delete its own. False when it is to be tried again.
 */
export async function copyRecording(
  ctx: TenantContext,
  deps: {
    readonly source: RecordingSource;
    readonly store: Pick<ObjectStore, 'put' | 'putStream' | 'head'>;
  },
  recordingId: string,
): Promise<boolean> {
  const now = ctx.clock.now();
  await ctx.db.run(ctx.db.raw(EXTEND, recordingId, now + COPY_LEASE_MS));
  const own = await ctx.db.findOne(recording, eq(recording.id, recordingId));
  if (own === null || own.leaseUntil === null) return true;
  if (own.state === 'pending' && !(await copy(ctx, deps, own))) {
    if (now - own.createdAt < GIVE_UP_AFTER_MS) return false;
    await fail(ctx, own, 'never_available');
    return true;
  }
  // What the carrier still has is paid for, and is a second place where people's words lie.
  await deps.source.delete(own.twilioSid);
  await ctx.db.run(
    ctx.db.update(recording, { leaseUntil: null, clearedAt: now }, eq(recording.id, own.id)),
  );
  return true;
}

async function copy(
  ctx: TenantContext,
  deps: Parameters<typeof copyRecording>[1],
  own: RecordingRow,
): Promise<boolean> {
  const sound = await deps.source.open(own.twilioSid, own.channels ?? 1);
  if (sound === null) return false;
  const key = `t/${ctx.tenant.id}/recordings/${own.id}.wav`;
  const bytes = await keep(deps.store, key, sound);
  const stored = await deps.store.head(key);
  if (stored?.bytes !== bytes) {
    throw new DestinyError('store_failed', `The copy has ${stored?.bytes} of ${bytes} bytes.`);
  }
  const at = ctx.clock.now();
  await append(ctx, own, 'recording.stored', { recording: own.id, bytes }, at);
  await ctx.db.run(ctx.db.raw(STORED, own.id, key, bytes, at));
  return true;
}

async function keep(
  store: Pick<ObjectStore, 'put' | 'putStream'>,
  key: string,
  { body, bytes }: { readonly body: ReadableStream<Uint8Array>; readonly bytes: number | null },
): Promise<number> {
  if (bytes !== null) {
    await store.putStream(key, body, bytes, 'audio/x-wav');
    return bytes;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MOST_UNMEASURED_BYTES) {
      throw new DestinyError('store_failed', 'A recording of unknown length is too long to hold.');
    }
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  await store.put(key, whole, 'audio/x-wav');
  return size;
}

async function fail(ctx: TenantContext, own: RecordingRow, errorCode: string): Promise<void> {
  const detail = { recording: own.id, reason: errorCode };
  await append(ctx, own, 'recording.failed', detail, ctx.clock.now());
  const failed = { state: 'failed', errorCode, leaseUntil: null } as const;
  await ctx.db.run(ctx.db.update(recording, failed, eq(recording.id, own.id)));
}

/** Numbered by its place among the recordings of its call, so that a replay adds nothing. */
async function append(
  ctx: TenantContext,
  own: RecordingRow,
  type: string,
  detail: Readonly<Record<string, unknown>>,
  at: number,
): Promise<void> {
  const [before] = await ctx.db.rows<{ n: number }>(ctx.db.raw(PLACE, own.callId, own.id));
  const n = FIRST_EVENT + (before?.n ?? 0) * 2 + (type === 'recording.stored' ? 0 : 1);
  await ctx.events.append([{ callId: own.callId, source: 'ledger', n, at, type, detail }]);
}

const EXTEND = `UPDATE recording SET lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND lease_until IS NOT NULL`;

const STORED = `UPDATE recording SET state = 'stored', object_key = ?3, bytes = ?4, stored_at = ?5
WHERE tenant_id = ?1 AND id = ?2 AND state = 'pending'`;

const PLACE = `SELECT count(*) AS n FROM recording
WHERE tenant_id = ?1 AND call_id = ?2 AND id < ?3`;

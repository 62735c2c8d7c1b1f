import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import { recording } from '../db/schema/recording.ts';
import { utf8 } from '../shared/bytes.ts';
import { MemoryStore } from '../store/memory-store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { pruneRecordings } from './prune-recordings.ts';
import { retryRecording } from './retry-recording.ts';

const DAY_MS = 86_400_000;
type State = (typeof recording.$inferSelect)['state'];

async function kept(ctx: TenantContext, store: MemoryStore, id: string, state: State) {
  const objectKey = `t/${ctx.tenant.id}/recordings/${id}.wav`;
  await store.put(objectKey, utf8('sound'));
  await ctx.db.run(
    ctx.db.insert(recording, {
      ...{ id, callId: 'call_1', twilioSid: id, source: 'call', state, objectKey, bytes: 5 },
      ...{ createdAt: ctx.clock.now(), clearedAt: ctx.clock.now() },
    }),
  );
  return objectKey;
}
const find = (ctx: TenantContext, id: string) => ctx.db.findOne(recording, eq(recording.id, id));

test('sound is kept as many days as the tenant says, and for ever when it says nothing', async () => {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const store = new MemoryStore();
  const old = await kept(ctx, store, 'rec_old', 'stored');
  clock.advance(20 * DAY_MS);
  const young = await kept(ctx, store, 'rec_young', 'stored');
  clock.advance(11 * DAY_MS);
  expect(await pruneRecordings(ctx, store)).toBe(0);
  const strict = { ...ctx, tenant: { ...ctx.tenant, recordingRetentionDays: 30 } };
  expect(await pruneRecordings(strict, store)).toBe(1);
  expect(await store.head(old)).toBeNull();
  expect(await store.head(young)).not.toBeNull();
  expect(await find(ctx, 'rec_old')).toMatchObject({
    ...{ state: 'erased', objectKey: null, leaseUntil: null },
  });
  expect(await pruneRecordings(strict, store)).toBe(0);
});

test('a failed copy is asked for once more, and nobody else’s', async () => {
  const [ctx, stranger] = [await newTenant(), await newTenant()];
  const store = new MemoryStore();
  await kept(ctx, store, 'rec_1', 'failed');
  const jobs: unknown[] = [];
  const queue = { send: async (job: unknown) => jobs.push(job) };
  await expect(retryRecording(stranger, queue, 'rec_1')).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await retryRecording(ctx, queue, 'rec_1')).toEqual({ state: 'pending' });
  expect(jobs).toEqual([{ tenantId: ctx.tenant.id, recordingId: 'rec_1' }]);
  expect(await find(ctx, 'rec_1')).toMatchObject({ state: 'pending', leaseUntil: ctx.clock.now() });
  const again = retryRecording(ctx, queue, 'rec_1');
  await expect(again).rejects.toMatchObject({ code: 'conflict' });
});

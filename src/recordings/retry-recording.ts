import { eq } from 'drizzle-orm';
import { recording } from '../db/schema/recording.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { RecordingJob } from './copy-recording.ts';

/** Copies once more what could not be copied; wishing it twice copies it once. */
export async function retryRecording(
  ctx: TenantContext,
  queue: { send(job: RecordingJob): Promise<unknown> },
  recordingId: string,
): Promise<{ readonly state: 'pending' }> {
  const own = await ctx.db.findOne(recording, eq(recording.id, recordingId));
  if (own === null) {
    throw new DestinyError('not_found', `There is no recording ${recordingId}.`);
  }
  const changed = await ctx.db.run(ctx.db.raw(RETRY, own.id, ctx.clock.now()));
  if (changed === 0) {
    throw new DestinyError(
      'conflict',
      `The recording is ${own.state}; only a failed one is tried again.`,
    );
  }
  await queue.send({ tenantId: ctx.tenant.id, recordingId: own.id });
  return { state: 'pending' };
}

/** A lease that is over: cron asks again when the message is lost. */
const RETRY = `UPDATE recording SET state = 'pending', error_code = NULL, lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND state = 'failed'`;

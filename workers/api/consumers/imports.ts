import { failImport, importChunk } from '../../../src/contacts/import-chunk.ts';
import type { ImportJob } from '../../../src/contacts/import-lease.ts';
import type { ApiDeps } from '../../../src/http/api/context.ts';
import { DestinyError } from '../../../src/shared/errors.ts';

/** Chunks follow each other for so long; then the next message goes on, so no invocation runs long. */
const WORK_MS = 10_000;
const LONGEST_DELAY_SECONDS = 600;

export async function consumeImports(batch: MessageBatch<ImportJob>, deps: ApiDeps): Promise<void> {
  for (const message of batch.messages) {
    try {
      await work(deps, message.body);
      message.ack();
    } catch (error) {
      deps.log('error', 'import work failed', {
        importId: message.body.importId,
        error: String(error),
      });
      message.retry({ delaySeconds: Math.min(2 ** message.attempts, LONGEST_DELAY_SECONDS) });
    }
  }
}

async function work(deps: ApiDeps, job: ImportJob): Promise<void> {
  const { clock } = deps.identity;
  const ctx = await deps.tenant(job.tenantId);
  const until = clock.now() + WORK_MS;
  let next: ImportJob | null = job;
  while (next !== null && clock.now() < until) {
    const current: ImportJob = next;
    try {
      next = await importChunk(ctx, deps.store, current);
    } catch (error) {
      // What lies in the file stays wrong however often it is read; the rest may pass.
      if (!(error instanceof DestinyError) || error.code === 'store_failed') throw error;
      await failImport(ctx, current, error.message);
      return;
    }
  }
  if (next !== null) await deps.imports.send(next);
}

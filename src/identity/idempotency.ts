import { eq } from 'drizzle-orm';
import { idempotency } from '../db/schema/access.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import { DestinyError } from '../shared/errors.ts';
import { hashSecret } from './secret.ts';

export type StoredAnswer = {
  readonly status: number;
  /** JSON text; empty for an answer without a body. */
  readonly body: string;
  readonly isReplay: boolean;
};

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * Runs a creating request once for its key. The row is committed before the work begins, so a
 * request that died half way is never run again: it answers `conflict`, and the caller looks.
 */
export async function onceFor(
  control: TenantDb,
  request: {
    readonly key: string;
    readonly actorId: string;
    readonly operation: string;
    readonly input: unknown;
    readonly now: number;
  },
  work: () => Promise<{ readonly status: number; readonly body: string }>,
): Promise<StoredAnswer> {
  if (!KEY.test(request.key)) {
    throw new DestinyError(
      'invalid_input',
      'Idempotency-Key is 1 to 200 visible ASCII characters.',
    );
  }
  const key = `${request.actorId}:${request.key}`;
  const requestHash = await hashSecret(JSON.stringify([request.operation, request.input]));
  const [begun = []] = await control.batch([control.raw(BEGIN, key, requestHash, request.now)]);
  if (begun.length === 0) return replay(control, key, requestHash);
  try {
    const answer = await work();
    await control.run(control.raw(FINISH, key, answer.status, answer.body));
    return { ...answer, isReplay: false };
  } catch (error) {
    // What was refused has changed nothing: the same key may be sent with a mended request.
    if (error instanceof DestinyError) {
      await control.run(control.delete(idempotency, eq(idempotency.key, key)));
    }
    throw error;
  }
}

async function replay(control: TenantDb, key: string, requestHash: string): Promise<StoredAnswer> {
  const known = await control.findOne(idempotency, eq(idempotency.key, key));
  if (known !== null && known.requestHash !== requestHash) {
    throw new DestinyError(
      'idempotency_mismatch',
      'This Idempotency-Key was sent with another request; use a new key.',
    );
  }
  if (known === null || known.status === null) {
    throw new DestinyError(
      'conflict',
      'The first request with this Idempotency-Key is still at work, or broke off; look before you send another.',
    );
  }
  return { status: known.status, body: known.body ?? '', isReplay: true };
}

const BEGIN = `INSERT INTO idempotency (tenant_id, key, request_hash, created_at)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (tenant_id, key) DO UPDATE SET request_hash = excluded.request_hash, status = NULL,
  body = NULL, created_at = excluded.created_at
WHERE idempotency.created_at < excluded.created_at - 86400000
RETURNING key`;

const FINISH = `UPDATE idempotency SET status = ?3, body = ?4 WHERE tenant_id = ?1 AND key = ?2`;

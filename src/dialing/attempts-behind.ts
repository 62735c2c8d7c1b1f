import { NEVER_PLACED } from '../calls/session-types.ts';
import type { TenantContext } from '../tenants/context.ts';

/** What is left to do for the attempt behind a call. */
export type AttemptBehind = {
  /** Nobody has told yet that the carrier has its call. */
  readonly isUnseen: boolean;
  /** The end of its call would close it. */
  readonly isOpen: boolean;
};

type Row = { readonly id: string; readonly state: string; readonly result: string | null };

/** The attempts behind these calls, by call id; a call that came in has none. */
export async function attemptsBehind(
  ctx: TenantContext,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, AttemptBehind>> {
  const rows = await ctx.db.rows<Row>(ctx.db.raw(ATTEMPTS, JSON.stringify(callIds)));
  return new Map(
    rows.map(({ id, state, result }) => {
      const isGivenUp = state === 'ended' && result === NEVER_PLACED;
      const isUnseen = isGivenUp || state === 'dialing' || state === 'unknown';
      return [id, { isUnseen, isOpen: isGivenUp || state !== 'ended' }];
    }),
  );
}

const ATTEMPTS = `SELECT id, state, result FROM attempt
WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))`;

import { classifyEndByCode } from '../telephony/error-classes.ts';
import type { TenantContext } from '../tenants/context.ts';

/** Calls of one campaign that ended, newest first. */
export type EndedCall = { readonly status: string; readonly errorCode: string | null };

type BreakerRule = {
  readonly kind: 'failing' | 'bad_list';
  /** Looked at together; fewer calls decide nothing. */
  readonly calls: number;
  /** At this share of them the campaign pauses. */
  readonly share: number;
};

/** Failures of the network stop a campaign sooner than numbers that do not exist. */
export const BREAKER_RULES: readonly BreakerRule[] = [
  { kind: 'failing', calls: 20, share: 0.6 },
  { kind: 'bad_list', calls: 50, share: 0.8 },
];

const LOOK_BACK = Math.max(...BREAKER_RULES.map((rule) => rule.calls));
/** What failed longer ago says little about now. */
const LOOK_BACK_MS = 900_000;

/** Why a campaign must pause, or null; `failingShare` of its own goes before the usual one. Busy and unanswered calls are no failures. */
export function breakerVerdict(
  ended: readonly EndedCall[],
  failingShare: number | null = null,
): string | null {
  for (const { kind, calls, share: usual } of BREAKER_RULES) {
    const share = kind === 'failing' ? (failingShare ?? usual) : usual;
    if (ended.length < calls) continue;
    const failed = ended.slice(0, calls).filter((one) => failureOf(one) === kind).length;
    if (failed >= calls * share) return SENTENCE[kind](failed, calls);
  }
  return null;
}

const SENTENCE: Readonly<Record<BreakerRule['kind'], (failed: number, calls: number) => string>> = {
  failing: (failed, calls) =>
    `${failed} of the last ${calls} calls failed at the carrier; look at their error codes and at Twilio's status page, then resume.`,
  bad_list: (failed, calls) =>
    `${failed} of the last ${calls} numbers do not exist or cannot be called; check the contact list, then resume.`,
};

function failureOf({ status, errorCode }: EndedCall): BreakerRule['kind'] | null {
  if (status !== 'failed') return null;
  return classifyEndByCode('failed', errorCode) === 'contact' ? 'bad_list' : 'failing';
}

/** Looks at what the campaign's calls came to since its last start. */
export async function checkBreaker(
  ctx: TenantContext,
  own: { readonly id: string; readonly breakerPercent: number | null },
): Promise<string | null> {
  const since = ctx.clock.now() - LOOK_BACK_MS;
  const ended = await ctx.db.rows<EndedCall>(ctx.db.raw(RECENTLY_ENDED, own.id, since, LOOK_BACK));
  return breakerVerdict(ended, own.breakerPercent === null ? null : own.breakerPercent / 100);
}

const RECENTLY_ENDED = `SELECT status, error_code AS errorCode FROM call
WHERE tenant_id = ?1 AND campaign_id = ?2 AND ended_at IS NOT NULL AND ended_at > max(?3,
  coalesce((SELECT resumed_at FROM campaign WHERE tenant_id = ?1 AND id = ?2), 0))
  AND status != 'canceled'
ORDER BY ended_at DESC LIMIT ?4`;

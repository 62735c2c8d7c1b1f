import type { campaign, MACHINE_DETECTIONS } from '../db/schema/campaign.ts';
import type { Flow } from '../flow/types.ts';
import type { MachineDetection } from '../telephony/carrier.ts';
import { TALK_SECONDS } from '../telephony/far-verbs.ts';
import { CALL_LIMIT_SECONDS } from './leases.ts';

type CampaignRow = typeof campaign.$inferSelect;

/** The longest a call of this flow may last: its own ten minutes, and the talk it may lead to. */
export function timeLimitOf({ nodes }: Pick<Flow, 'nodes'>, most: number | null): number {
  const hasTransfer = Object.values(nodes).some(({ action }) => action?.type === 'transfer');
  const needed = CALL_LIMIT_SECONDS + (hasTransfer ? TALK_SECONDS : 0);
  return Math.min(needed, most ?? needed);
}

/** Which of a campaign's numbers calls this contact: always the same, and each about as many. */
export function callerIdOf(
  { fromNumber, moreFromNumbers }: Pick<CampaignRow, 'fromNumber' | 'moreFromNumbers'>,
  contactId: string,
): string {
  const all = [fromNumber, ...moreFromNumbers];
  return all[fnv1a(contactId) % all.length] ?? fromNumber;
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Beside the call: a person is never made to wait for it. */
export function detectionOf(
  wanted: (typeof MACHINE_DETECTIONS)[number],
  asyncCallback: string,
): { readonly machineDetection?: MachineDetection } {
  if (wanted === 'off') return {};
  const mode = wanted === 'message' ? 'DetectMessageEnd' : 'Enable';
  return { machineDetection: { mode, asyncCallback } };
}

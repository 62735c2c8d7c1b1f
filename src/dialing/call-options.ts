import type { MACHINE_DETECTIONS } from '../db/schema/campaign.ts';
import type { Flow } from '../flow/types.ts';
import type { MachineDetection } from '../telephony/carrier.ts';
import { TALK_SECONDS } from '../telephony/far-verbs.ts';
import { CALL_LIMIT_SECONDS } from './leases.ts';

/** The longest a call of this flow may last: its own ten minutes, and the talk it may lead to. */
export function timeLimitOf({ nodes }: Pick<Flow, 'nodes'>, most: number | null): number {
  const hasTransfer = Object.values(nodes).some(({ action }) => action?.type === 'transfer');
  const needed = CALL_LIMIT_SECONDS + (hasTransfer ? TALK_SECONDS : 0);
  return Math.min(needed, most ?? needed);
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

import { words } from '../lib/format.ts';
import { Badge, type Tone } from '../ui/badge.tsx';

const STATUS_TONES: Readonly<Record<string, Tone>> = {
  'in-progress': 'accent',
  ringing: 'accent',
  busy: 'warn',
  'no-answer': 'warn',
  failed: 'bad',
};

export function CallStatus({ status }: { readonly status: string }) {
  return <Badge tone={STATUS_TONES[status] ?? 'plain'}>{words(status)}</Badge>;
}

const OUTCOME_TONES: Readonly<Record<string, Tone>> = {
  confirmed: 'good',
  cancelled: 'bad',
  declined: 'bad',
  opted_out: 'bad',
  rescheduled: 'warn',
  wrong_number: 'warn',
  transferred: 'accent',
};

/** An outcome's tone, the same wherever it is shown. */
export function Outcome({ outcome }: { readonly outcome: string | null }) {
  if (outcome === null) return <span className="text-quiet">-</span>;
  return <Badge tone={OUTCOME_TONES[outcome] ?? 'plain'}>{words(outcome)}</Badge>;
}

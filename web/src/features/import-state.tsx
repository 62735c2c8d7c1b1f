import type { Output } from '../api/client.ts';
import { Badge, type Tone } from '../ui/badge.tsx';

export type Import = Output<'readImport'>;

const WORDS: Readonly<Record<Import['state'], readonly [string, Tone]>> = {
  waiting: ['No file yet', 'plain'],
  uploaded: ['Ready to map', 'accent'],
  checking: ['Checking', 'accent'],
  checked: ['Checked', 'accent'],
  running: ['Importing', 'accent'],
  done: ['Done', 'good'],
  failed: ['Failed', 'bad'],
  cancelled: ['Cancelled', 'warn'],
};

export function ImportBadge({ state }: { readonly state: Import['state'] }) {
  const [label, tone] = WORDS[state];
  return <Badge tone={tone}>{label}</Badge>;
}

import type { StoredEntry } from '../carrier/journal.ts';
import { MULAW_RATE_HZ, MULAW_SILENCE } from '../speech/mulaw.ts';
import { join } from '../speech/wav.ts';

/** One sound as the log has it: where it began in the call and how much of it was heard. */
export type Segment = {
  readonly atMs: number;
  readonly heardMs: number;
  readonly isCut: boolean;
} & (
  | { readonly kind: 'play'; readonly url: string; readonly sha256: string }
  | { readonly kind: 'say'; readonly text: string }
);

export function readSegments(entries: readonly StoredEntry[]): Segment[] {
  return entries.flatMap((entry): Segment[] => {
    if (entry.kind !== 'play' && entry.kind !== 'say') return [];
    const detail = JSON.parse(entry.detail) as Record<string, unknown>;
    const atMs = Number(detail.atMs);
    const heardMs = Number(detail.heardMs);
    if (entry.kind === 'say') {
      const text = String(detail.text);
      return [{ kind: 'say', atMs, heardMs, isCut: detail.isCut === true, text }];
    }
    const { url, sha256 } = detail;
    const isCut = detail.isCut === true;
    return [{ kind: 'play', atMs, heardMs, isCut, url: String(url), sha256: String(sha256) }];
  });
}

/** Lays the sounds on the call's timeline, silence between them. */
export async function assemble(
  segments: readonly Segment[],
  endMs: number,
  render: (segment: Segment) => Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array) => {
    parts.push(part);
    length += part.byteLength;
  };
  const fillTo = (ms: number) => {
    const missing = samples(ms) - length;
    if (missing > 0) add(new Uint8Array(missing).fill(MULAW_SILENCE));
  };
  for (const segment of [...segments].sort((a, b) => a.atMs - b.atMs)) {
    fillTo(segment.atMs);
    const audio = await render(segment);
    // The length of <Say> was estimated: what was heard to its end is kept whole.
    add(segment.isCut ? audio.subarray(0, samples(segment.heardMs)) : audio);
  }
  fillTo(endMs);
  return join(parts);
}

function samples(ms: number): number {
  return Math.round((ms * MULAW_RATE_HZ) / 1000);
}

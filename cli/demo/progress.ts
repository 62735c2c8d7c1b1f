import type { DemoProgress } from './tenants.ts';

const WIDTH = 24;

/** One line that says how far the campaigns are; `secondsLeft` null when it cannot be told yet. */
export function progressLine(
  progress: Pick<DemoProgress, 'contacts' | 'calls' | 'outcomes' | 'clips'>,
  input: {
    readonly contacts: number;
    readonly cps: number;
    readonly rate: number | null;
    readonly secondsLeft: number | null;
  },
): string {
  const { contacts, calls, outcomes } = progress;
  const settled = (contacts.done ?? 0) + (contacts.exhausted ?? 0) + (contacts.skipped ?? 0);
  const filled = Math.round((settled / Math.max(1, input.contacts)) * WIDTH);
  const dialled = Object.values(calls).reduce((sum, n) => sum + n, 0);
  const live = (calls.queued ?? 0) + (calls.initiated ?? 0) + (calls.ringing ?? 0);
  const results = Object.entries(outcomes).map(([name, n]) => `${name} ${n}`);
  return [
    `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${settled}/${input.contacts}`,
    `speech ${progress.clips}`,
    `dialled ${dialled}`,
    `ringing ${live}`,
    `talking ${calls['in-progress'] ?? 0}`,
    `answered ${calls.completed ?? 0}`,
    ...(input.rate === null ? [] : [`pace ${input.rate.toFixed(1)}/${input.cps} a second`]),
    ...(input.secondsLeft === null ? [] : [`about ${Math.ceil(input.secondsLeft)} s left`]),
    ...results,
  ].join('  ');
}

/** Redraws in place on a terminal; elsewhere prints a line only when it says something new. */
export function liveLine(out: NodeJS.WriteStream): { show(line: string): void; end(): void } {
  let last = '';
  return {
    show: (line) => {
      if (out.isTTY) out.write(`\r\x1b[2K${line.slice(0, Math.max(20, (out.columns ?? 120) - 1))}`);
      else if (line !== last) out.write(`${line}\n`);
      last = line;
    },
    end: () => {
      if (out.isTTY) out.write('\n');
    },
  };
}

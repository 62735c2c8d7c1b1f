import { readdirSync, readFileSync } from 'node:fs';
import type { PrimeJob } from '../src/campaigns/request-speech.ts';
import type { Figure } from './figure.ts';
import { medianMs } from './measure.ts';
import { startWorker } from './worker.ts';

const SIZES = [10_000, 100_000, 1_000_000];

type Answer = {
  readonly job?: PrimeJob | null;
  readonly campaignId?: string;
  readonly callable?: number;
  readonly rows: { readonly read: number; readonly written: number };
};

/** From the wish to launch until the last contact is due, on D1 in workerd. */
export async function launchBench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const contacts of SIZES) figures.push(...(await launch(contacts)));
  return figures;
}

/** Each size in a process of its own, so that its memory is its own too. */
async function launch(contacts: number): Promise<Figure[]> {
  const others = new Set(workerdProcesses());
  const worker = await startWorker('launch');
  const ask = (path: string, body?: unknown) =>
    worker.ask<Answer>(`${path}${path.includes('?') ? '&' : '?'}tenant=ten_1`, body);
  try {
    await ask(`/seed?contacts=${contacts}`);
    const idleMb = residentMb(others, 'VmRSS');

    const startedAt = performance.now();
    let answer = await ask('/launch');
    const launchedAt = performance.now();
    const rows = { ...answer.rows };
    const campaign = `/preflight?campaign=${answer.campaignId}`;
    const { callable } = await ask(campaign);
    if (callable !== contacts) throw new Error(`Preflight counted ${callable} of ${contacts}`);
    const preflightMs = await medianMs(3, () => ask(campaign));
    const begunAt = performance.now();
    let invocations = 0;
    while (answer.job !== null && answer.job !== undefined) {
      answer = await ask('/prime', answer.job);
      rows.read += answer.rows.read;
      rows.written += answer.rows.written;
      invocations += 1;
    }
    const seconds = (launchedAt - startedAt + performance.now() - begunAt) / 1000;
    const peakMb = residentMb(others, 'VmHWM');
    const what = `${contacts} contacts`;
    return [
      {
        ...{ bench: 'launch', what, value: preflightMs, unit: 'ms for the preflight' },
        ...(contacts === 100_000 ? { most: 3000 } : {}),
      },
      { bench: 'launch', what, value: seconds, unit: 's' },
      { bench: 'launch', what, value: (seconds * 1e6) / contacts, unit: 'microseconds a contact' },
      { bench: 'launch', what, value: rows.written / contacts, unit: 'rows written a contact' },
      { bench: 'launch', what, value: rows.read / contacts, unit: 'rows read a contact' },
      { bench: 'launch', what, value: invocations, unit: 'queue messages' },
      { bench: 'launch', what, value: idleMb, unit: 'MB of workerd with D1 before' },
      { bench: 'launch', what, value: peakMb, unit: 'MB of workerd with D1 at its peak' },
    ];
  } finally {
    await worker.close();
  }
}

/** Of every workerd that this bench started; 0 where there is no /proc. */
function residentMb(others: ReadonlySet<string>, field: 'VmRSS' | 'VmHWM'): number {
  const own = workerdProcesses().filter((pid) => !others.has(pid));
  const kilobytes = own.map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, kb) => sum + kb, 0) / 1024;
}

function workerdProcesses(): string[] {
  try {
    return readdirSync('/proc').filter(
      (name) => /^\d+$/.test(name) && commandOf(name).includes('workerd'),
    );
  } catch {
    return [];
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8');
  } catch {
    return '';
  }
}

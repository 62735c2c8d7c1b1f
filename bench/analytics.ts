import type { Figures, Summary } from '../src/analytics/read-summary.ts';
import type { Figure } from './figure.ts';
import { medianMs } from './measure.ts';
import { startWorker } from './worker.ts';

const CALLS = 1_000_000;
const CHUNK = 10_000;
const DAY_MS = 86_400_000;
const DAYS = 60;
const RUNS = 7;

type Rows = { readonly read: number; readonly written: number };
type Counts = Readonly<
  Record<'finished' | 'answered' | 'confirmed' | 'transferred' | 'seconds', number>
>;

/** The 30-day summary of a million calls, from the figures and by a full scan of the ledger. */
export async function analyticsBench(): Promise<Figure[]> {
  const worker = await startWorker('analytics');
  try {
    await worker.ask('/campaigns');
    const begin = Date.now() - DAYS * DAY_MS;
    const seedStart = performance.now();
    let written = 0;
    for (let first = 0; first < CALLS; first += CHUNK) {
      const span = `begin=${begin}&span=${DAYS * DAY_MS}&total=${CALLS}`;
      const path = `/seed?first=${first}&count=${CHUNK}&${span}`;
      written += (await worker.ask<{ written: number }>(path)).written;
    }
    const seedMs = performance.now() - seedStart;

    const { summary, rows } = await worker.ask<{ summary: Summary; rows: Rows }>('/summary');
    const { from, to } = summary.span;
    const scan = (start: number, end: number) =>
      worker.ask<{ counts: Counts; rows: Rows }>(`/scan?from=${start}&to=${end}`);
    const now = await scan(from, to);
    const before = await scan(from - (to - from), from);
    const wrong =
      differences(summary.current, now.counts) + differences(summary.previous, before.counts);
    const summaryMs = await medianMs(RUNS, () => worker.ask('/summary'));
    const scanMs = await medianMs(1, async () => {
      await scan(from, to);
      await scan(from - (to - from), from);
    });
    const what = `${CALLS} calls, ${DAYS} days`;
    return [
      { bench: 'analytics', what, value: rows.read, unit: 'rows read by the summary', most: 2000 },
      { bench: 'analytics', what, value: summaryMs, unit: 'ms for the summary' },
      {
        ...{ bench: 'analytics', what, value: now.rows.read + before.rows.read },
        unit: 'rows read by a full scan',
      },
      { bench: 'analytics', what, value: scanMs, unit: 'ms for a full scan' },
      { bench: 'analytics', what, value: wrong, unit: 'counts that differ', most: 0 },
      {
        ...{ bench: 'analytics', what, value: now.counts.finished + before.counts.finished },
        unit: 'calls out compared',
        least: CALLS / 2,
      },
      ...(await pagesOfCalls(worker.ask)),
      { bench: 'analytics', what, value: written / CALLS, unit: 'rows written a call, all tables' },
      { bench: 'analytics', what, value: (seedMs * 1000) / CALLS, unit: 'microseconds a call' },
    ];
  } finally {
    await worker.close();
  }
}

/** Filters of the calls page: by an index, by looking, and one that is met a million calls ago. */
const FILTERS = [
  ...['', 'campaignId=cmp_3', 'number=%2B14150000777', 'number=0777', 'outcome=confirmed'],
  ...['status=busy,failed', 'direction=inbound', `twilioSid=CA${'0'.repeat(29)}2ff`],
  ...['campaignId=cmp_3&outcome=declined', 'outcome=rare'],
];

type Page = { readonly calls: number; readonly nextCursor: string | null };

/** The first page of the ledger by each filter; a page that is empty is followed by the next. */
async function pagesOfCalls(ask: <T>(path: string) => Promise<T>): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const filter of FILTERS) {
    const path = `/calls?${filter}`;
    const { calls } = await ask<Page>(path);
    const ms = await medianMs(RUNS, () => ask<Page>(path));
    const what = `calls by ${filter === '' ? 'nothing' : decodeURIComponent(filter)}`;
    const unit = `ms for the first page, ${calls} calls`;
    figures.push({ bench: 'analytics', what, value: ms, unit, most: 300 });
  }
  return figures;
}

function differences({ outbound }: Figures, counts: Counts): number {
  return (Object.keys(counts) as (keyof Counts)[]).filter((name) => outbound[name] !== counts[name])
    .length;
}

import type { ListCallsInput } from '../src/calls/list-calls.ts';
import type { Figure } from './figure.ts';
import { medianMs } from './measure.ts';
import { startWorker } from './worker.ts';

const CALLS = 1_000_000;
const CHUNK = 10_000;
const RUNS = 5;
const MOST_MS = 300;
const BEGIN = 1_700_000_000_000;

type Listed = { readonly calls: number; readonly nextCursor: string | null; readonly read: number };

const FILTERS: Readonly<Record<string, Omit<ListCallsInput, 'limit'>>> = {
  everything: {},
  'a common status': { status: 'no-answer' },
  'a status in 100,000': { status: 'failed' },
  'what goes on': { status: 'in-progress' },
  'an outcome': { outcome: 'confirmed' },
  'an outcome of the oldest call': { outcome: 'oldest' },
  'calls that came in': { direction: 'inbound' },
  'a campaign': { campaignId: 'cmp_7' },
  'a campaign of long ago': { campaignId: 'cmp_old' },
  'a campaign, and an outcome it never had': { campaignId: 'cmp_7', outcome: 'oldest' },
  'a number': { number: '+12120012345' },
  'a beginning of all numbers': { number: '+1212' },
  'a part that no number has': { number: '987654321' },
  'a name': { contact: 'person 4711' },
  'a name nobody has': { contact: 'zebra' },
  'a SID': { sid: 'CA123456' },
  'an hour long ago': { from: BEGIN + 7_200_000, to: BEGIN + 10_800_000 },
  'all at once': { number: '99', contact: 'person', status: 'completed', outcome: 'confirmed' },
};

/** The first page of the ledger of a million calls, under each filter. */
export async function ledgerBench(): Promise<Figure[]> {
  const worker = await startWorker('ledger');
  try {
    await worker.ask('/people');
    for (let first = 0; first < CALLS; first += CHUNK) {
      await worker.ask(`/seed?first=${first}&count=${CHUNK}&total=${CALLS}`);
    }
    const figures: Figure[] = [];
    for (const [name, filter] of Object.entries(FILTERS)) {
      const list = () => worker.ask<Listed>('/list', { ...filter, limit: 50 });
      const page = await list();
      const more = page.nextCursor === null ? 'all' : 'more';
      const what = `${name}: ${page.calls} found, ${more}`;
      const ms = await medianMs(RUNS, list);
      figures.push(
        { bench: 'ledger', what, value: ms, unit: 'ms', most: MOST_MS },
        { bench: 'ledger', what, value: page.read, unit: 'rows read' },
      );
    }
    return figures;
  } finally {
    await worker.close();
  }
}

import { type Caller, nextPath } from './direct/caller.ts';
import { questions } from './direct/questions.ts';
import { type SeededWorker, startSeeded } from './direct/seeded.ts';
import { spreadOf } from './direct/spread.ts';
import type { Figure } from './figure.ts';
import { startWorker } from './worker.ts';

const IN_FLIGHT = [10, 100, 1000, 3000];
const CONTACTS = [1000, 10_000, 100_000, 1_000_000];
const TENANTS = [1, 10, 100, 1000];

const TURNS = 300;
const TALKING = 10;
const OPEN_AT_ONCE = 16;
const CLAIMS = 15;
const CLAIM = 100;
/** What is ten thousand times more may cost this much more. */
const MOST_GROWTH = 2;

/** What one more turn, claim or caller costs when there is more of everything. */
export async function growthBench(): Promise<Figure[]> {
  return [...(await callsInFlight()), ...(await contacts()), ...(await tenants())];
}

/** A turn of one of ten calls that talk, while so many others are open and listen. */
async function callsInFlight(): Promise<Figure[]> {
  const worker = await startSeeded(questions(TURNS), 'memory');
  const caller = worker.caller(OPEN_AT_ONCE);
  try {
    const open: Open[] = [];
    const medians: number[] = [];
    for (const wanted of IN_FLIGHT) {
      await openCalls(worker, caller, open, wanted);
      const times: number[] = [];
      for (let i = 0; i < TURNS; i++) {
        const call = open[open.length - 1 - (i % TALKING)] as Open;
        const { status, body, ms } = await caller.post(call.path, { ...call.params, Digits: '1' });
        if (status !== 200) throw new Error(`A turn was answered ${status}`);
        call.path = nextPath(body);
        times.push(ms);
      }
      medians.push(spreadOf(times).p50);
    }
    return grown('a turn', 'calls in flight', IN_FLIGHT, medians);
  } finally {
    caller.close();
    await worker.close();
  }
}

type Open = { path: string; readonly params: Record<string, string> };

async function openCalls(
  worker: SeededWorker,
  caller: Caller,
  open: Open[],
  wanted: number,
): Promise<void> {
  let begun = open.length;
  const line = async () => {
    while (begun < wanted) {
      const params = worker.ring(begun++);
      const { body } = await caller.post('/voice/inbound', params);
      open.push({ path: nextPath(body), params });
    }
  };
  await Promise.all(Array.from({ length: OPEN_AT_ONCE }, line));
}

/** A claim of a hundred of so many contacts that are due, on D1 in workerd. */
async function contacts(): Promise<Figure[]> {
  const medians: number[] = [];
  const rows: number[] = [];
  for (const count of CONTACTS) {
    const worker = await startWorker('launch');
    try {
      const ask = <T>(path: string) => worker.ask<T>(`${path}&tenant=ten_1`);
      await ask(`/seed?contacts=${count}`);
      const { campaignId } = await ask<{ campaignId: string }>('/due?');
      const times: number[] = [];
      let read = 0;
      for (let i = 1; i <= Math.min(CLAIMS, count / CLAIM); i++) {
        const claim = await ask<{ claimed: number; ms: number; rows: { read: number } }>(
          `/claim?campaign=${campaignId}&limit=${i * CLAIM}`,
        );
        if (claim.claimed !== CLAIM) throw new Error(`Only ${claim.claimed} were claimed`);
        times.push(claim.ms);
        read = claim.rows.read;
      }
      medians.push(spreadOf(times).p50);
      rows.push(read);
    } finally {
      await worker.close();
    }
  }
  return [
    ...grown('a claim of 100', 'contacts', CONTACTS, medians),
    ...CONTACTS.map((count, i): Figure => {
      const what = `a claim of 100, ${count} contacts`;
      return { bench: 'growth', what, value: rows[i] ?? 0, unit: 'rows read by the last claim' };
    }),
  ];
}

/** The first webhook of a call to a number that nobody called before. */
async function tenants(): Promise<Figure[]> {
  const worker = await startSeeded(questions(1), 'memory');
  const caller = worker.caller(1);
  try {
    const medians: number[] = [];
    let made = 1;
    let n = 0;
    for (const wanted of TENANTS) {
      const numbers = [numberOf(0)];
      for (; made < wanted; made++) {
        await worker.addTenant(numberOf(made));
        numbers.push(numberOf(made));
      }
      const times: number[] = [];
      for (const to of numbers.slice(-50)) {
        const { status, ms } = await caller.post('/voice/inbound', worker.ring(n++, to));
        if (status !== 200) throw new Error(`A call was answered ${status}`);
        times.push(ms);
      }
      medians.push(spreadOf(times).p50);
    }
    return grown('the first turn of a call', 'tenants', TENANTS, medians);
  } finally {
    caller.close();
    await worker.close();
  }
}

const numberOf = (i: number) => `+1212${String(5_551_000 + i).padStart(7, '0')}`;

function grown(
  what: string,
  of: string,
  sizes: readonly number[],
  medians: readonly number[],
): Figure[] {
  const [least = 1] = medians;
  return [
    ...sizes.map((size, i): Figure => {
      return {
        ...{ bench: 'growth', what: `${what}, ${size} ${of}` },
        ...{ value: medians[i] ?? 0, unit: 'ms p50' },
      };
    }),
    {
      ...{ bench: 'growth', what: `${what}, most / fewest ${of}` },
      ...{ value: (medians.at(-1) ?? 0) / least, unit: 'x', most: MOST_GROWTH },
    },
  ];
}

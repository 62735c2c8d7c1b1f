import { type Answered, type Caller, nextPath } from './direct/caller.ts';
import { questions } from './direct/questions.ts';
import { type SeededWorker, startSeeded } from './direct/seeded.ts';
import { spreadOf } from './direct/spread.ts';
import type { Figure } from './figure.ts';

const CALLS = 1000;
const TURNS = 4;
/** A caller listens and thinks so long before he presses a key. */
const THINKS_MS = 4000;
const ARRIVE_WITHIN_MS = 10_000;
/** Of the Pause before it. */
const PAUSE_MS = 1000;
/** The carrier follows a Redirect, for as long as a caller would hear it ring. */
const MOST_REDIRECTS = 20;

const SCRIPT = questions(TURNS);

type Call = { readonly times: readonly number[]; readonly isScripted: boolean };

/** A thousand callers of one tenant at workerd's own socket, with a carrier that costs nothing. */
export async function thousandCalls(): Promise<Figure[]> {
  const worker = await startSeeded(SCRIPT, 'memory');
  const caller = worker.caller(CALLS);
  try {
    await callFrom(worker, caller, 1, 0);
    return [...(await inProgress(worker, caller)), ...(await inOneMoment(worker, caller))];
  } finally {
    caller.close();
    await worker.close();
  }
}

/** All talk at the same time: they come within ten seconds, and each stays for sixteen. */
async function inProgress(worker: SeededWorker, caller: Caller): Promise<Figure[]> {
  const calls = await Promise.all(
    Array.from({ length: CALLS }, async (_, i) => {
      await sleep((i * ARRIVE_WITHIN_MS) / CALLS);
      return callFrom(worker, caller, 1000 + i, THINKS_MS);
    }),
  );
  return figuresOf(`${CALLS} calls in progress at once, state in memory`, calls, 1000);
}

/** All ring in the same moment, beside the least that a thousand new objects cost here. */
async function inOneMoment(worker: SeededWorker, caller: Caller): Promise<Figure[]> {
  const least = await Promise.all(
    Array.from({ length: CALLS }, (_, i) => caller.post(`/bench/object/moment-${i}`, {})),
  );
  await sleep(THINKS_MS);
  const calls = await Promise.all(
    Array.from({ length: CALLS }, async (_, i): Promise<Call> => {
      const { times, answer } = await ask(caller, '/voice/inbound', worker.ring(10_000 + i));
      return { times, isScripted: nextPath(answer.body) !== '' };
    }),
  );
  const what = `${CALLS} calls in one moment, state in memory`;
  const { p50, p99 } = spreadOf(least.map(({ ms }) => ms));
  const ours = spreadOf(calls.map(({ times }) => sum(times)));
  return [
    ...figuresOf(what, calls),
    { bench: 'inbound', what, value: ours.p99, unit: 'ms of all tries of a call, p99' },
    { bench: 'inbound', what: `${CALLS} new objects in one moment`, value: p50, unit: 'ms p50' },
    { bench: 'inbound', what: `${CALLS} new objects in one moment`, value: p99, unit: 'ms p99' },
    {
      bench: 'inbound',
      what: `${CALLS} calls / new objects in one moment`,
      value: ours.p99 / p99,
      unit: 'x p99',
    },
  ];
}

async function callFrom(
  worker: SeededWorker,
  caller: Caller,
  n: number,
  thinksMs: number,
): Promise<Call> {
  const params = worker.ring(n);
  const times: number[] = [];
  let path = '/voice/inbound';
  for (let turn = 0; turn <= TURNS; turn++) {
    const digits = turn === 0 ? {} : { Digits: '1' };
    const asked = await ask(caller, path, { ...params, ...digits });
    times.push(...asked.times);
    path = nextPath(asked.answer.body);
    if (path === '') return { times, isScripted: turn === TURNS };
    await sleep(thinksMs);
  }
  return { times, isScripted: false };
}

/** One webhook with the redirects that it is answered with. */
async function ask(caller: Caller, path: string, params: Record<string, string>) {
  const times: number[] = [];
  let answer: Answered = await caller.post(path, params);
  times.push(answer.ms);
  for (let i = 0; i < MOST_REDIRECTS && answer.body.includes('<Redirect'); i++) {
    const target = />(http[^<]+)<\/Redirect>/.exec(answer.body)?.[1]?.replaceAll('&amp;', '&');
    const { pathname, search } = new URL(target ?? '');
    if (answer.body.includes('<Pause')) await sleep(PAUSE_MS);
    answer = await caller.post(`${pathname}${search}`, params);
    times.push(answer.ms);
  }
  return { times, answer };
}

function figuresOf(what: string, calls: readonly Call[], most?: number): Figure[] {
  const { p50, p99 } = spreadOf(calls.flatMap(({ times }) => times));
  const scripted = calls.filter(({ isScripted }) => isScripted).length;
  return [
    { bench: 'inbound', what, value: scripted, unit: 'went by their script', least: CALLS },
    { bench: 'inbound', what, value: p50, unit: 'ms of TwiML, p50' },
    { bench: 'inbound', what, value: p99, unit: 'ms of TwiML, p99', ...(most && { most }) },
  ];
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

import { type Caller, nextPath } from './direct/caller.ts';
import { questions } from './direct/questions.ts';
import { type SeededWorker, startSeeded } from './direct/seeded.ts';
import { spreadOf } from './direct/spread.ts';
import type { Figure } from './figure.ts';
import { startPeer } from './peers/start-peer.ts';

const CONNECTIONS = [1, 8, 32];
/** Turns of one call after its first, which makes the object and is told apart. */
const TURNS = 8;
const WARM_UP_MS = 1500;
const ROUND_MS = 2500;
/** The kinds take turns, so that a noisy moment hits all of them. */
const ROUNDS = 3;

const SCRIPT = questions(TURNS);

/** One call's requests in order; `take` gets the time of each, and whether it was the first. */
type Take = (ms: number, isFirst: boolean) => void;
type Kind = {
  readonly name: string;
  readonly open: (connections: number) => Caller;
  readonly play: (caller: Caller, n: number, take: Take) => Promise<void>;
};
type Times = { readonly first: number[]; readonly later: number[] };

/** What a voice turn costs beside the least that any stateful answer costs, on the same socket. */
export async function turnBench(): Promise<Figure[]> {
  const worker = await startSeeded(SCRIPT, 'disk');
  const peer = await startPeer();
  const kinds: readonly Kind[] = [
    { name: 'constant TwiML', open: worker.caller, play: plain('/bench/constant') },
    { name: 'one object, one row', open: worker.caller, play: plain('/bench/object') },
    { name: 'voice turn', open: worker.caller, play: conversation(worker.ring) },
    { name: 'Express and SQLite', open: peer.caller, play: conversation(worker.ring) },
  ];
  try {
    const figures: Figure[] = [];
    for (const connections of CONNECTIONS) figures.push(...(await measure(kinds, connections)));
    return figures;
  } finally {
    await peer.close();
    await worker.close();
  }
}

async function measure(kinds: readonly Kind[], connections: number): Promise<Figure[]> {
  const measured = kinds.map((): Times => ({ first: [], later: [] }));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, kind] of kinds.entries()) {
      const times = await playFor(kind, connections, round === 0 ? WARM_UP_MS : ROUND_MS);
      if (round === 0) continue;
      measured[i]?.first.push(...times.first);
      measured[i]?.later.push(...times.later);
    }
  }
  return figuresOf(kinds, measured, connections);
}

let calls = 0;

async function playFor(kind: Kind, connections: number, ms: number): Promise<Times> {
  const caller = kind.open(connections);
  const times: Times = { first: [], later: [] };
  const until = performance.now() + ms;
  const line = async () => {
    while (performance.now() < until) {
      calls += 1;
      await kind.play(caller, calls, (took, isFirst) =>
        (isFirst ? times.first : times.later).push(took),
      );
    }
  };
  await Promise.all(Array.from({ length: connections }, line));
  caller.close();
  return times;
}

/** The same number of requests as a call has, to an object of its own. */
function plain(path: string): Kind['play'] {
  return async (caller, n, take) => {
    for (let i = 0; i <= TURNS; i++) {
      const { status, ms } = await caller.post(`${path}/${n}`, { Digits: '1' });
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      take(ms, i === 0);
    }
  };
}

function conversation(ring: SeededWorker['ring']): Kind['play'] {
  return async (caller, n, take) => {
    const params = ring(n);
    let path = '/voice/inbound';
    for (let i = 0; i <= TURNS; i++) {
      const digits = i === 0 ? {} : { Digits: '1' };
      const { status, body, ms } = await caller.post(path, { ...params, ...digits });
      if (status !== 200) throw new Error(`Turn ${i} was answered ${status}`);
      take(ms, i === 0);
      path = nextPath(body);
      const isOver = path === '';
      if (isOver !== (i === TURNS)) throw new Error(`Turn ${i} was answered ${body}`);
    }
  };
}

function figuresOf(
  kinds: readonly Kind[],
  measured: readonly Times[],
  connections: number,
): Figure[] {
  const spreads = measured.map(({ later }) => spreadOf(later));
  const what = (name: string) =>
    `${name}, ${connections} connection${connections === 1 ? '' : 's'}`;
  const figures = kinds.flatMap(({ name }, i): Figure[] => {
    const { p50, p95, p99 } = spreads[i] ?? spreadOf([]);
    const first = spreadOf(measured[i]?.first ?? []);
    const isTurn = name === 'voice turn' && connections === 8;
    return [
      { bench: 'turn', what: what(name), value: p50, unit: 'ms p50' },
      { bench: 'turn', what: what(name), value: p95, unit: 'ms p95' },
      { bench: 'turn', what: what(name), value: p99, unit: 'ms p99', ...(isTurn && { most: 60 }) },
      { bench: 'turn', what: what(name), value: first.p50, unit: 'ms p50 of first turns' },
    ];
  });
  const [, object, turn, peer] = spreads;
  const ratio = (other?: { readonly p50: number }) => (turn?.p50 ?? 0) / (other?.p50 ?? 0);
  return [
    ...figures,
    {
      ...{ bench: 'turn', what: what('voice turn / one object, one row') },
      ...{ value: ratio(object), unit: 'x p50', most: 2 },
    },
    {
      ...{ bench: 'turn', what: what('voice turn / Express and SQLite') },
      ...{ value: ratio(peer), unit: 'x p50' },
    },
  ];
}

import type { DeadLetterDb, DeadLetterQuery, DeadLetterRow } from '../db/dead-letter-db.ts';
import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';

export type ReplayDeps = {
  readonly letters: DeadLetterDb;
  readonly clock: Pick<Clock, 'now'>;
  /** Queues by the name under which their letters are kept. */
  readonly queues: Readonly<Record<string, { send(body: unknown): Promise<unknown> }>>;
};

/** How long one is in the hands of who sends it; after that somebody else may. */
const LEASE_MS = 60_000;
const MOST_AT_ONCE = 100;

export type ShownLetter = Omit<DeadLetterRow, 'replayLeaseUntil'>;

/** Newest first; secrets and people's words are masked. */
export async function listDeadLetters(
  letters: DeadLetterDb,
  query: DeadLetterQuery,
): Promise<ShownLetter[]> {
  return (await letters.list(query)).map((row) => ({ ...row, body: masked(row.body) }));
}

/**
 * Sends one to its queue again. Of several who try at once one does; who dies between sending and
 * noting it leaves it to be sent once more, which every consumer bears.
 */
export async function replayDeadLetter(deps: ReplayDeps, id: string): Promise<void> {
  if (await replay(deps, id)) return;
  throw new DestinyError(
    'conflict',
    `The dead letter ${id} does not wait: it was sent, discarded, is being sent, or never was.`,
  );
}

/** The oldest that wait in a queue, up to a hundred; ask again until none is left. */
export async function replayQueue(deps: ReplayDeps, queue: string): Promise<number> {
  if (deps.queues[queue] === undefined) {
    const known = Object.keys(deps.queues).join(', ');
    throw new DestinyError('not_found', `There is no queue ${queue}; there are ${known}.`);
  }
  const found = await deps.letters.list({ queue, isWaiting: true, limit: MOST_AT_ONCE });
  let sent = 0;
  for (const { id } of found) if (await replay(deps, id)) sent += 1;
  return sent;
}

export async function discardDeadLetter(
  { letters, clock }: ReplayDeps,
  input: { readonly id: string; readonly reason: string },
): Promise<void> {
  if (await letters.discard(input.id, input.reason, clock.now())) return;
  throw new DestinyError('conflict', `The dead letter ${input.id} does not wait any more.`);
}

async function replay({ letters, clock, queues }: ReplayDeps, id: string): Promise<boolean> {
  const now = clock.now();
  const letter = await letters.lease(id, now, now + LEASE_MS);
  if (letter === null) return false;
  const queue = queues[letter.queue];
  try {
    if (queue === undefined) throw new Error(`there is no queue ${letter.queue}`);
    await queue.send(letter.body);
  } catch (cause) {
    await letters.release(id);
    const message = `The queue ${letter.queue} did not take the dead letter ${id}; try again.`;
    throw new DestinyError('internal', message, { cause });
  }
  await letters.markReplayed(id, clock.now());
  return true;
}

/** Names under which secrets and what people said stand in queue messages. */
const SECRET = /token|secret|password|sealed|signature|authorization|variables|^text$|^body$/i;

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, own]) => [name, SECRET.test(name) ? '***' : masked(own)]),
  );
}

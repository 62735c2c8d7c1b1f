import type { Gathered } from '../cli/demo/gather.ts';
import { gather } from '../cli/demo/gather.ts';
import { wrongCalls } from '../cli/demo/report.ts';
import { readTogether } from '../cli/demo/tenants.ts';
import type { Stack } from '../cli/local/stack.ts';
import type { DrillRun } from './drill-plan.ts';
import { wait } from './during.ts';

const AGAIN_EVERY_MS = 3000;
const SETTLES_MS = 10_000;

type Letters = { readonly deadLetters: readonly { readonly queue: string }[] };

/** As an operator would who presses "send again" all the time. */
export async function replayWhileRunning({ stack, demos }: DrillRun): Promise<void> {
  for (;;) {
    await wait(AGAIN_EVERY_MS);
    await replayAll(stack);
    const progress = await readTogether(stack, demos);
    if (!progress.isRunning) return;
  }
}

/** What still waits is sent again when all is over: nobody may be called, and nothing written. */
export async function faultsOfReplay(run: DrillRun, before: Gathered): Promise<string[]> {
  const { deadLetters } = await letters(run.stack, 'all');
  if (deadLetters.length === 0) return ['no letter died: nothing was tried'];
  await replayAll(run.stack);
  await wait(SETTLES_MS);
  const after = await gather(run.stack, run.demos);
  const { deadLetters: left } = await letters(run.stack, 'waiting');
  return [
    ...(left.length > 0 ? [`${left.length} dead letters still wait`] : []),
    ...(after.carrier.length > before.carrier.length ? ['a letter sent late called somebody'] : []),
    ...(after.ledger.length > before.ledger.length ? ['a letter sent late wrote a call'] : []),
    ...wrongCalls(after),
  ];
}

async function replayAll(stack: Stack): Promise<void> {
  const { deadLetters } = await letters(stack, 'waiting');
  for (const queue of new Set(deadLetters.map((letter) => letter.queue))) {
    await stack.api.request('POST', '/system/dead-letters/replay', { queue });
  }
}

function letters({ api }: Stack, state: 'waiting' | 'all'): Promise<Letters> {
  return api.request('GET', `/system/dead-letters?state=${state}&limit=100`);
}

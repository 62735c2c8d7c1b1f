import type { Stack } from '../local/stack.ts';
import { seededRandom } from './random.ts';

/** What goes wrong in a run with `--faults`: the share of each kind of request that it befalls. */
const FAULTS = [
  { kind: 'callback-duplicate', rate: 0.1 },
  { kind: 'callback-reorder', rate: 0.1 },
  { kind: 'callback-drop', rate: 0.05 },
  { kind: 'create-500-after-accept', rate: 0.05 },
  { kind: 'create-reply-lost', rate: 0.05 },
  { kind: 'create-429', rate: 0.05 },
  { kind: 'google-503', rate: 0.1 },
];

/** Between two kills the app has this long to come back and work. */
const KILL_EVERY_MS = { least: 4_000, most: 10_000 };

export async function switchFaultsOn({ simulator, secrets }: Stack): Promise<void> {
  for (const fault of FAULTS) {
    const scope = fault.kind.startsWith('google') ? {} : { accountSid: secrets.accountSid };
    await simulator.request('POST', '/faults', { ...fault, ...scope });
  }
}

/** Kills the app `kill` times while calls run; `end` waits until the last one is over. */
export function startDrill(
  stack: Stack,
  options: { readonly kill: number; readonly seed: number },
): { readonly end: () => Promise<void> } {
  const random = seededRandom(options.seed);
  const killAll = async () => {
    for (let i = 0; i < options.kill; i++) {
      const { least, most } = KILL_EVERY_MS;
      await new Promise((resolve) => setTimeout(resolve, least + random() * (most - least)));
      await stack.killApp();
      console.log(`\nKilled the app and started it again (${i + 1} of ${options.kill}).`);
    }
  };
  const killed = killAll();
  return { end: () => killed };
}

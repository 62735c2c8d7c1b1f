import { faultsOfCrowd } from './crowd.ts';
import { faultsOfReplay, replayWhileRunning } from './dead-letters.ts';
import type { DrillPlan } from './drill-plan.ts';
import {
  killAgainAndAgain,
  pauseAndResume,
  publishAgain,
  resumeUntilFinished,
  wait,
} from './during.ts';
import { isolationFaults } from './isolation.ts';

/** Ten a second is what two cores keep up with while everything else of the stack runs on them. */
const USUAL = { contacts: 100, callsPerSecond: 10, timeScale: 10 } as const;
/** Nobody listens there, so every request to the store is refused. */
const CLOSED = 'http://127.0.0.1:9/destiny-objects';
const STRUCK = { scripted: false, struck: true } as const;

export const PLANS: readonly DrillPlan[] = [
  {
    ...USUAL,
    name: 'kills',
    what: 'the app is killed (SIGKILL) twenty times',
    contacts: 1000,
    during: (run) => killAgainAndAgain(run, 20),
    demands: { scripted: false, struck: false },
  },
  {
    ...USUAL,
    name: 'callbacks',
    what: 'callbacks: 20 % twice, 20 % out of order, 20 % late, 10 % never',
    faults: [
      { kind: 'callback-duplicate', rate: 0.2 },
      { kind: 'callback-reorder', rate: 0.2, delayMs: 2000 },
      { kind: 'callback-delay', rate: 0.2, delayMs: 3000 },
      { kind: 'callback-drop', rate: 0.1 },
    ],
    demands: { scripted: true, struck: true },
  },
  {
    ...USUAL,
    name: 'lost-reply',
    what: 'of the creates that are accepted 20 % answer 500, 20 % break off',
    faults: [
      { kind: 'create-500-after-accept', rate: 0.2 },
      { kind: 'create-reply-lost', rate: 0.2, mode: 'cut' },
    ],
    demands: { scripted: true, struck: true },
  },
  {
    ...USUAL,
    name: 'twice',
    what: 'all messages of all queues come twice, a fifth of acks are lost',
    settings: appFaults({ seed: 7, queueTwice: 1, queueAckLost: 0.2 }),
    demands: { scripted: true, struck: true },
  },
  {
    ...USUAL,
    name: 'storm',
    what: '429 to every create for 10 s, then no REST for 20 s; resumed when over',
    faults: [{ kind: 'create-429', rate: 1, forMs: 10_000 }],
    during: async (run) => {
      await wait(11_000);
      const { stack } = run;
      const { accountSid } = stack.secrets;
      const outage = { kind: 'outage', rate: 1, forMs: 20_000, accountSid };
      await stack.simulator.request('POST', '/faults', outage);
      await wait(21_000);
      await resumeUntilFinished(run);
    },
    demands: STRUCK,
  },
  {
    ...USUAL,
    name: 'speech',
    what: 'Google answers 503 for 20 s from the launch, nothing made before',
    isSpeechFirst: false,
    faults: [{ kind: 'google-503', rate: 1, forMs: 20_000 }],
    demands: { scripted: true, struck: true },
  },
  {
    ...USUAL,
    name: 'speechless',
    what: 'Google answers 503 from the launch on, the speech of all being made before',
    faults: [{ kind: 'google-503', rate: 1 }],
    demands: { scripted: true, struck: false },
  },
  {
    ...USUAL,
    name: 'database',
    what: 'a minute: 30 % of statements 500 ms late, 5 % fail, 5 % lose their answer',
    contacts: 200,
    timeScale: 3,
    settings: appFaults({
      ...{ seed: 7, d1Slow: 0.3, d1SlowMs: 500, d1Before: 0.05, d1After: 0.05 },
      forMs: 60_000,
    }),
    demands: { scripted: true, struck: true },
  },
  {
    ...USUAL,
    name: 'storage',
    what: 'the object store refuses every connection, speech being made and put there before',
    settings: { S3_ENDPOINT: CLOSED },
    demands: { scripted: true, struck: false },
  },
  {
    ...USUAL,
    name: 'orders',
    what: 'paused and resumed three times, the script published anew, in a storm of 429',
    faults: [{ kind: 'create-429', rate: 0.3 }],
    during: async (run) => {
      for (let i = 0; i < 3; i++) await pauseAndResume(run);
      await publishAgain(run);
    },
    demands: STRUCK,
  },
  {
    ...USUAL,
    name: 'evict',
    what: 'Durable Objects are thrown out of memory after a tenth of all they do',
    settings: appFaults({ seed: 7, evict: 0.1 }),
    demands: { scripted: true, struck: true },
  },
  {
    ...USUAL,
    name: 'clock',
    what: "the app's clock jumps two and a half minutes ahead and, ten seconds later, back",
    settings: appFaults({ clockAheadMs: 150_000, clockFromMs: 15_000, forMs: 25_000 }),
    demands: { scripted: true, struck: false },
  },
  {
    ...USUAL,
    name: 'dead',
    what: 'a fifth of all messages die and are sent again, once more after the end',
    settings: appFaults({ seed: 7, queueDead: 0.2 }),
    during: (run) => replayWhileRunning(run),
    after: faultsOfReplay,
    demands: { scripted: true, struck: true },
  },
  {
    ...USUAL,
    name: 'isolation',
    what: 'three tenants of one account call at once, callbacks twice and out of order',
    tenants: 3,
    faults: [
      { kind: 'callback-duplicate', rate: 0.2 },
      { kind: 'callback-reorder', rate: 0.2 },
    ],
    after: isolationFaults,
    demands: { scripted: true, struck: true },
  },
  {
    name: 'many',
    what: '3,000 calls at once, ten times slower than life',
    ...{ contacts: 3400, callsPerSecond: 12, timeScale: 0.1 },
    isAlone: true,
    after: faultsOfCrowd(3000),
    demands: { scripted: true, struck: false },
  },
];

/** Databases and queues fail at the border of their bindings; docs/operations.md has the names. */
function appFaults(faults: Readonly<Record<string, number>>): Record<string, string> {
  return { FAULTS: JSON.stringify(faults) };
}

import { env } from 'cloudflare:workers';
import { systemClock } from '../clock.ts';
import { aroundMethods } from './around-methods.ts';
import { clockAheadMs } from './clock-jump.ts';
import { strikesOf } from './with-faults.ts';

/** Its answer has left by then; what else was under way is cut off, as when its machine goes. */
const LEAVES_AFTER_MS = 20;

const shifted = new WeakSet<DurableObjectState>();

/**
 * With FAULTS the objects of these classes are thrown out of memory after a share of their work,
 * and their alarms keep the time of a clock that jumps.
 */
export function withObjectFaults(...prototypes: readonly object[]): void {
  if (Reflect.get(env, 'FAULTS') === undefined) return;
  for (const prototype of prototypes) {
    aroundMethods(prototype, (object, _method, work) => {
      const ctx: DurableObjectState = Reflect.get(object, 'ctx');
      shiftAlarms(ctx);
      const result = work();
      if (strikesOf(env)?.('evict') === true) void evict(ctx);
      return result;
    });
  }
}

async function evict(ctx: DurableObjectState): Promise<void> {
  await systemClock.sleep(LEAVES_AFTER_MS);
  ctx.abort('evicted on purpose');
}

/** The platform's own clock does not jump with the Worker's. */
function shiftAlarms(ctx: DurableObjectState): void {
  if (shifted.has(ctx)) return;
  shifted.add(ctx);
  const { storage } = ctx;
  const setAlarm = storage.setAlarm.bind(storage);
  const getAlarm = storage.getAlarm.bind(storage);
  Object.defineProperties(storage, {
    setAlarm: { value: (at: number | Date) => setAlarm(Number(at) - clockAheadMs()) },
    getAlarm: {
      value: async () => {
        const at = await getAlarm();
        return at === null ? null : at + clockAheadMs();
      },
    },
  });
}

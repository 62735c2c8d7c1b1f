import type { Clock } from './clock.ts';

const TRIES = 4;
const AGAIN_AFTER_MS = 50;

/**
 * The methods of a Durable Object, asked again when it was reset under them, as it is with every
 * deployment and whenever its machine goes. `stub` is asked each time: one that met a reset stays
 * broken. Only for methods that bear a repetition; other errors are thrown as they are.
 */
export function steadyObject<T extends object>(stub: () => T, clock: Pick<Clock, 'sleep'>): T {
  return new Proxy({} as T, {
    get: (_target, name) => {
      // Not a promise, although it has every method.
      if (name === 'then') return undefined;
      return (...args: unknown[]) => ask(() => call(stub(), name, args), clock);
    },
  });
}

async function ask(work: () => unknown, clock: Pick<Clock, 'sleep'>): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !isReset(error)) throw error;
      await clock.sleep(AGAIN_AFTER_MS * tries);
    }
  }
}

function call(stub: object, name: string | symbol, args: readonly unknown[]): unknown {
  const bound = stub as Record<string | symbol, (...args: readonly unknown[]) => unknown>;
  return bound[name]?.(...args);
}

/** The runtime marks such errors; a method's own error has no mark. */
function isReset(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'durableObjectReset') === true;
}

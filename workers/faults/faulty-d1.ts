import type { Clock } from '../../src/shared/clock.ts';
import type { Strikes } from './fault-plan.ts';

const EXECUTES: readonly (string | symbol)[] = ['all', 'run', 'first', 'raw'];

/** The database, with statements and batches that fail before or after their commit, or are slow. */
export function faultyD1(
  d1: D1Database,
  strikes: Strikes,
  slowMs: number,
  clock: Clock,
): D1Database {
  const strike = async <T>(execute: () => Promise<T>): Promise<T> => {
    if (strikes('d1Slow')) await clock.sleep(slowMs);
    if (strikes('d1Before')) throw new Error('D1_ERROR: fault before the commit');
    const result = await execute();
    if (strikes('d1After')) throw new Error('D1_ERROR: fault after the commit');
    return result;
  };
  const faulty = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...params: unknown[]) => faulty(target.bind(...params));
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (!EXECUTES.includes(name)) return value.bind(target);
        return (...args: unknown[]) => strike(async () => value.apply(target, args));
      },
    });
  return new Proxy(d1, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => faulty(target.prepare(sql));
      if (name === 'batch') {
        return (statements: D1PreparedStatement[]) => strike(() => target.batch(statements));
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

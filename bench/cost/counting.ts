import { AsyncLocalStorage } from 'node:async_hooks';
import { aroundMethods } from '../../workers/faults/around-methods.ts';
import { NO_OPERATIONS, type Operations } from './prices.ts';

const OBJECT_GIGABYTES = 0.128;
const MESSAGE_OPERATIONS = 3;

type Place = { readonly step: string; readonly object: object | null };

const places = new AsyncLocalStorage<Place>();
const counted = new Map<string, Operations>();

/** Operations of each step since the last call. */
export function takeCounts(): Record<string, Operations> {
  const taken = Object.fromEntries(counted);
  counted.clear();
  return taken;
}

export function count(name: keyof Operations, by = 1): void {
  const step = places.getStore()?.step ?? 'elsewhere';
  const own = counted.get(step) ?? { ...NO_OPERATIONS };
  own[name] += by;
  counted.set(step, own);
}

const writes = new Map<string, number>();

/** Rows that a statement wrote, by the step, what it does and to which table. */
export function noteWrite(sql: string, rows: number): void {
  const [, verb, table] =
    /\b(INSERT INTO|INSERT OR \w+ INTO|CREATE TABLE IF NOT EXISTS|UPDATE|DELETE FROM)\s+[`"]?(\w+)/i.exec(
      sql,
    ) ?? [];
  const name = `${places.getStore()?.step ?? 'elsewhere'}: ${verb} ${table}`;
  writes.set(name, (writes.get(name) ?? 0) + rows);
}

export function takeWrites(): Record<string, number> {
  const taken = Object.fromEntries(writes);
  writes.clear();
  return taken;
}

/** All that `work` does is counted in this step. */
export function inStep<T>(step: string, work: () => T): T {
  return places.run({ step, object: null }, work);
}

export function countedQueue<T>(queue: Queue<T>): Queue<T> {
  return {
    metrics: () => queue.metrics(),
    send: (body, options) => {
      count('queueOperations', MESSAGE_OPERATIONS);
      return queue.send(body, options);
    },
    sendBatch: (messages, options) => {
      const all = [...messages];
      count('queueOperations', MESSAGE_OPERATIONS * all.length);
      return queue.sendBatch(all, options);
    },
  };
}

/** Rows of an object's own storage; a step of the object is told by `countMethods`. */
export function countStorage(storage: DurableObjectStorage): void {
  const { sql, kv } = storage;
  const exec = sql.exec.bind(sql);
  const setAlarm = storage.setAlarm.bind(storage);
  const put = kv.put.bind(kv);
  Object.defineProperty(sql, 'exec', {
    value: (...args: Parameters<typeof exec>) => {
      const cursor = exec(...args);
      // The name that the local runtime keeps in each object; Cloudflare has it elsewhere.
      if (args[0].includes('__miniflare')) return cursor;
      const place = places.getStore();
      // What a cursor has read is known when it was read to its end, which is at once here.
      queueMicrotask(() => {
        const add = () => {
          count('rowsRead', cursor.rowsRead);
          count('rowsWritten', cursor.rowsWritten);
          if (cursor.rowsWritten > 0) noteWrite(args[0], cursor.rowsWritten);
        };
        if (place === undefined) add();
        else places.run(place, add);
      });
      return cursor;
    },
  });
  Object.defineProperty(storage, 'setAlarm', {
    value: (...args: Parameters<typeof setAlarm>) => {
      count('rowsWritten');
      noteWrite('UPDATE alarm', 1);
      return setAlarm(...args);
    },
  });
  Object.defineProperty(kv, 'put', {
    value: (...args: Parameters<typeof put>) => {
      count('rowsWritten');
      noteWrite('UPDATE kv', 1);
      return put(...args);
    },
  });
}

/** Each call of a method from outside is a request; one that an object makes of itself is none. */
export function countMethods(prototype: object, name: string): void {
  aroundMethods(prototype, (object, method, work) => {
    if (places.getStore()?.object === object) return work();
    return places.run({ step: `${name}.${method}`, object }, () => {
      const startedAt = Date.now();
      count('objectRequests');
      const done = () =>
        count('objectGigabyteSeconds', ((Date.now() - startedAt) / 1000) * OBJECT_GIGABYTES);
      const result = work();
      return result instanceof Promise ? result.finally(done) : result;
    });
  });
}

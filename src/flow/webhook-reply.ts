import type { Value } from './types.ts';

const MAX_DEPTH = 5;
const MAX_VALUES = 200;
const MAX_TEXT_CHARS = 500;

/**
 * The JSON reply to a `@webhook` as the `data` of its result: `{"order":{"id":7}}` is spoken as
 * `{{webhook.order.id}}`, the first item of a list as `list.first`, its length as `list.count`.
 */
export function flattenReply(reply: unknown): Readonly<Record<string, Value>> {
  const values: [string, Value][] = [];
  const add = (path: string, value: unknown, depth: number) => {
    if (values.length >= MAX_VALUES) return;
    if (typeof value === 'string') values.push([path, value.slice(0, MAX_TEXT_CHARS)]);
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
      values.push([path, value]);
    } else if (typeof value === 'object' && depth < MAX_DEPTH) {
      const named = Array.isArray(value) ? { count: value.length, first: value[0] } : value;
      for (const [key, item] of Object.entries(named)) {
        add(path === '' ? key : `${path}.${key}`, item, depth + 1);
      }
    }
  };
  if (typeof reply === 'object') add('', reply ?? {}, 0);
  return Object.fromEntries(values);
}

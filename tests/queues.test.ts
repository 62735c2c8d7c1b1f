import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { QUEUE_BINDINGS } from '../workers/api/queues.ts';

const files = ['wrangler.toml', 'workers/api/wrangler.toml'];
const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');

test('every queue that has a dead-letter queue can be replayed, and its letters are stored', () => {
  const sections = text.split('[[queues.consumers]]').slice(1);
  const consumed = sections.map((section) => /^queue = "([^"]+)"/m.exec(section)?.[1] ?? '');
  const withLetters = sections.flatMap((section) => {
    const [own = ''] = section.split('[[');
    const dead = /^dead_letter_queue = "([^"]+)"/m.exec(own)?.[1];
    return dead === undefined ? [] : [dead];
  });
  expect(withLetters.length).toBeGreaterThan(4);
  expect(Object.keys(QUEUE_BINDINGS).sort()).toEqual(
    withLetters.map((dead) => dead.replace(/-dead$/, '')).sort(),
  );
  expect(withLetters.filter((dead) => !consumed.includes(dead))).toEqual([]);
});

test('workers/api can send to each of them', () => {
  const api = readFileSync('workers/api/wrangler.toml', 'utf8');
  const producers = [
    ...api.matchAll(/\[\[queues\.producers\]\]\nbinding = "(\w+)"\nqueue = "([\w-]+)"/g),
  ].map(([, binding, queue]) => [queue, binding]);
  expect(Object.fromEntries(producers)).toMatchObject(QUEUE_BINDINGS);
});

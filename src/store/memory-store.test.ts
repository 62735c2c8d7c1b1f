import { expect, test } from 'vitest';
import { MemoryStore } from './memory-store.ts';
import { runObjectStoreTests } from './store.suite.ts';

runObjectStoreTests({ make: () => new MemoryStore() });

test('a long listing comes in pages', async () => {
  const store = new MemoryStore();
  for (let i = 0; i < 2001; i++) await store.put(`k/${i}`, new Uint8Array(1));
  const sizes: number[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await store.list('k/', cursor);
    sizes.push(page.keys.length);
    cursor = page.cursor;
  }
  expect(sizes).toEqual([1000, 1000, 1]);
});

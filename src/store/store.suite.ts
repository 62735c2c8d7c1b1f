import { describe, expect, test } from 'vitest';
import { utf8 } from '../shared/bytes.ts';
import { type ObjectStore, readAll } from './store.ts';

/** What every object store must do. `make` gives a store; each test uses keys of its own. */
export function runObjectStoreTests({ make }: { make: () => ObjectStore | Promise<ObjectStore> }) {
  const path = (name: string) => `suite/${crypto.randomUUID()}/${name}`;

  describe('object store', () => {
    test('what was put comes back', async () => {
      const store = await make();
      const key = path('clip.ulaw');
      const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256);
      await store.put(key, bytes, 'audio/ulaw');
      const object = await store.get(key);
      expect(object?.bytes).toBe(20_000);
      expect(object && (await readAll(object))).toEqual(bytes);
      expect(await store.head(key)).toEqual({ bytes: 20_000 });
    });

    test('a second put replaces the first', async () => {
      const store = await make();
      const key = path('clip');
      await store.put(key, utf8('first'), 'text/plain');
      await store.put(key, utf8('second one'), 'text/plain');
      const object = await store.get(key);
      expect(object && (await readAll(object))).toEqual(utf8('second one'));
    });

    test('a stream is written, and read in ranges', async () => {
      const store = await make();
      const key = path('file.csv');
      const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
      await store.putStream(key, new Blob([bytes]).stream(), bytes.length, 'text/csv');
      expect(await store.head(key)).toEqual({ bytes: 300_000 });
      expect(await store.getRange(key, 250, 3)).toEqual(bytes.slice(250, 253));
      expect(await store.getRange(key, 299_999, 10)).toEqual(bytes.slice(299_999));
      expect(await store.getRange(key, 300_000, 10)).toEqual(new Uint8Array());
      expect(await store.getRange(path('none'), 0, 10)).toBeNull();
    });

    test('a missing object is null', async () => {
      const store = await make();
      expect(await store.get(path('none'))).toBeNull();
      expect(await store.head(path('none'))).toBeNull();
    });

    test('a deleted object is gone, and deleting it again is no error', async () => {
      const store = await make();
      const key = path('clip');
      await store.put(key, utf8('x'), 'text/plain');
      await store.delete(key);
      await store.delete(key);
      expect(await store.get(key)).toBeNull();
    });

    test('an aborted read is an error', async () => {
      const store = await make();
      const key = path('clip');
      await store.put(key, utf8('x'), 'text/plain');
      await expect(store.get(key, AbortSignal.abort())).rejects.toThrow();
    });

    test.each(['a b+c%20&d=ü.txt', 'dots.../x', "quote'(1)!*.wav"])(
      'the key %j is kept as it is',
      async (name) => {
        const store = await make();
        const key = path(name);
        await store.put(key, utf8('x'), 'text/plain');
        expect(await store.head(key)).toEqual({ bytes: 1 });
        expect((await store.list(key)).keys).toEqual([key]);
      },
    );

    test('lists a prefix in order, and nothing beside it', async () => {
      const store = await make();
      const folder = path('');
      for (const name of ['b', 'a', 'c/d']) {
        await store.put(`${folder}in/${name}`, utf8(name), 'text/plain');
      }
      await store.put(`${folder}inside`, utf8('x'), 'text/plain');
      expect(await store.list(`${folder}in/`)).toEqual({
        keys: ['a', 'b', 'c/d'].map((name) => `${folder}in/${name}`),
        cursor: null,
      });
    });
  });
}

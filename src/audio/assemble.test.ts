import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64Url } from '../shared/bytes.ts';
import { MemoryStore } from '../store/memory-store.ts';
import { assemble, clipLoader } from './assemble.ts';
import { ClipCache } from './clip-cache.ts';
import { clipPath } from './clip-path.ts';
import { type Recipe, type RecipePart, recipeBytes } from './recipe.ts';
import { readMulaw } from './riff.ts';

const TENANT = 'ten_1';

async function stored(contents: readonly Uint8Array[]) {
  const store = new MemoryStore();
  const parts: RecipePart[] = [];
  for (const [i, content] of contents.entries()) {
    const key = toBase64Url(new Uint8Array(16).fill(i));
    const part: RecipePart = { kind: i % 2 ? 'dynamic' : 'static', key, bytes: content.length };
    await store.put(clipPath(TENANT, part), content);
    parts.push(part);
  }
  return { store, parts, load: clipLoader(TENANT, store, new ClipCache(1000)) };
}

const everything = (recipe: Recipe) => ({ first: 0, last: recipeBytes(recipe) - 1 });

test('the answer is the clips back to back; any range is that slice of it', async () => {
  const contents = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(
      contents,
      fc.constantFrom('wav', 'ulaw'),
      fc.nat(),
      fc.nat(),
      async (list, format, a, b) => {
        const { parts, load } = await stored(list);
        const recipe: Recipe = { parts, format };
        const whole = await assemble(recipe, everything(recipe), load);
        expect(whole.length).toBe(recipeBytes(recipe));
        expect([...readMulaw(whole)]).toEqual(list.flatMap((content) => [...content]));
        const first = a % whole.length;
        const last = first + (b % (whole.length - first));
        const part = await assemble(recipe, { first, last }, load);
        expect(part).toEqual(whole.slice(first, last + 1));
      },
    ),
  );
});

test.each([0, 1, 2])('if clip %i is missing there is no answer at all', async (missing) => {
  const { store, parts, load } = await stored([1, 2, 3].map(() => new Uint8Array(5)));
  await store.delete(clipPath(TENANT, parts[missing] ?? { kind: 'static', key: '' }));
  const recipe: Recipe = { parts, format: 'wav' };
  await expect(assemble(recipe, everything(recipe), load)).rejects.toMatchObject({
    code: 'unknown_audio',
  });
});

test('reads at most four clips at a time', async () => {
  const parts = Array.from(
    { length: 20 },
    (): RecipePart => ({ kind: 'static', key: '', bytes: 1 }),
  );
  let now = 0;
  let most = 0;
  const load = async () => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now--;
    return new Uint8Array(1);
  };
  await assemble({ parts, format: 'ulaw' }, { first: 0, last: 19 }, load);
  expect(most).toBe(4);
});

test('only the clips of a range are read', async () => {
  const { store, parts, load } = await stored(
    [1, 2, 3].map((byte) => new Uint8Array(5).fill(byte)),
  );
  await store.delete(clipPath(TENANT, parts[0] ?? { kind: 'static', key: '' }));
  const bytes = await assemble({ parts, format: 'ulaw' }, { first: 7, last: 12 }, load);
  expect([...bytes]).toEqual([2, 2, 2, 3, 3, 3]);
});

test('a clip of another length than its recipe says is unknown', async () => {
  const { parts, load } = await stored([new Uint8Array(5)]);
  const [part] = parts;
  await expect(load({ key: '', kind: 'static', ...part, bytes: 6 })).rejects.toMatchObject({
    code: 'unknown_audio',
  });
});

test('a clip is read once and then kept; another tenant cannot reach it', async () => {
  const { store, parts } = await stored([new Uint8Array(5)]);
  const [part = { kind: 'static', key: '', bytes: 1 } as const] = parts;
  const clips = new ClipCache(1000);
  await clipLoader(TENANT, store, clips)(part);
  await store.delete(clipPath(TENANT, part));
  expect(await clipLoader(TENANT, store, clips)(part)).toHaveLength(5);
  await expect(clipLoader('ten_2', store, clips)(part)).rejects.toMatchObject({
    code: 'unknown_audio',
  });
});

import { expect, test } from 'vitest';
import { toBase64 } from './bytes.ts';
import { sealerFrom } from './seal.ts';

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
const key = (byte: number) => toBase64(new Uint8Array(32).fill(byte));

test('what is sealed opens again, also after the key was rotated', async () => {
  const sealed = await sealerFrom(`k1:${key(1)}`, random).seal('a token');
  expect(sealed).not.toContain('a token');
  expect(sealed.startsWith('k1.')).toBe(true);
  expect(await sealerFrom(`k2:${key(2)},k1:${key(1)}`, random).open(sealed)).toBe('a token');
});

test('a changed ciphertext does not open', async () => {
  const sealer = sealerFrom(`k1:${key(1)}`, random);
  const [id, iv, body = ''] = (await sealer.seal('a token')).split('.');
  const changed = `${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}`;
  await expect(sealer.open(`${id}.${iv}.${changed}`)).rejects.toThrow();
});

test('a key that is gone is named, and its value is not', async () => {
  const sealed = await sealerFrom(`k1:${key(1)}`, random).seal('a token');
  const opened = sealerFrom(`k2:${key(2)}`, random).open(sealed);
  await expect(opened).rejects.toMatchObject({ code: 'config_invalid', message: /"k1"/ });
});

test.each(['', 'k1', 'k1:', 'k1:AAAA', ':AAAA', `k1:${key(1)};k2:${key(2)}`])(
  'refuses %j as a key ring',
  (keys) => {
    expect(() => sealerFrom(keys, random)).toThrow(/ENCRYPTION_KEYS must be/);
  },
);

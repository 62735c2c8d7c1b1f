import { describe, expect, it } from 'vitest';
import { decodeMedia } from './media.ts';
import { writeMulawWav, writePcmWav } from './wav.ts';

const second = new Uint8Array(8000).fill(0x55);

describe('decodeMedia', () => {
  it.each(['audio/wav', 'audio/wave', 'audio/x-wav'])('plays mu-law in %s', (type) => {
    expect(decodeMedia(type, writeMulawWav(second, 8000))).toMatchObject({ ok: true, ms: 1000 });
  });

  it('plays raw mu-law and 16-bit PCM', () => {
    expect(decodeMedia('audio/ulaw', second)).toMatchObject({ ok: true, ms: 1000 });
    const pcm = writePcmWav(new Int16Array(4000), 8000);
    expect(decodeMedia('audio/wav', pcm)).toMatchObject({ ok: true, ms: 500 });
  });

  const refused: { name: string; type: string; bytes: Uint8Array<ArrayBuffer>; code: number }[] = [
    { name: 'a type not on the list', type: 'audio/basic', bytes: second, code: 12300 },
    {
      name: 'the type of a bare bucket',
      type: 'application/octet-stream',
      bytes: second,
      code: 12300,
    },
    { name: 'no type', type: '', bytes: second, code: 12300 },
    {
      name: 'a header in raw audio',
      type: 'audio/ulaw',
      bytes: writeMulawWav(second, 8000),
      code: 13420,
    },
    { name: 'raw audio without header', type: 'audio/wav', bytes: second, code: 13420 },
    { name: 'another rate', type: 'audio/wav', bytes: writeMulawWav(second, 16_000), code: 13420 },
    { name: 'nothing', type: 'audio/ulaw', bytes: new Uint8Array(0), code: 13420 },
    { name: 'a kind that is not simulated', type: 'audio/mpeg', bytes: second, code: 13420 },
  ];
  it.each(refused)('refuses $name', ({ type, bytes, code }) => {
    expect(decodeMedia(type, bytes)).toMatchObject({ ok: false, code });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { join, readWav, WavError, writeMulawWav, writePcmWav } from './wav.ts';

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Uint8Array.from(array));
const ascii = (text: string) => new TextEncoder().encode(text);

describe('WAV', () => {
  it('writes mu-law with an 18-byte fmt chunk and a fact chunk', () => {
    const wav = writeMulawWav(Uint8Array.of(1, 2, 3), 8000);
    expect(String.fromCharCode(...wav.subarray(0, 4))).toBe('RIFF');
    const view = new DataView(wav.buffer);
    expect(view.getUint32(4, true)).toBe(wav.byteLength - 8 + (wav.byteLength % 2));
    expect(view.getUint32(16, true)).toBe(18);
    expect(String.fromCharCode(...wav.subarray(38, 42))).toBe('fact');
    expect(view.getUint32(46, true)).toBe(3);
    expect(wav.byteLength % 2).toBe(0);
  });

  it('reads back what was written, whatever chunks stand between', () => {
    fc.assert(
      fc.property(bytes, fc.array(bytes, { maxLength: 3 }), (data, others) => {
        fc.pre(data.byteLength > 0);
        const wav = writeMulawWav(data, 8000);
        const extra = others.map((body) => {
          const head = new Uint8Array(8 + body.byteLength + (body.byteLength % 2));
          head.set(ascii('LIST'));
          new DataView(head.buffer).setUint32(4, body.byteLength, true);
          head.set(body, 8);
          return head;
        });
        const longer = join([wav.subarray(0, 38), ...extra, wav.subarray(38)]);
        const read = { format: 7, channels: 1, rateHz: 8000, bitsPerSample: 8, data };
        expect(readWav(longer)).toEqual(read);
      }),
    );
  });

  it('reads a stream that did not know its length', () => {
    const wav = writeMulawWav(Uint8Array.of(1, 2, 3, 4), 8000);
    for (const size of [0, 0xffffffff]) {
      new DataView(wav.buffer).setUint32(54, size, true);
      expect([...readWav(wav).data]).toEqual([1, 2, 3, 4]);
    }
  });

  it('reads PCM', () => {
    const wav = readWav(writePcmWav(Int16Array.of(1, -2), 16_000));
    expect(wav).toMatchObject({ format: 1, rateHz: 16_000, bitsPerSample: 16 });
    expect(wav.data.byteLength).toBe(4);
  });

  it('answers any bytes with audio or a WavError', () => {
    const header = writeMulawWav(Uint8Array.of(1, 2), 8000);
    const broken = fc
      .tuple(fc.nat(header.byteLength), bytes)
      .map(([cut, tail]) => join([header.subarray(0, cut), tail]));
    fc.assert(
      fc.property(fc.oneof(bytes, broken), (input) => {
        try {
          readWav(input);
        } catch (error) {
          expect(error).toBeInstanceOf(WavError);
        }
      }),
    );
  });
});

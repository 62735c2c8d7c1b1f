import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../shared/bytes.ts';
import { readMulaw, WavError } from './riff.ts';
import { WAV_HEADER_BYTES, wavHeader, wavPadding } from './wav-header.ts';

const AUDIO = new Uint8Array([255, 1, 2, 3, 254]);

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

const join = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));

function chunk(tag: string, body: Uint8Array, size = body.length): Uint8Array {
  return join(utf8(tag), u32(size), body, new Uint8Array(body.length % 2));
}

function fmt({ tag = 7, channels = 1, rate = 8000, bits = 8, length = 18 } = {}): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tag, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, rate, true);
  view.setUint16(14, bits, true);
  return chunk('fmt ', bytes);
}

const wav = (...chunks: Uint8Array[]) => join(utf8('RIFF'), u32(0), utf8('WAVE'), ...chunks);

test.each([
  ['fmt of 18 bytes, fact, data', wav(fmt(), chunk('fact', u32(5)), chunk('data', AUDIO))],
  ['fmt of 16 bytes, data at 44', wav(fmt({ length: 16 }), chunk('data', AUDIO))],
  ['an odd chunk before data', wav(fmt(), chunk('LIST', utf8('odd')), chunk('data', AUDIO))],
  ['a chunk after data', wav(fmt(), chunk('data', AUDIO), chunk('LIST', utf8('more')))],
  ['data length 0xFFFFFFFF', wav(fmt(), join(chunk('data', AUDIO, 0xffffffff).subarray(0, 13)))],
  ['data length 0', wav(fmt(), chunk('data', AUDIO, 0).subarray(0, 13))],
  ['data length past the end', wav(fmt(), chunk('data', AUDIO, 99).subarray(0, 13))],
  ['no header at all', AUDIO],
])('reads %s', (_name, bytes) => expect(readMulaw(bytes)).toEqual(AUDIO));

test('transcodes 16 bit PCM', () => {
  const pcm = new Uint8Array(new Int16Array([0, 32_767, -32_768]).buffer);
  const bytes = wav(fmt({ tag: 1, bits: 16, length: 16 }), chunk('data', pcm));
  expect(readMulaw(bytes)).toEqual(new Uint8Array([0xff, 0x80, 0x00]));
});

test.each([
  ['stereo', wav(fmt({ channels: 2 }), chunk('data', AUDIO)), '2 channels'],
  ['16 kHz', wav(fmt({ rate: 16_000 }), chunk('data', AUDIO)), '16000 Hz'],
  ['A-law', wav(fmt({ tag: 6 }), chunk('data', AUDIO)), 'format 6'],
  ['8 bit PCM', wav(fmt({ tag: 1 }), chunk('data', AUDIO)), '8 bits'],
  ['no data chunk', wav(fmt()), 'no data chunk'],
  ['data before fmt', wav(chunk('data', AUDIO)), 'no fmt chunk'],
  ['a fmt chunk of 4 bytes', wav(chunk('fmt ', u32(7)), chunk('data', AUDIO)), 'too short'],
  ['a RIFF file that is no WAVE', join(utf8('RIFF'), u32(4), utf8('AVI ')), 'not a WAVE'],
])('refuses %s', (_name, bytes, message) => {
  expect(() => readMulaw(bytes)).toThrow(WavError);
  expect(() => readMulaw(bytes)).toThrow(message);
});

test('our own header is 58 bytes and reads back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (audio) => {
      const header = wavHeader(audio.length);
      expect(header.length).toBe(WAV_HEADER_BYTES);
      const file = join(header, audio, new Uint8Array(wavPadding(audio.length)));
      expect(new DataView(file.buffer).getUint32(4, true)).toBe(file.length - 8);
      expect(readMulaw(file)).toEqual(audio);
    }),
  );
});

test('arbitrary bytes are read or refused with a WavError, never worse', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (tail) => {
      try {
        readMulaw(wav(fmt(), tail));
      } catch (error) {
        expect(error).toBeInstanceOf(WavError);
      }
    }),
  );
});

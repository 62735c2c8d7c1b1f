import { encodeMulaw, MULAW_RATE } from './mulaw.ts';
import { WAVE_FORMAT_MULAW, WAVE_FORMAT_PCM } from './wav-header.ts';

export class WavError extends Error {
  override readonly name = 'WavError';
}

type Format = {
  readonly tag: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
};

/**
 * The raw 8 kHz mono mu-law bytes of a WAV file, wherever its `data` chunk is; 16 bit PCM is
 * transcoded. Bytes without a RIFF header are taken for raw mu-law and returned as they are.
 * Throws `WavError` for any other format.
 */
export function readMulaw(bytes: Uint8Array): Uint8Array {
  if (tagAt(bytes, 0) !== 'RIFF') return bytes;
  if (tagAt(bytes, 8) !== 'WAVE') throw new WavError('The RIFF file is not a WAVE file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | null = null;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const tag = tagAt(bytes, at);
    const size = view.getUint32(at + 4, true);
    if (tag === 'data') return toMulaw(format, clampedData(bytes, at + 8, size));
    if (tag === 'fmt ') format = readFormat(view, at + 8, size);
    at += 8 + size + (size % 2);
  }
  throw new WavError('The WAVE file has no data chunk.');
}

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** Streaming writers leave 0 or 0xFFFFFFFF where the length of the data should be. */
function clampedData(bytes: Uint8Array, at: number, size: number): Uint8Array {
  const available = bytes.length - at;
  return bytes.subarray(at, at + (size === 0 ? available : Math.min(size, available)));
}

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16 || at + 16 > view.byteLength) throw new WavError('The fmt chunk is too short.');
  return {
    tag: view.getUint16(at, true),
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
}

function toMulaw(format: Format | null, data: Uint8Array): Uint8Array {
  if (format === null) throw new WavError('The WAVE file has no fmt chunk before its data.');
  const { tag, channels, rate, bits } = format;
  if (channels === 1 && rate === MULAW_RATE) {
    if (tag === WAVE_FORMAT_MULAW && bits === 8) return data;
    if (tag === WAVE_FORMAT_PCM && bits === 16) return encodeMulaw(samplesOf(data));
  }
  throw new WavError(
    `The audio is format ${tag}, ${channels} channels, ${rate} Hz, ${bits} bits; ` +
      'it must be 8000 Hz mono mu-law or 16 bit PCM.',
  );
}

function samplesOf(data: Uint8Array): Int16Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Int16Array.from({ length: data.length >> 1 }, (_, i) => view.getInt16(i * 2, true));
}

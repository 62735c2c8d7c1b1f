export const FORMAT_PCM = 1;
export const FORMAT_MULAW = 7;

export type Wav = {
  readonly format: number;
  readonly channels: number;
  readonly rateHz: number;
  readonly bitsPerSample: number;
  readonly data: Uint8Array<ArrayBuffer>;
};

export class WavError extends Error {}

/** Walks the RIFF chunks: the header's length differs between writers, so no offset is fixed. */
export function readWav(bytes: Uint8Array<ArrayBuffer>): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 12 || tag(bytes, 0) !== 'RIFF' || tag(bytes, 8) !== 'WAVE') {
    throw new WavError('Not a RIFF WAVE file');
  }
  let format: Omit<Wav, 'data'> | undefined;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (tag(bytes, at) === 'fmt ') {
      if (size < 16 || start + 16 > bytes.byteLength) throw new WavError('Broken fmt chunk');
      format = {
        format: view.getUint16(start, true),
        channels: view.getUint16(start + 2, true),
        rateHz: view.getUint32(start + 4, true),
        bitsPerSample: view.getUint16(start + 14, true),
      };
    }
    if (tag(bytes, at) === 'data') {
      if (format === undefined) throw new WavError('The data chunk comes before the fmt chunk');
      // A stream writes 0 or 0xffffffff here because it did not know its length.
      const isOpen = size === 0 || size > bytes.byteLength - start;
      const end = isOpen ? bytes.byteLength : start + size;
      return { ...format, data: bytes.subarray(start, end) };
    }
    at = start + size + (size % 2);
  }
  throw new WavError('No data chunk');
}

/** RIFF with an 18-byte fmt (tag 7), a fact chunk and the data: what Google sends for MULAW. */
export function writeMulawWav(data: Uint8Array, rateHz: number): Uint8Array<ArrayBuffer> {
  const chunks = [
    chunk('fmt ', formatChunk(FORMAT_MULAW, rateHz, 8, true)),
    chunk('fact', uint32(data.byteLength)),
    chunk('data', data),
  ];
  return riff(chunks);
}

/** Samples of several channels stand one after the other. */
export function writePcmWav(
  samples: Int16Array,
  rateHz: number,
  channels = 1,
): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return riff([
    chunk('fmt ', formatChunk(FORMAT_PCM, rateHz, 16, false, channels)),
    chunk('data', data),
  ]);
}

function formatChunk(
  format: number,
  rateHz: number,
  bits: number,
  isExtended: boolean,
  channels = 1,
) {
  const bytes = new Uint8Array(isExtended ? 18 : 16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, format, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, rateHz, true);
  view.setUint32(8, (rateHz * bits * channels) / 8, true);
  view.setUint16(12, (bits * channels) / 8, true);
  view.setUint16(14, bits, true);
  return bytes;
}

function riff(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return chunk('RIFF', join([ascii('WAVE'), ...chunks]));
}

function chunk(name: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const padding = new Uint8Array(body.byteLength % 2);
  return join([ascii(name), uint32(body.byteLength), body, padding]);
}

export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function tag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

import { encodeMulaw, MULAW_RATE_HZ } from './mulaw.ts';
import { FORMAT_MULAW, FORMAT_PCM, readWav, WavError } from './wav.ts';

const BAD_CONTENT_TYPE = 12300;
const UNREADABLE = 13420;

/** What the carrier's <Play> accepts; it decides by the header, not by looking at the data. */
const WAV_TYPES = new Set(['audio/wav', 'audio/wave', 'audio/x-wav']);
const RAW_TYPE = 'audio/ulaw';
const OTHER_TYPES = new Set([
  'audio/mpeg',
  'audio/aiff',
  'audio/x-aifc',
  'audio/x-aiff',
  'audio/x-gsm',
  'audio/gsm',
]);

export type Decoded =
  | { readonly ok: true; readonly mulaw: Uint8Array<ArrayBuffer>; readonly ms: number }
  | { readonly ok: false; readonly code: number; readonly reason: string };

/** Decodes what <Play> fetched to mu-law at 8 kHz; its length follows from the data alone. */
export function decodeMedia(contentType: string, bytes: Uint8Array<ArrayBuffer>): Decoded {
  if (contentType === RAW_TYPE) {
    if (startsAsRiff(bytes))
      return refuse(UNREADABLE, 'A WAV header is heard as a click in raw mu-law');
    if (bytes.byteLength === 0) return refuse(UNREADABLE, 'The audio is empty');
    return decoded(bytes);
  }
  if (WAV_TYPES.has(contentType)) return decodeWav(bytes);
  if (OTHER_TYPES.has(contentType)) return refuse(UNREADABLE, `${contentType} is not simulated`);
  return refuse(BAD_CONTENT_TYPE, `Content type "${contentType}" cannot be played`);
}

function decodeWav(bytes: Uint8Array<ArrayBuffer>): Decoded {
  try {
    const wav = readWav(bytes);
    if (wav.channels !== 1) return refuse(UNREADABLE, `${wav.channels} channels are not simulated`);
    if (wav.data.byteLength === 0) return refuse(UNREADABLE, 'The audio is empty');
    if (wav.format === FORMAT_MULAW && wav.bitsPerSample === 8 && wav.rateHz === MULAW_RATE_HZ) {
      return decoded(wav.data);
    }
    if (wav.format === FORMAT_PCM && wav.bitsPerSample === 16 && wav.rateHz === MULAW_RATE_HZ) {
      const aligned = wav.data.slice(0, wav.data.byteLength & ~1);
      return decoded(encodeMulaw(new Int16Array(aligned.buffer)));
    }
    const { format, rateHz, bitsPerSample } = wav;
    return refuse(
      UNREADABLE,
      `WAV format ${format}, ${rateHz} Hz, ${bitsPerSample} bit is not simulated`,
    );
  } catch (cause) {
    if (cause instanceof WavError) return refuse(UNREADABLE, cause.message);
    throw cause;
  }
}

function startsAsRiff(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === 'RIFF';
}

function decoded(mulaw: Uint8Array<ArrayBuffer>): Decoded {
  return { ok: true, mulaw, ms: (mulaw.byteLength * 1000) / MULAW_RATE_HZ };
}

function refuse(code: number, reason: string): Decoded {
  return { ok: false, code, reason };
}

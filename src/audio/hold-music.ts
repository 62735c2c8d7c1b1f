import { encodeMulaw, MULAW_RATE } from './mulaw.ts';
import { wavHeader, wavPadding } from './wav-header.ts';

/** Four bars of broken chords, in semitones from A4 (440 Hz). */
const BARS: readonly (readonly number[])[] = [
  [-12, -8, -5, 0, -5, -8, -12, -5],
  [-15, -12, -8, -3, -8, -12, -15, -8],
  [-19, -12, -7, -3, -7, -12, -19, -7],
  [-17, -10, -5, -1, -5, -10, -17, -5],
];
const NOTE_MS = 320;
const TIMES = 2;
/** Well below speech: it should be possible to talk over it. */
const LOUDNESS = 4200;
const DECAY_MS = 700;

let made: Uint8Array<ArrayBuffer> | null = null;

/** What a caller hears who waits: 20 s of music as a WAV file, written by nobody but us. */
export function holdMusic(): Uint8Array<ArrayBuffer> {
  made ??= wavOf(encodeMulaw(samples()));
  return made;
}

function samples(): Int16Array {
  const notes = Array.from({ length: TIMES }, () => BARS.flat()).flat();
  const noteLength = (MULAW_RATE * NOTE_MS) / 1000;
  const mixed = new Float64Array(notes.length * noteLength);
  const ringing = noteLength * 3;
  for (const [i, semitones] of notes.entries()) {
    const step = (2 * Math.PI * 440 * 2 ** (semitones / 12)) / MULAW_RATE;
    for (let n = 0; n < ringing; n++) {
      const at = (i * noteLength + n) % mixed.length;
      const fade = Math.exp((-n * 1000) / (MULAW_RATE * DECAY_MS)) * Math.min(1, n / 40);
      mixed[at] =
        (mixed[at] ?? 0) + LOUDNESS * fade * (Math.sin(step * n) + Math.sin(2 * step * n) / 4);
    }
  }
  return Int16Array.from(mixed, (value) => Math.max(-32_000, Math.min(32_000, Math.round(value))));
}

function wavOf(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = wavHeader(body.length);
  const file = new Uint8Array(header.length + body.length + wavPadding(body.length));
  file.set(header);
  file.set(body, header.length);
  return file;
}

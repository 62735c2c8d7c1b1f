import { utf8 } from '../shared/bytes.ts';
import { splitText } from '../shared/split-text.ts';
import type { Speech, SpeechRequest } from './speech.ts';

/** "Input size is limited to 5000 bytes" (Google's quotas page); it cannot be raised. */
export const SPEECH_TEXT_BYTES = 5000;

export function splitForSpeech(text: string): string[] {
  return splitText(text, (piece) => utf8(piece).length <= SPEECH_TEXT_BYTES);
}

/** A text of any length: its pieces one after the other, their audio joined. */
export async function speakAll(speech: Speech, request: SpeechRequest): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const text of splitForSpeech(request.text)) {
    parts.push(await speech.synthesize({ ...request, text }));
  }
  return joinBytes(parts);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

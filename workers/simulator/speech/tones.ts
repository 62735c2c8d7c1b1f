import { MULAW_RATE_HZ } from './mulaw.ts';
import type { Voice } from './voice.ts';

const MS_PER_CHARACTER = 66;
const LEAD_MS = 250;
const AMPLITUDE = 6000;

/** A voice for places too small for a real one: one tone a word, as long as the text would take. */
export const toneVoice: Voice = {
  name: 'tones',
  speak: async (text, speakingRate) => {
    const length = Math.round(
      ((LEAD_MS + text.length * MS_PER_CHARACTER) / speakingRate / 1000) * MULAW_RATE_HZ,
    );
    const perCharacter = length / Math.max(1, text.length);
    return Int16Array.from({ length }, (_, index) => {
      const character = text[Math.min(text.length - 1, Math.floor(index / perCharacter))] ?? ' ';
      if (/\s/.test(character)) return 0;
      const pitchHz = 220 + (character.charCodeAt(0) % 32) * 12;
      return Math.round(AMPLITUDE * Math.sin((2 * Math.PI * pitchHz * index) / MULAW_RATE_HZ));
    });
  },
};

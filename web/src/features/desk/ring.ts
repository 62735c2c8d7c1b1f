import { useEffect } from 'react';

const EVERY_MS = 3_000;
const TONES_HZ = [440, 480];
const TONE_SECONDS = 1;
const LOUDNESS = 0.06;

/** Rings, in the ear and in the title of the window, while it is true. */
export function useRing(isRinging: boolean): void {
  useEffect(() => {
    if (!isRinging) return;
    const sound = new AudioContext();
    ringOnce(sound);
    const timer = setInterval(() => ringOnce(sound), EVERY_MS);
    const title = document.title;
    document.title = `(1) A caller · ${title}`;
    return () => {
      clearInterval(timer);
      void sound.close();
      document.title = title;
    };
  }, [isRinging]);
}

/** The two tones of an American telephone, softly. */
function ringOnce(sound: AudioContext): void {
  const volume = new GainNode(sound, { gain: LOUDNESS });
  volume.connect(sound.destination);
  for (const frequency of TONES_HZ) {
    const tone = new OscillatorNode(sound, { frequency });
    tone.connect(volume);
    tone.start();
    tone.stop(sound.currentTime + TONE_SECONDS);
  }
}

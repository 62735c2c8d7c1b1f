import { z } from 'zod';
import { GoogleError } from './google-errors.ts';

const MAX_INPUT_BYTES = 5000;
const RATE_HZ = 8000;
const INPUT_FORMS = ['text', 'markup', 'ssml', 'multiSpeakerMarkup'] as const;
const CHIRP_VOICES =
  'Achernar Aoede Autonoe Callirrhoe Charon Despina Erinome Fenrir Iapetus Kore Laomedeia Leda ' +
  'Orus Puck Schedar Sulafat Umbriel Zephyr';

export const VOICES: readonly string[] = CHIRP_VOICES.split(' ').map(
  (name) => `en-US-Chirp3-HD-${name}`,
);

/** Taken and checked, but not spoken: the local voice knows no IPA. */
const CustomPronunciations = z.strictObject({
  pronunciations: z.array(
    z.strictObject({
      phrase: z.string().min(1),
      phoneticEncoding: z.enum(['PHONETIC_ENCODING_IPA', 'PHONETIC_ENCODING_X_SAMPA']),
      pronunciation: z.string().min(1),
    }),
  ),
});

/** Google refuses names that it does not know; so do strict objects. */
const Body = z.strictObject({
  input: z.strictObject({
    text: z.string().optional(),
    markup: z.string().optional(),
    ssml: z.string().optional(),
    multiSpeakerMarkup: z.unknown().optional(),
    customPronunciations: CustomPronunciations.optional(),
  }),
  voice: z.strictObject({ languageCode: z.string().min(1), name: z.string().optional() }),
  audioConfig: z.strictObject({
    audioEncoding: z.string(),
    sampleRateHertz: z.int().optional(),
    speakingRate: z.number().optional(),
    pitch: z.number().optional(),
    volumeGainDb: z.number().optional(),
    effectsProfileId: z.array(z.string()).optional(),
  }),
});

export type SpeechRequest = {
  readonly text: string;
  readonly voice: string;
  readonly encoding: 'MULAW' | 'LINEAR16';
  readonly speakingRate: number;
};

export function readSpeechRequest(body: unknown): SpeechRequest {
  const parsed = Body.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse(`Invalid JSON payload received. ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { input, voice, audioConfig } = parsed.data;
  return {
    text: readInput(input),
    voice: readVoice(voice.name, voice.languageCode),
    ...readAudio(audioConfig),
  };
}

function readInput(input: z.infer<typeof Body>['input']): string {
  const forms = INPUT_FORMS.filter((form) => input[form] !== undefined);
  if (forms.length !== 1) return refuse('Exactly one of the input forms must be set.');
  if (input.ssml !== undefined || input.multiSpeakerMarkup !== undefined) {
    return refuse('This voice currently does not support this input form.');
  }
  const text = input.text ?? input.markup?.replace(/\[pause( short| long)?\]/g, ', ') ?? '';
  if (text.trim() === '') return refuse('Input text is empty.');
  if (new TextEncoder().encode(text).byteLength > MAX_INPUT_BYTES) {
    return refuse(`Input size limit exceeded: at most ${MAX_INPUT_BYTES} bytes.`);
  }
  return text;
}

function readVoice(name: string | undefined, languageCode: string): string {
  const voice = name ?? VOICES[0] ?? '';
  if (!VOICES.includes(voice)) return refuse(`Voice '${voice}' does not exist. Is it misspelled?`);
  if (!voice.startsWith(`${languageCode}-`)) {
    return refuse(`Requested language code '${languageCode}' does not match the voice '${voice}'.`);
  }
  return voice;
}

function readAudio(config: z.infer<typeof Body>['audioConfig']) {
  if (config.pitch !== undefined) {
    return refuse('This voice does not support pitch parameters at this time.');
  }
  const speakingRate = config.speakingRate ?? 1;
  if (speakingRate < 0.25 || speakingRate > 2) {
    return refuse('Speaking rate must be between 0.25 and 2.0.');
  }
  const encoding = config.audioEncoding;
  if (encoding !== 'MULAW' && encoding !== 'LINEAR16') {
    return refuse(`Audio encoding ${encoding} is not simulated.`);
  }
  if (config.sampleRateHertz !== RATE_HZ) {
    return refuse(`Sample rate must be ${RATE_HZ}: others are not simulated.`);
  }
  return { encoding, speakingRate } as const;
}

function refuse(message: string): never {
  throw new GoogleError('INVALID_ARGUMENT', message);
}

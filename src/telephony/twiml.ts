import { chunkParts, encodeRecipe, type RecipePart } from '../audio/recipe.ts';
import type { Effect } from '../flow/types.ts';
import { splitText } from '../shared/split-text.ts';
import { addFarVerb, type FarAction, type FarLinks } from './far-verbs.ts';
import { gatherAttributes, type Listen, wholeSeconds } from './gather.ts';
import { type TwimlElement, TwimlResponse } from './twiml-writer.ts';
import { xmlText } from './xml-text.ts';

export type TwimlInput = {
  readonly effects: readonly Effect[];
  /** Made audio by the sentence's exact text. */
  readonly clips: Readonly<Record<string, RecipePart>>;
  /** `CallbackUrls.audio(tenant)`: a recipe's file name follows after a slash. */
  readonly audioBaseUrl: string;
  /** Where `<Gather>` reports; absolute, for the next turn. */
  readonly actionUrl: string;
  /** Google's name, e.g. `en-US-Chirp3-HD-Leda`. */
  readonly voice: string;
  readonly language: string;
  /** Where the call goes on when these effects neither listen nor hang up. */
  readonly redirectUrl?: string;
  /** Begins with this turn, after its notice. */
  readonly recording?: { readonly notice: string; readonly callbackUrl: string };
  /** The one action that the call now waits for, and where its end is told. */
  readonly far?: { readonly action: FarAction; readonly links: FarLinks };
};

export type Spoken = {
  readonly text: string;
  /** `live` was never to be made; `fallback` should have been and was not. */
  readonly via: 'play' | 'live' | 'fallback';
};
export type Twiml = {
  readonly xml: string;
  /** Every sentence, in order. */
  readonly spoken: readonly Spoken[];
  /** The URL of every `<Play>`, in order. */
  readonly plays: readonly string[];
};

/** "At most 4096 characters" (twilio.com/docs/voice/twiml/say). */
const SAY_CHARS_MAX = 4096;

type PromptVerb =
  | { readonly type: 'play'; readonly url: string }
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'pause'; readonly seconds: number };
type Verb =
  | PromptVerb
  | { readonly type: 'gather'; readonly listen: Listen; readonly prompts: readonly PromptVerb[] }
  | { readonly type: 'far'; readonly action: FarAction; readonly links: FarLinks }
  | { readonly type: 'hangup' };

/** One turn as TwiML: an unbroken run of made sentences is one `<Play>`, the rest `<Say>`. */
export function renderTwiml(input: TwimlInput): Twiml {
  const spoken: Spoken[] = [];
  const notice = noticeOf(input, spoken);
  const verbs = verbsOf(input, spoken);
  const response = new TwimlResponse();
  for (const prompt of notice) addPrompt(response, prompt, input);
  if (input.recording !== undefined) addRecording(response, input.recording.callbackUrl);
  for (const verb of verbs) {
    if (verb.type === 'hangup') response.add('Hangup');
    else if (verb.type === 'far') addFarVerb(response, verb, input.actionUrl);
    else if (verb.type === 'gather') {
      const gather = response.add('Gather', gatherAttributes(verb.listen, input.actionUrl));
      for (const prompt of verb.prompts) addPrompt(gather, prompt, input);
    } else addPrompt(response, verb, input);
  }
  const isOpen = verbs.every(({ type }) => !['gather', 'hangup', 'far'].includes(type));
  if (isOpen && input.redirectUrl !== undefined) {
    response.add('Redirect', { method: 'POST' }, input.redirectUrl);
  }
  const prompts = [
    ...notice,
    ...verbs.flatMap((verb): readonly Verb[] => (verb.type === 'gather' ? verb.prompts : [verb])),
  ];
  const plays = prompts.flatMap((verb) => (verb.type === 'play' ? [verb.url] : []));
  return { xml: response.toString(), spoken, plays };
}

/** Outside of any Gather, so nobody can interrupt it. */
function noticeOf({ recording, clips, audioBaseUrl }: TwimlInput, spoken: Spoken[]): PromptVerb[] {
  if (recording === undefined) return [];
  const { notice: text } = recording;
  const part = Object.hasOwn(clips, text) ? clips[text] : undefined;
  spoken.push({ text, via: part === undefined ? 'fallback' : 'play' });
  return part === undefined ? saysOf(text) : playsOf([part], audioBaseUrl);
}

/** Both sides of the call, each on its own channel, until it ends. */
function addRecording(response: TwimlElement, callbackUrl: string): void {
  response.add('Start').add('Recording', {
    channels: 'dual',
    trim: 'do-not-trim',
    recordingStatusCallback: callbackUrl,
    recordingStatusCallbackMethod: 'POST',
    recordingStatusCallbackEvent: ['completed', 'absent'],
  });
}

function verbsOf(input: TwimlInput, spoken: Spoken[]): Verb[] {
  const verbs: Verb[] = [];
  let prompts: PromptVerb[] = [];
  let run: RecipePart[] = [];
  const endRun = () => {
    prompts.push(...playsOf(run, input.audioBaseUrl));
    run = [];
  };
  for (const effect of input.effects) {
    switch (effect.type) {
      case 'say':
        for (const { text, kind } of effect.sentences) {
          const part = Object.hasOwn(input.clips, text) ? input.clips[text] : undefined;
          if (kind !== 'live' && part !== undefined) {
            run.push(part);
            spoken.push({ text, via: 'play' });
          } else {
            endRun();
            prompts.push(...saysOf(text));
            spoken.push({ text, via: kind === 'live' ? 'live' : 'fallback' });
          }
        }
        break;
      case 'pause':
        endRun();
        prompts.push({ type: 'pause', seconds: wholeSeconds(effect.ms) });
        break;
      case 'listen':
        endRun();
        // Prompts inside of a Gather can be interrupted; before it they are heard to the end.
        if (!effect.bargeIn) verbs.push(...prompts);
        verbs.push({ type: 'gather', listen: effect, prompts: effect.bargeIn ? prompts : [] });
        prompts = [];
        break;
      case 'hangup':
        endRun();
        verbs.push(...prompts, { type: 'hangup' });
        prompts = [];
        break;
      case 'transfer':
      case 'voicemail':
      case 'webhook':
        // One that was answered on the spot leaves nothing to wait for.
        if (input.far === undefined || effect !== input.far.action) break;
        endRun();
        verbs.push(...prompts, { type: 'far', ...input.far });
        prompts = [];
        break;
      case 'sms':
      case 'outcome':
      case 'suppress':
      case 'event':
      case 'utterance':
        break;
      default:
        effect satisfies never;
    }
  }
  endRun();
  return [...verbs, ...prompts];
}

function playsOf(run: readonly RecipePart[], audioBaseUrl: string): PromptVerb[] {
  return chunkParts(run).map((parts) => ({
    type: 'play',
    url: `${audioBaseUrl}/${encodeRecipe({ parts, format: 'wav' })}`,
  }));
}

function saysOf(text: string): PromptVerb[] {
  const pieces = splitText(xmlText(text), (piece) => piece.length <= SAY_CHARS_MAX);
  return pieces.map((piece) => ({ type: 'say', text: piece }));
}

function addPrompt(
  parent: TwimlElement,
  verb: PromptVerb,
  { voice, language }: { voice: string; language: string },
): void {
  if (verb.type === 'play') parent.add('Play', {}, verb.url);
  else if (verb.type === 'pause') parent.add('Pause', { length: verb.seconds });
  // Twilio offers Google's voices under this prefix: the caller hears no change of voice.
  else parent.add('Say', { voice: `Google.${voice}`, language }, verb.text);
}

import { agentLabel } from '../calls/agent-room.ts';
import { TwimlResponse } from '../telephony/twiml-writer.ts';
import type { Transfer } from './desk-state.ts';
import type { Redeemed } from './redeem.ts';

type Voice = Pick<Transfer['report'], 'voice' | 'language'>;

/** Longest talk of an agent with one caller, in seconds. */
const TALK_SECONDS = 3600;

type Words = {
  readonly place: (n: number) => string;
  readonly whisper: (number: string, node: string) => string;
};
const WORDS: Readonly<Record<string, Words>> = {
  en: {
    place: (n) =>
      n === 1 ? 'You are the next in line.' : `You are number ${n} in line. Thank you for waiting.`,
    whisper: (number, node) => `Call from ${number}. ${node}.`,
  },
};

/** What a caller hears while he waits: music, then his place; again and again. */
export function waitDocument(input: {
  readonly musicUrl: string;
  readonly againUrl: string;
  readonly voice: Voice | null;
  /** From 1; null when he stands in no line. */
  readonly place: number | null;
}): string {
  const { musicUrl, againUrl, voice, place } = input;
  const response = new TwimlResponse();
  response.add('Play', {}, musicUrl);
  const words = WORDS[languageOf(voice)];
  if (voice !== null && place !== null && words !== undefined)
    say(response, voice, words.place(place));
  response.add('Redirect', { method: 'POST' }, againUrl);
  return response.toString();
}

/** What the page does that came with a good ticket. */
export function entranceDocument(redeemed: Redeemed): string {
  const { transfer } = redeemed;
  if (redeemed.kind === 'agent') return joinDocument(transfer, redeemed.agentId);
  const { userId, mode } = redeemed.listener;
  const coached = mode === 'coach' ? (transfer.taker?.sid ?? null) : null;
  return listenDocument(transfer, `listener.${userId}`, coached);
}

/** The agent hears who it is before he is in the room; his leaving ends it. */
function joinDocument({ report }: Transfer, agentId: string): string {
  const response = new TwimlResponse();
  const words = WORDS[languageOf(report)] ?? WORDS.en;
  const number = report.number.replace(/\D/g, '').split('').join(' ');
  if (words !== undefined)
    say(response, report, words.whisper(number, report.node.replaceAll('_', ' ')));
  const dial = response.add('Dial', { timeLimit: TALK_SECONDS });
  dial.add(
    'Conference',
    {
      ...{ startConferenceOnEnter: true, endConferenceOnExit: true, beep: false },
      participantLabel: agentLabel(agentId),
    },
    report.room,
  );
  return response.toString();
}

/** A supervisor hears the room; `coached` alone hears him, and nobody does without. */
function listenDocument({ report }: Transfer, label: string, coached: string | null): string {
  const response = new TwimlResponse();
  const dial = response.add('Dial', { timeLimit: TALK_SECONDS });
  dial.add(
    'Conference',
    {
      ...{ startConferenceOnEnter: false, endConferenceOnExit: false, beep: false },
      ...(coached === null ? { muted: true } : { coach: coached }),
      participantLabel: label,
    },
    report.room,
  );
  return response.toString();
}

function languageOf(voice: Voice | null): string {
  return voice?.language.split('-')[0] ?? '';
}

function say(response: TwimlResponse, { voice, language }: Voice, text: string): void {
  response.add('Say', { voice: `Google.${voice}`, language }, text);
}

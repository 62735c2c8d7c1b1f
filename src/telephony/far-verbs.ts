import type { Effect } from '../flow/types.ts';
import { wholeSeconds } from './gather.ts';
import type { TwimlElement } from './twiml-writer.ts';

export type FarAction = Extract<Effect, { type: 'transfer' | 'voicemail' | 'webhook' }>;
export type FarLinks = {
  /** The number that the called person sees: one of ours. */
  readonly callerId: string;
  /** Hears when the person a caller is handed to answers. */
  readonly legUrl: string;
  readonly recordingUrl: string;
  /** Where the call goes on while a script's own webhook is asked. */
  readonly fetchUrl: string;
  /** Where a caller waits for an agent. */
  readonly room: {
    readonly name: string;
    readonly label: string;
    readonly waitUrl: string;
    readonly callbackUrl: string;
  };
};

/** Longest talk with whom a caller is handed to. */
export const TALK_SECONDS = 3600;

/** "Up to 600 seconds" (twilio.com/docs/voice/twiml/dial, timeout). */
const RING_SECONDS_MAX = 600;
/** A caller who says nothing more has left his message. */
const SILENCE_SECONDS = 5;

/** The verb that an action waits in; its end is told to `actionUrl`. */
export function addFarVerb(
  response: TwimlElement,
  { action, links }: { readonly action: FarAction; readonly links: FarLinks },
  actionUrl: string,
): void {
  switch (action.type) {
    case 'transfer': {
      if (action.to === 'agents') {
        addWaitingRoom(response, wholeSeconds(action.timeoutMs), links, actionUrl);
        return;
      }
      const dial = response.add('Dial', {
        action: actionUrl,
        method: 'POST',
        timeout: Math.min(wholeSeconds(action.timeoutMs), RING_SECONDS_MAX),
        timeLimit: TALK_SECONDS,
        callerId: links.callerId,
        // The caller hears it ring, and a call that came in is not billed before somebody is there.
        answerOnBridge: true,
      });
      dial.add(
        'Number',
        {
          statusCallback: links.legUrl,
          statusCallbackMethod: 'POST',
          statusCallbackEvent: ['answered', 'completed'],
        },
        action.to,
      );
      return;
    }
    case 'voicemail':
      response.add('Record', {
        action: actionUrl,
        method: 'POST',
        maxLength: wholeSeconds(action.maxMs),
        timeout: SILENCE_SECONDS,
        finishOnKey: '#',
        playBeep: true,
        recordingStatusCallback: links.recordingUrl,
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['completed', 'absent'],
      });
      // An empty recording calls no action: the carrier goes on with the next verb.
      response.add('Redirect', { method: 'POST' }, actionUrl);
      return;
    case 'webhook':
      response.add('Redirect', { method: 'POST' }, links.fetchUrl);
      return;
  }
}

/** The caller's own leg ends the room; an agent's does too, and brings him back to the script. */
function addWaitingRoom(
  response: TwimlElement,
  waitSeconds: number,
  { room }: FarLinks,
  actionUrl: string,
): void {
  const timeLimit = TALK_SECONDS + waitSeconds;
  const dial = response.add('Dial', { action: actionUrl, method: 'POST', timeLimit });
  dial.add(
    'Conference',
    {
      ...{ startConferenceOnEnter: false, endConferenceOnExit: true, beep: false },
      ...{ participantLabel: room.label, waitUrl: room.waitUrl, waitMethod: 'POST' },
      ...{ statusCallback: room.callbackUrl, statusCallbackMethod: 'POST' },
      statusCallbackEvent: ['start', 'end', 'join', 'leave'],
    },
    room.name,
  );
}

import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Effect } from '../flow/types.ts';
import { wholeSeconds } from './gather.ts';
import { xmlText } from './xml-text.ts';

export type FarAction = Extract<Effect, { type: 'transfer' | 'voicemail' | 'webhook' }>;
export type FarLinks = {
  /** The number that the called person sees: one of ours. */
  readonly callerId: string;
  /** Longest talk after a transfer. */
  readonly talkSeconds: number;
  /** Hears when the person a caller is handed to answers. */
  readonly legUrl: string;
  readonly recordingUrl: string;
  /** Where the call goes on while a script's own webhook is asked. */
  readonly fetchUrl: string;
};

/** "Up to 600 seconds" (twilio.com/docs/voice/twiml/dial, timeout). */
const RING_SECONDS_MAX = 600;
/** A caller who says nothing more has left his message. */
const SILENCE_SECONDS = 5;

/** The verb that an action waits in; its end is told to `actionUrl`. */
export function addFarVerb(
  response: VoiceResponse,
  { action, links }: { readonly action: FarAction; readonly links: FarLinks },
  actionUrl: string,
): void {
  switch (action.type) {
    case 'transfer': {
      const dial = response.dial({
        action: xmlText(actionUrl),
        method: 'POST',
        timeout: Math.min(wholeSeconds(action.timeoutMs), RING_SECONDS_MAX),
        timeLimit: links.talkSeconds,
        callerId: xmlText(links.callerId),
        // The caller hears it ring, and a call that came in is not billed before somebody is there.
        answerOnBridge: true,
      });
      dial.number(
        {
          statusCallback: xmlText(links.legUrl),
          statusCallbackMethod: 'POST',
          statusCallbackEvent: ['answered', 'completed'],
        },
        xmlText(action.to),
      );
      return;
    }
    case 'voicemail':
      response.record({
        action: xmlText(actionUrl),
        method: 'POST',
        maxLength: wholeSeconds(action.maxMs),
        timeout: SILENCE_SECONDS,
        finishOnKey: '#',
        playBeep: true,
        recordingStatusCallback: xmlText(links.recordingUrl),
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['completed', 'absent'],
      });
      // An empty recording calls no action: the carrier goes on with the next verb.
      response.redirect({ method: 'POST' }, xmlText(actionUrl));
      return;
    case 'webhook':
      response.redirect({ method: 'POST' }, xmlText(links.fetchUrl));
      return;
  }
}

import { type FormParams, single } from '../telephony/signature.ts';
import { takeRoom } from './agent-room.ts';
import type { Turn } from './conversation.ts';
import { takeVerdict } from './machine.ts';
import { quietStep } from './quiet-step.ts';
import type { SessionStep, SessionWebhook, WebhookKind } from './session-types.ts';
import { takeStatus } from './status-report.ts';
import { recordingOf, takeTurn } from './take-turn.ts';

/** What any signed webhook of a call leads to. Pure; the caller commits before it answers. */
export function takeWebhook(turn: Turn, kind: WebhookKind, params: FormParams): SessionStep {
  switch (kind.type) {
    case 'turn':
    case 'fetch':
      return takeTurn(turn, kind.nonce, params);
    case 'status':
      return takeStatus(turn.state, params, turn.now);
    case 'amd':
      return takeVerdict(turn, params);
    case 'recording':
      return takeRecording(turn, params);
    case 'leg':
      return takeLeg(turn, params);
    case 'room':
      return takeRoom(turn, params);
  }
}

/**
 * A repeated webhook has the same key, so it is answered from the row it made. Twilio numbers
 * status callbacks from 0; a turn has its nonce in the URL.
 */
export function keyOf({ kind, params }: SessionWebhook): string {
  const { CallStatus, SequenceNumber, CallSid, RecordingSid, RecordingStatus, AnsweredBy } = params;
  switch (kind.type) {
    case 'turn':
    case 'fetch':
      return `turn:${kind.nonce}`;
    case 'status':
      return `status:${CallStatus}:${SequenceNumber}`;
    case 'amd':
      return `amd:${AnsweredBy}`;
    case 'recording':
      return `recording:${RecordingSid}:${RecordingStatus}`;
    case 'leg':
      return `leg:${CallSid}:${CallStatus}`;
    case 'room':
      return `room:${params.ConferenceSid}:${SequenceNumber}`;
  }
}

function takeRecording({ state, now }: Turn, params: FormParams): SessionStep {
  const source = single(params.RecordingSource) === 'RecordVerb' ? 'voicemail' : 'call';
  const note = recordingOf(params, source, now);
  if (note === null) return quietStep(state);
  const { sid, status, durationSeconds, errorCode } = note;
  const event =
    status === 'completed'
      ? { at: now, type: 'recording.available', detail: { sid, seconds: durationSeconds } }
      : { at: now, type: 'recording.failed', detail: { sid, reason: errorCode ?? status } };
  return { ...quietStep(state, [event]), recordings: [note] };
}

/** The person a caller is handed to has picked up. */
function takeLeg({ state, now }: Turn, params: FormParams): SessionStep {
  const { waiting } = state;
  const isAnswer = single(params.CallStatus) === 'in-progress';
  if (!isAnswer || waiting?.action.type !== 'transfer' || waiting.answeredAt !== null) {
    return quietStep(state);
  }
  const event = { at: now, type: 'transfer.answered', detail: { sid: single(params.CallSid) } };
  return quietStep({ ...state, waiting: { ...waiting, answeredAt: now } }, [event]);
}

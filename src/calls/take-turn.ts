import type { FlowInput } from '../flow/types.ts';
import { type FormParams, single } from '../telephony/signature.ts';
import { isTerminal } from '../telephony/status.ts';
import { goOnAt, hangup } from '../telephony/twiml-answers.ts';
import { endOfRoom, leftRoom } from './agent-room.ts';
import { converse, saysLive, type Turn } from './conversation.ts';
import type { FarRecord } from './far-ends.ts';
import { hasMachineBranch, isMachine, leaveMachine, seenMachine } from './machine.ts';
import { quietStep } from './quiet-step.ts';
import { isScreening, SCREENINGS_MAX } from './screening.ts';
import type { FetchedReply, RecordingNote, SessionState, SessionStep } from './session-types.ts';

/** What the carrier asks for at the start of a call, after a Gather, or when an action has ended. */
export function takeTurn(turn: Turn, nonce: number, params: FormParams): SessionStep {
  const { setup, state, urls } = turn;
  if (isTerminal(state.status)) return quietStep(state, [], hangup());
  if (nonce < state.nonce) {
    // The call was sent elsewhere meanwhile: what it did in the old place says nothing any more.
    const ref = { tenant: setup.tenantId, call: setup.callId };
    return quietStep(state, [], goOnAt(urls.turn({ ...ref, nonce: String(state.nonce) })));
  }
  if (state.machine === 'pending') {
    return machineTurn(turn, { ...leftRoom(state), machine: 'taken', waiting: null }, []);
  }
  if (state.flow === null) return firstTurn(turn, params);
  if (state.waiting !== null) return afterAction(turn, params);
  const input = heardIn(params);
  if (input.type === 'speech' && isScreening(input.text) && state.screened < SCREENINGS_MAX) {
    const asked = { ...state, screened: state.screened + 1 };
    const records = [{ type: 'call.screened', detail: { times: asked.screened } }];
    const answer = [saysLive(setup.screeningText)];
    return converse({ ...turn, state: asked }, { type: 'start' }, records, answer);
  }
  return converse(turn, input);
}

const MACHINE: FlowInput = { type: 'result', event: 'machine' };

/** Where the carrier waited for its detection, the first request says what answered. */
function firstTurn(turn: Turn, params: FormParams): SessionStep {
  if (turn.setup.inbound !== undefined) return pickUp(turn, params);
  const answeredBy = single(params.AnsweredBy);
  if (!isMachine(answeredBy)) return converse({ ...turn, isOpening: true }, { type: 'start' });
  const state = { ...turn.state, answeredBy, machine: 'taken' } as const;
  return machineTurn(turn, state, [seenMachine(answeredBy, params)]);
}

/** Our answer is what picks a call up that came in; nobody else tells of it. */
function pickUp(turn: Turn, params: FormParams): SessionStep {
  const state = {
    ...turn.state,
    status: 'in-progress',
    answeredAt: turn.now,
    twilioSid: single(params.CallSid),
    isPerson: true,
  } as const;
  return converse({ ...turn, state, isOpening: true }, { type: 'start' }, [
    { type: 'twilio.status', detail: { status: 'in-progress', sid: state.twilioSid } },
  ]);
}

function machineTurn(turn: Turn, state: SessionState, records: readonly FarRecord[]): SessionStep {
  if (!hasMachineBranch(turn.setup.flow, state.flow?.node ?? null)) {
    return leaveMachine(turn, state, records);
  }
  return converse({ ...turn, state }, MACHINE, records);
}

/** Twilio posts Digits or SpeechResult, and neither after a silence (actionOnEmptyResult). */
function heardIn(params: FormParams): FlowInput {
  const digits = single(params.Digits);
  if (digits !== '') return { type: 'dtmf', digits };
  const text = single(params.SpeechResult);
  if (text === '') return { type: 'silence' };
  const confidence = Number.parseFloat(single(params.Confidence));
  return { type: 'speech', text, confidence: Number.isFinite(confidence) ? confidence : null };
}

/** A transfer or a recording has ended; a webhook's answer comes by `takeReply`. */
function afterAction(turn: Turn, params: FormParams): SessionStep {
  const { waiting } = turn.state;
  switch (waiting?.action.type) {
    case 'transfer': {
      if (waiting.room === null) return afterTransfer(turn, params, waiting.answeredAt !== null);
      const { event, records } = endOfRoom(waiting, single(params.DialCallStatus), turn.now);
      return converse(turn, { type: 'result', event }, records);
    }
    case 'voicemail':
      return afterMessage(turn, params);
    default:
      // The carrier came back without an answer of the script's webhook.
      return takeReply(turn, { event: 'error', reason: 'not_asked', ms: 0 });
  }
}

function afterTransfer(turn: Turn, params: FormParams, wasAnswered: boolean): SessionStep {
  const status = single(params.DialCallStatus);
  const seconds = Number.parseInt(single(params.DialCallDuration), 10);
  if (status === 'completed' || status === 'answered') {
    const records: FarRecord[] = [
      ...(wasAnswered ? [] : [{ type: 'transfer.answered', detail: {} }]),
      { type: 'transfer.ended', detail: { seconds: Number.isInteger(seconds) ? seconds : null } },
    ];
    return converse(turn, { type: 'result', event: 'answered' }, records);
  }
  const event = status === 'busy' || status === 'no-answer' ? status : 'failed';
  const records = [{ type: 'transfer.failed', detail: { reason: status || 'no_answer_given' } }];
  return converse(turn, { type: 'result', event }, records);
}

function afterMessage(turn: Turn, params: FormParams): SessionStep {
  const seconds = Number.parseInt(single(params.RecordingDuration), 10);
  const note: RecordingNote | null =
    single(params.RecordingSid) === ''
      ? null
      : recordingOf({ ...params, RecordingStatus: 'completed' }, 'voicemail', turn.now);
  if (note === null || !(seconds > 0)) {
    const records = [{ type: 'recording.failed', detail: { reason: 'nothing_said' } }];
    return converse(turn, { type: 'result', event: 'no-input' }, records);
  }
  const records = [{ type: 'recording.available', detail: { sid: note.sid, seconds } }];
  const step = converse(turn, { type: 'result', event: 'ok' }, records);
  return { ...step, recordings: [note] };
}

/** The answer of a script's webhook; any but the one that is waited for says nothing. */
export function takeReply(turn: Turn, reply: FetchedReply): SessionStep {
  const { event, ms } = reply;
  if (reply.event === 'ok') {
    const records = [{ type: 'webhook.answered', detail: { ms } }];
    return converse(turn, { type: 'result', event, data: reply.data }, records);
  }
  const records = [{ type: 'webhook.failed', detail: { reason: reply.reason, ms } }];
  return converse(turn, { type: 'result', event }, records);
}

/** Null for a recording that has not ended. */
export function recordingOf(
  params: FormParams,
  source: RecordingNote['source'],
  at: number,
): RecordingNote | null {
  const status = single(params.RecordingStatus);
  if (status !== 'completed' && status !== 'absent' && status !== 'failed') return null;
  const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : null);
  return {
    sid: single(params.RecordingSid),
    source,
    status,
    url: single(params.RecordingUrl),
    durationSeconds: number(single(params.RecordingDuration)),
    channels: number(single(params.RecordingChannels)),
    errorCode: single(params.ErrorCode) || null,
    at,
  };
}

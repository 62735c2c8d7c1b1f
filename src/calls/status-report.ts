import { type FormParams, single } from '../telephony/signature.ts';
import { advance, type CallStatus, isCallStatus, isTerminal } from '../telephony/status.ts';
import { quietStep } from './quiet-step.ts';
import {
  NEVER_PLACED,
  type SessionEvent,
  type SessionState,
  type SessionStep,
} from './session-types.ts';

/** Takes a status callback: statuses only move forward, and a terminal one stays. */
export function takeStatus(state: SessionState, params: FormParams, now: number): SessionStep {
  const incoming = single(params.CallStatus);
  if (!isCallStatus(incoming)) return quietStep(state);
  const sid = single(params.CallSid);
  const sequence = Number.parseInt(single(params.SequenceNumber), 10);
  const seen: SessionEvent = {
    at: now,
    type: 'twilio.status',
    detail: {
      status: incoming,
      sid,
      ...(Number.isInteger(sequence) ? { sequence } : {}),
      ...(params.SipResponseCode === undefined ? {} : { sip: single(params.SipResponseCode) }),
    },
  };
  return settle(state, {
    status: incoming,
    sid,
    sip: single(params.SipResponseCode),
    duration: Number.parseInt(single(params.CallDuration), 10),
    seen,
    now,
  });
}

/** `completed` means that it was picked up, also when the callback that said so was lost. */
function answeredAt({ status, duration, now }: Report): number | null {
  if (status === 'in-progress') return now;
  if (status !== 'completed') return null;
  return Number.isInteger(duration) ? now - duration * 1000 : now;
}

/**
 * Ends a call that the carrier knows nothing of. One that is over stays as it is, and so does one
 * that rings although it was taken for never placed.
 */
export function giveUp(state: SessionState, errorCode: string, now: number): SessionStep {
  const isHeardOf = errorCode === NEVER_PLACED && state.status !== 'queued';
  if (isTerminal(state.status) || isHeardOf) return quietStep(state);
  const finished: SessionEvent = {
    at: now,
    type: 'call.finished',
    detail: { status: 'failed', code: errorCode },
  };
  return quietStep({ ...state, status: 'failed', errorCode, endedAt: now }, [finished]);
}

/** A call that was given up and is heard of after all goes on as if it had not been. */
export function takenUpAgain(state: SessionState): SessionState {
  if (state.status !== 'failed' || state.errorCode !== NEVER_PLACED) return state;
  return { ...state, status: 'queued', errorCode: null, endedAt: null };
}

type Report = {
  readonly status: CallStatus;
  readonly sid: string;
  readonly sip: string;
  readonly duration: number;
  readonly seen: SessionEvent;
  readonly now: number;
};

function settle(state: SessionState, report: Report): SessionStep {
  const status = advance(state.status, report.status);
  const isEnding = isTerminal(status) && !isTerminal(state.status);
  const next: SessionState = {
    ...state,
    status,
    twilioSid: state.twilioSid ?? (report.sid === '' ? null : report.sid),
    answeredAt: state.answeredAt ?? answeredAt(report),
    endedAt: isEnding ? report.now : state.endedAt,
    durationSeconds:
      isEnding && Number.isInteger(report.duration) ? report.duration : state.durationSeconds,
    errorCode: isEnding && report.sip !== '' ? `sip_${report.sip}` : state.errorCode,
    waiting: isEnding ? null : state.waiting,
    deskRevision: state.deskRevision + (isEnding && state.waiting?.room != null ? 1 : 0),
  };
  const finished: SessionEvent[] = isEnding
    ? [
        ...endOfWaiting(state, report.now),
        {
          at: report.now,
          type: 'call.finished',
          detail: {
            status,
            outcome: next.outcome,
            durationSeconds: next.durationSeconds,
            turns: next.nonce,
          },
        },
      ]
    : [];
  return quietStep(next, [report.seen, ...finished]);
}

/** The caller hung up on whom he was handed to, or while he waited. */
function endOfWaiting({ waiting }: SessionState, now: number): SessionEvent[] {
  if (waiting?.action.type !== 'transfer') return [];
  const { answeredAt } = waiting;
  return answeredAt === null
    ? [{ at: now, type: 'transfer.failed', detail: { reason: 'caller_left' } }]
    : [
        {
          at: now,
          type: 'transfer.ended',
          detail: { seconds: Math.round((now - answeredAt) / 1000) },
        },
      ];
}

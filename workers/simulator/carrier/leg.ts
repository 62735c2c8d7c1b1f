import type { Ringing } from '../callee/persona.ts';
import type { LegEnd, LegRequest } from '../twiml/line.ts';
import type { StatusCallbacks } from './callbacks.ts';
import { callParams, rfc2822 } from './params.ts';
import type { CallSpec, CallStatus } from './types.ts';

/** Whom a caller is handed to stays on the line so long when nothing else is declared. */
const TALK_SECONDS = 30;

export type LegPorts = {
  readonly callbacks: StatusCallbacks;
  /** Waits in the callers' time; throws when the caller hangs up or is sent elsewhere. */
  readonly wait: (ms: number) => Promise<void>;
  readonly wallNow: () => number;
  readonly record: (kind: string, detail: Record<string, unknown>) => void;
};

/** The second leg of a `<Dial>`: rings, talks, ends. It is not paced by the account's CPS. */
export async function runLeg(
  spec: CallSpec,
  request: LegRequest,
  child: { readonly sid: string; readonly ringing: Ringing },
  ports: LegPorts,
): Promise<LegEnd> {
  const { sid, ringing } = child;
  let sequence = 0;
  const tell = (event: string, status: CallStatus, extra: Record<string, string> = {}) => {
    ports.record('leg', { sid, to: request.to.number, status, ...extra });
    const { callback } = request.to;
    if (callback === undefined || !callback.events.includes(event)) return;
    const own = {
      ...spec,
      callSid: sid,
      to: request.to.number,
      from: request.callerId ?? spec.from,
    };
    ports.callbacks.post('leg-callback', callback, {
      ...callParams(own, status),
      Direction: 'outbound-dial',
      ParentCallSid: spec.callSid,
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence),
      Timestamp: rfc2822(ports.wallNow()),
      ...extra,
    });
    sequence += 1;
  };
  const end = (status: LegEnd['status'], seconds = 0): LegEnd => {
    const duration = status === 'completed' ? { CallDuration: String(seconds) } : {};
    tell('completed', status, duration);
    return { sid, status, seconds };
  };

  tell('initiated', 'initiated');
  if (ringing.outcome === 'failed' || ringing.outcome === 'invalid') return end('failed');
  if (ringing.outcome === 'busy') {
    await ports.wait(ringing.ringSeconds * 1000);
    return end('busy');
  }
  tell('ringing', 'ringing');
  const ringSeconds = ringing.outcome === 'answers' ? ringing.ringSeconds : Infinity;
  if (ringing.outcome !== 'answers' || ringSeconds > request.timeoutSeconds) {
    await ports.wait(request.timeoutSeconds * 1000);
    return end('no-answer');
  }
  await ports.wait(ringSeconds * 1000);
  tell('answered', 'in-progress');
  const talkSeconds = Math.min(
    ringing.hangUpAfterSeconds ?? TALK_SECONDS,
    request.timeLimitSeconds,
  );
  try {
    await ports.wait(talkSeconds * 1000);
  } catch (cause) {
    // The caller is gone, and with him the call.
    end('completed', talkSeconds);
    throw cause;
  }
  return end('completed', talkSeconds);
}

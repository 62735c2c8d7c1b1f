import type { Dial } from './ast.ts';
import type { Line } from './line.ts';

/** Hands the caller over; answers what the action request says of it. */
export async function runDial(dial: Dial, line: Line): Promise<Record<string, string>> {
  const [first] = dial.numbers;
  if (first === undefined) return { DialCallStatus: 'failed' };
  const { callerId, timeoutSeconds, timeLimitSeconds } = dial;
  // The simulated callee on the other end is one person: who is named first is rung.
  const end = await line.dial({ to: first, callerId, timeoutSeconds, timeLimitSeconds });
  line.soundBegins();
  return {
    DialCallStatus: end.status,
    DialCallSid: end.sid,
    DialBridged: String(end.status === 'completed'),
    ...(end.status === 'completed' ? { DialCallDuration: String(end.seconds) } : {}),
  };
}

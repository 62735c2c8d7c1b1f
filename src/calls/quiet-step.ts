import type { SessionEvent, SessionState, SessionStep } from './session-types.ts';

/** A step in which nobody spoke: events, and what the carrier is answered. */
export function quietStep(
  state: SessionState,
  events: readonly SessionEvent[] = [],
  reply = '',
): SessionStep {
  return {
    state: { ...state, nextEvent: state.nextEvent + events.length },
    reply,
    events,
    utterances: [],
    isSuppressed: false,
    recordings: [],
    texts: [],
  };
}

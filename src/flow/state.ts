import { pathsUsed } from './paths.ts';
import type { Channel, Flow, Variables } from './types.ts';

/** All that a conversation remembers between two inputs; plain JSON, kept small. */
export type FlowState = {
  readonly stateVersion: 1;
  /** Empty before the first step. */
  readonly node: string;
  /** The last node that spoke: what "repeat" says again. */
  readonly promptNode: string;
  /** Values from before that node's own `@set`, so that a replay says what was said. */
  readonly before: Variables;
  readonly variables: Variables;
  readonly turn: number;
  readonly startedAt: number;
  /** Failed tries in this visit to the node. */
  readonly tries: number;
  readonly outcome: string | null;
  /** A bare "stop" is asked about once a call. */
  readonly stop: 'none' | 'asking' | 'asked';
  readonly isEnded: boolean;
  /** Absent: a telephone call. */
  readonly channel?: Channel;
};

/** Only the variables that the flow can speak or test are kept. */
export function initialState(
  flow: Flow,
  variables: Variables,
  now: number,
  channel: Channel = 'voice',
): FlowState {
  const used = pathsUsed(flow);
  const kept = Object.entries(variables).filter(([path]) => used.has(path));
  return {
    stateVersion: 1,
    node: '',
    promptNode: '',
    before: {},
    variables: Object.fromEntries(kept),
    turn: 0,
    startedAt: now,
    tries: 0,
    outcome: null,
    stop: 'none',
    isEnded: false,
    ...(channel === 'voice' ? {} : { channel }),
  };
}

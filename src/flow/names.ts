import type { Branch, ClassName, Flow, FlowEventName, FlowNode } from './types.ts';

export const END = 'END';
export const REPEAT = 'REPEAT';

export const EVENT_NAMES = [
  'no-input',
  'no-match',
  'else',
  'ok',
  'invalid',
  'answered',
  'busy',
  'no-answer',
  'failed',
  'error',
  'open',
  'closed',
  'machine',
] as const satisfies readonly FlowEventName[];

export const CLASS_NAMES = [
  'yes',
  'no',
  'maybe',
  'repeat',
  'agent',
  'stop',
  'cancel',
  'bye',
  'later',
  'wrong_number',
  'number',
] as const satisfies readonly ClassName[];

/** Node names come from authors: `constructor` must not find what every object has. */
export function nodeOf(flow: Flow, name: string): FlowNode | null {
  return Object.hasOwn(flow.nodes, name) ? (flow.nodes[name] ?? null) : null;
}

type Triggering = { readonly type: string; readonly event?: string };
type Branching = { readonly branches: readonly { readonly triggers: readonly Triggering[] }[] };

/** Some branch waits for the caller or an action; opening hours are asked before anything is said. */
export function listens(node: Branching): boolean {
  return node.branches.some(({ triggers }) => triggers.some((trigger) => !isOfHours(trigger)));
}

export function isOfHours({ type, event }: Triggering): boolean {
  return type === 'event' && (event === 'open' || event === 'closed');
}

export function hasClass(branch: Branch, name: ClassName): boolean {
  return branch.triggers.some((trigger) => trigger.type === 'class' && trigger.name === name);
}

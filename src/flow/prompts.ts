import { hasClass, listens, nodeOf } from './names.ts';
import { pathsSet } from './paths.ts';
import { variablesOf } from './sentences.ts';
import type { Flow, FlowNode, Sentence } from './types.ts';

/** Every sentence that any path from the entry may speak, each once. */
export function promptsOf(flow: Flow): readonly Sentence[] {
  const nodes = reachableNodes(flow);
  const spoken = nodes.flatMap(({ body, action }) => [
    ...body.flatMap((statement) => (statement.type === 'say' ? statement.sentences : [])),
    ...(action?.type === 'capture' ? (action.reprompt ?? []) : []),
  ]);
  const { retry, texts } = flow.settings;
  const retries = nodes.some((node) => listens(node) || node.action !== undefined)
    ? retry.prompts.slice(0, retry.count).flat()
    : [];
  const stops = canStop(flow, nodes) ? [...texts.confirmStop, ...texts.stopped] : [];
  const all = [...spoken, ...retries, ...stops, ...texts.goodbye];
  return [...new Map(all.map((sentence) => [JSON.stringify(sentence), sentence])).values()];
}

/** Variables that a contact, campaign or tenant must provide: spoken, not set here, no default. */
export function requiredVariables(flow: Flow): readonly string[] {
  const set = pathsSet(flow);
  const parts = [...promptsOf(flow), ...textMessagesOf(flow)].map((sentence) => sentence.parts);
  const urls = reachableNodes(flow).map(({ action }) =>
    action?.type === 'webhook' ? action.url : [],
  );
  const needed = [...parts, ...urls]
    .flatMap(variablesOf)
    .filter(({ path, default: spare }) => spare === undefined && !isLivePath(path, set))
    .map(({ path }) => path);
  return [...new Set(needed)];
}

/** What is sent by `@sms`; it is read, never heard. */
function textMessagesOf(flow: Flow): readonly Sentence[] {
  return reachableNodes(flow).flatMap(({ body }) =>
    body.flatMap((statement) => (statement.type === 'sms' ? statement.sentences : [])),
  );
}

/** Values that exist only during the call; `webhook.` is the reply to a `@webhook`. */
export function isLivePath(path: string, set: ReadonlySet<string>): boolean {
  return set.has(path) || path === 'webhook' || path.startsWith('webhook.');
}

/** Nodes that a call can come to, in the order they are met. */
export function reachableNames(flow: Flow): readonly string[] {
  const { fallback, globals, machine = null } = flow.settings;
  const queue = [flow.entry, ...[fallback, globals.agent, machine].filter((name) => name !== null)];
  const seen = new Set<string>();
  for (const name of queue) {
    const node = seen.has(name) ? null : nodeOf(flow, name);
    if (node === null) continue;
    seen.add(name);
    for (const branch of node.branches) queue.push(branch.target);
  }
  return [...seen];
}

function reachableNodes(flow: Flow): readonly FlowNode[] {
  return reachableNames(flow).flatMap((name) => nodeOf(flow, name) ?? []);
}

function canStop(flow: Flow, nodes: readonly FlowNode[]): boolean {
  return (
    flow.settings.globals.stop ||
    nodes.some((node) => node.branches.some((branch) => hasClass(branch, 'stop')))
  );
}

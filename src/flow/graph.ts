import { END, nodeOf, REPEAT } from './names.ts';
import { promptSeconds } from './prompt-seconds.ts';
import { reachableNames } from './prompts.ts';
import type { Branch, Flow, FlowNode, Sentence, Trigger } from './types.ts';

export type GraphNode = {
  readonly name: string;
  /** The first words of the prompt, variables as `{{name}}`. */
  readonly label: string;
  readonly action: string | null;
  readonly seconds: number;
  readonly isEntry: boolean;
  /** A branch of it ends the conversation. */
  readonly isEnd: boolean;
  readonly isReachable: boolean;
};
export type GraphEdge = {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly outcome: string | null;
  readonly isGuarded: boolean;
  /** The target is no node: it is drawn, but leads nowhere. */
  readonly isBroken: boolean;
};
export type FlowGraph = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly ends: readonly string[];
  readonly unreachable: readonly string[];
};

const LABEL_CHARS = 60;

/** A flow as a drawing: every node and branch, and the ways that settings open. */
export function graphOf(flow: Flow): FlowGraph {
  const reachable = new Set(reachableNames(flow));
  const nodes = Object.entries(flow.nodes).map(([name, node]): GraphNode => {
    const sentences = sentencesOf(node);
    return {
      name,
      label: shorten(sentences.map(textOf).join(' ')),
      action: node.action?.type ?? null,
      seconds: Math.round(promptSeconds(sentences, flow.settings.speed) * 10) / 10,
      isEntry: name === flow.entry,
      isEnd: node.branches.length === 0 || node.branches.some(({ target }) => target === END),
      isReachable: reachable.has(name),
    };
  });
  return {
    nodes,
    edges: Object.entries(flow.nodes).flatMap(([name, node]) =>
      node.branches.map((branch) => edgeOf(flow, name, branch)),
    ),
    ends: nodes.filter(({ isEnd }) => isEnd).map(({ name }) => name),
    unreachable: nodes.filter(({ isReachable }) => !isReachable).map(({ name }) => name),
  };
}

/** What a node says, reprompt included. */
export function sentencesOf({ body }: FlowNode): readonly Sentence[] {
  return body.flatMap((statement) => (statement.type === 'say' ? statement.sentences : []));
}

function edgeOf(flow: Flow, from: string, branch: Branch): GraphEdge {
  const to = branch.target === REPEAT ? from : branch.target;
  return {
    from,
    to,
    label: branch.triggers.map(labelOf).join(', '),
    outcome: branch.outcome ?? null,
    isGuarded: branch.guard !== undefined,
    isBroken: to !== END && nodeOf(flow, to) === null,
  };
}

function labelOf(trigger: Trigger): string {
  switch (trigger.type) {
    case 'key':
      return trigger.key;
    case 'phrase':
      return `"${trigger.text}"`;
    case 'class':
      return `@${trigger.name}`;
    case 'event':
      return trigger.event;
  }
}

const textOf = ({ parts }: Sentence) =>
  parts.map((part) => (part.type === 'text' ? part.text : `{{${part.path}}}`)).join('');

const shorten = (text: string) =>
  text.length <= LABEL_CHARS ? text : `${text.slice(0, LABEL_CHARS - 1).trimEnd()}\u2026`;

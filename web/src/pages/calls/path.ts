import type { Traffic } from '../../features/graph/flow-graph.tsx';

export type PathEvent = {
  readonly source: string;
  readonly n: number;
  readonly at: number;
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Where a caller was, in order, and the ways between. */
export type Path = { readonly nodes: readonly string[]; readonly ways: Traffic };

/** Of what is known of a call from its history and from the feed; each event counts once. */
export function pathOf(...known: readonly (readonly PathEvent[])[]): Path {
  const events = new Map(known.flat().map((event) => [`${event.source} ${event.n}`, event]));
  const nodes = [...events.values()]
    .sort((a, b) => a.at - b.at || a.n - b.n)
    .flatMap(({ type, detail: { node } }) =>
      type === 'flow.enter' && typeof node === 'string' ? [node] : [],
    );
  const ways = nodes.slice(1).map((to, i) => ({ from: nodes[i] ?? null, to, callers: 1 }));
  return { nodes, ways };
}

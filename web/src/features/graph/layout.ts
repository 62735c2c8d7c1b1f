import { Graph, layout } from '@dagrejs/dagre';
import type { FlowGraph } from '../../../../src/flow/graph.ts';

export const NODE_WIDTH = 200;
export const NODE_HEIGHT = 76;

export type Place = { readonly x: number; readonly y: number };

/** Where each node of a drawing stands, from the top to the bottom. */
export function placesOf({ nodes, edges }: FlowGraph): ReadonlyMap<string, Place> {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 32, ranksep: 56 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(nodes.map(({ name }) => name));
  for (const name of known) graph.setNode(name, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { from, to } of edges) {
    if (from !== to && known.has(to)) graph.setEdge(from, to);
  }
  layout(graph);
  return new Map(
    [...known].map((name) => {
      const { x, y } = graph.node(name) as Place;
      return [name, { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }];
    }),
  );
}

import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import { useMemo } from 'react';
import '@xyflow/react/dist/style.css';
import type { FlowGraph as Drawing, GraphEdge, GraphNode } from '../../../../src/flow/graph.ts';
import { cx } from '../../lib/cx.ts';
import { count } from '../../lib/format.ts';
import { NODE_HEIGHT, NODE_WIDTH, placesOf } from './layout.ts';

/** How many callers went from one node to another; null as `to` is the end. */
export type Traffic = readonly {
  readonly from: string | null;
  readonly to: string | null;
  readonly callers: number;
}[];

type CardData = {
  readonly of: GraphNode;
  readonly isHere: boolean;
  readonly isPassed: boolean;
};
type Card = Node<CardData, 'card'>;
const NOWHERE: readonly string[] = [];

/** A script as a drawing. Read only: the text is what is edited. */
export function FlowGraph({
  drawing,
  here,
  traffic,
  passed = NOWHERE,
  isPath = false,
  onNode,
}: {
  readonly drawing: Drawing;
  /** The node that is worked on, or where a caller is. */
  readonly here: string | null;
  readonly traffic: Traffic;
  /** Nodes that a caller came to. */
  readonly passed?: readonly string[];
  /** `traffic` is one caller's way: it is lit, not counted. */
  readonly isPath?: boolean;
  readonly onNode?: (name: string) => void;
}) {
  const places = useMemo(() => placesOf(drawing), [drawing]);
  const nodes = useMemo(
    () =>
      drawing.nodes.map(
        (of): Card => ({
          id: of.name,
          type: 'card',
          position: places.get(of.name) ?? { x: 0, y: 0 },
          data: { of, isHere: of.name === here, isPassed: passed.includes(of.name) },
          width: NODE_WIDTH,
          height: NODE_HEIGHT,
          draggable: false,
          connectable: false,
          ariaLabel: `Node ${of.name}${passed.includes(of.name) ? ', passed' : ''}`,
        }),
      ),
    [drawing, places, here, passed],
  );
  const edges = useMemo(() => edgesOf(drawing, traffic, isPath), [drawing, traffic, isPath]);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      onNodeClick={(_, { id }) => onNode?.(id)}
      fitView
      minZoom={0.2}
      nodesConnectable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      proOptions={{ hideAttribution: true }}
    >
      <Background color="var(--line)" gap={20} />
      <Controls showInteractive={false} />
    </ReactFlow>
  );
}

function NodeCard({ data: { of, isHere, isPassed } }: NodeProps<Card>) {
  return (
    <div
      className={cx(
        'h-full rounded-lg border px-3 py-2 text-left text-[12px] leading-4',
        isPassed ? 'bg-accent-soft' : 'bg-raised',
        isHere ? 'ring-2 ring-accent-text' : '',
        isHere || isPassed ? 'border-accent-text' : 'border-edge',
        !of.isReachable && 'border-dashed',
      )}
    >
      <Handle type="target" position={Position.Top} className="invisible" />
      <p className="flex items-center justify-between gap-2 font-mono font-semibold">
        <span className="truncate">{of.name}</span>
        {of.action === null ? null : (
          <span className="rounded-sm bg-accent-soft px-1 font-sans font-medium text-accent-text">
            {of.action}
          </span>
        )}
      </p>
      <p className="mt-1 line-clamp-2 text-quiet">{of.label === '' ? 'Says nothing' : of.label}</p>
      <Handle type="source" position={Position.Bottom} className="invisible" />
    </div>
  );
}

const NODE_TYPES = { card: NodeCard };

function edgesOf({ nodes, edges }: Drawing, traffic: Traffic, isPath: boolean): Edge[] {
  const known = new Set(nodes.map(({ name }) => name));
  const together = Map.groupBy(
    edges.filter(({ to }) => known.has(to)),
    ({ from, to }) => `${from}>${to}`,
  );
  return [...together].map(([id, branches]): Edge => {
    const { from, to } = branches[0] as GraphEdge;
    const callers = traffic
      .filter((one) => one.from === from && one.to === to)
      .reduce((sum, one) => sum + one.callers, 0);
    const label = branches
      .map((branch) => branch.label)
      .filter((text) => text !== '')
      .join(' / ');
    const short = label.length > 28 ? `${label.slice(0, 27)}\u2026` : label;
    const isLit = isPath && callers > 0;
    const color = isLit ? 'var(--accent-text)' : 'var(--edge)';
    return {
      id,
      source: from,
      target: to,
      label:
        callers === 0 || isPath ? short : `${short === '' ? '' : `${short} · `}${count(callers)}`,
      markerEnd: { type: MarkerType.ArrowClosed, color },
      style: { stroke: color, strokeWidth: callers === 0 ? 1 : widthOf(callers) },
      labelStyle: { fill: 'var(--ink)', fontSize: 11 },
      labelBgStyle: { fill: 'var(--paper)' },
      labelBgPadding: [4, 2],
    };
  });
}

/** Ten times the callers, one more pixel. */
function widthOf(callers: number): number {
  return 1.5 + Math.log10(callers);
}

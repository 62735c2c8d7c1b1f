import { useEffect, useState } from 'react';
import { type FlowGraph as Drawing, graphOf } from '../../../../src/flow/graph.ts';
import { compileScript } from '../../../../src/script/compile.ts';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { type LiveEvent, useFeed } from '../../features/feed.ts';
import { FlowGraph } from '../../features/graph/flow-graph.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Answered, Loading } from '../../ui/states.tsx';
import { type PathEvent, pathOf } from './path.ts';

type Answer = Output<'readCall'>;

/** The caller's way through the script; while the call goes on it lights up as it happens. */
export function CallPath({ call, events }: Answer) {
  const version = useApi('readVersion', {
    params: { id: call.scriptId, version: call.scriptVersion },
  });
  return (
    <Answered of={version} lines={6}>
      {({ content }) =>
        call.endedAt === null ? (
          <LivePath content={content} callId={call.id} events={events} />
        ) : (
          <Drawn content={content} known={[events]} isLive={false} />
        )
      }
    </Answered>
  );
}

function LivePath({
  content,
  callId,
  events,
}: {
  readonly content: string;
  readonly callId: string;
  readonly events: Answer['events'];
}) {
  const [fresh, setFresh] = useState<readonly LiveEvent[]>([]);
  useFeed(
    { call: callId },
    (more) => setFresh((before) => [...before, ...more]),
    () => setFresh([]),
  );
  return <Drawn content={content} known={[events, fresh]} isLive />;
}

function Drawn({
  content,
  known,
  isLive,
}: {
  readonly content: string;
  readonly known: readonly (readonly PathEvent[])[];
  readonly isLive: boolean;
}) {
  const drawing = useDrawing(content);
  const { nodes, ways } = pathOf(...known);
  const last = nodes.at(-1) ?? null;
  return (
    <Card
      title="Way through the script"
      isFlush
      actions={
        isLive && last !== null ? (
          <Badge tone="accent">
            <span role="status">At {last}</span>
          </Badge>
        ) : undefined
      }
    >
      <div className="h-96">
        {drawing === null ? (
          <Loading />
        ) : (
          <FlowGraph
            drawing={drawing}
            here={isLive ? last : null}
            passed={nodes}
            traffic={ways}
            isPath
          />
        )}
      </div>
    </Card>
  );
}

function useDrawing(content: string): Drawing | null {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void compileScript(content).then(({ flow }) => {
      if (isCurrent && flow !== null) setDrawing(graphOf(flow));
    });
    return () => {
      isCurrent = false;
    };
  }, [content]);
  return drawing;
}

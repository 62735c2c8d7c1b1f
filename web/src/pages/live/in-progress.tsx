import { getRouteApi } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { CallStatus } from '../../features/call-status.tsx';
import { duration, phone } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { Card } from '../../ui/card.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { Stream } from './stream.ts';

const route = getRouteApi('/t/$tenant/live');
const AGAIN_MS = 2_000;
/** Calls that go on are among the newest. */
const MOST_SHOWN = 100;

type Call = Output<'listCalls'>['calls'][number];

/** Calls that go on, with where each one is and for how long it lasts. */
export function InProgress({
  nodes,
  campaign,
}: {
  readonly nodes: Stream['nodes'];
  readonly campaign: string | undefined;
}) {
  const { tenant } = route.useParams();
  const now = useNow();
  const calls = useApi(
    'listCalls',
    {
      query: {
        ...{ limit: MOST_SHOWN, status: 'queued,initiated,ringing,in-progress' },
        ...(campaign === undefined ? {} : { campaignId: campaign }),
      },
    },
    { refetchInterval: AGAIN_MS },
  );
  const columns: readonly Column<Call>[] = [
    {
      title: 'With',
      cell: (call) => (
        <span className="tnum">
          {phone(call.direction === 'outbound' ? call.toNumber : call.fromNumber)}
        </span>
      ),
    },
    { title: 'Status', cell: ({ status }) => <CallStatus status={status} /> },
    {
      title: 'At',
      cell: ({ id }) => <code className="font-mono text-[13px]">{nodes.get(id)?.node ?? '-'}</code>,
      className: 'max-w-40 truncate',
    },
    {
      title: 'For',
      cell: ({ answeredAt, createdAt }) =>
        duration(Math.max(0, (now - (answeredAt ?? createdAt)) / 1000)),
      isNumber: true,
    },
  ];
  return (
    <Card title="In progress" isFlush>
      <Answered of={calls} lines={4}>
        {(found) => {
          const open = found.calls;
          return open.length === 0 ? (
            <Empty title="Nobody is on the phone">
              Calls show here as soon as they are dialled or come in.
            </Empty>
          ) : (
            <Table
              label="Calls in progress"
              columns={columns}
              rows={open}
              keyOf={({ id }) => id}
              linkOf={({ id }) => ({ to: '/t/$tenant/calls/$id', params: { tenant, id } })}
            />
          );
        }}
      </Answered>
    </Card>
  );
}

import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { Outcome } from '../../features/call-status.tsx';
import { phone } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { SendText } from './send-text.tsx';

const route = getRouteApi('/t/$tenant/messages');
const AGAIN_MS = 5_000;

type Thread = Output<'listThreads'>['threads'][number];

export function MessagesPage() {
  const { tenant } = route.useParams();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const threads = useApiPages('listThreads', {}, { refetchInterval: AGAIN_MS });
  const send = may('sendText') ? (
    <Button tone="primary" onClick={() => setOpen(true)}>
      Send a text
    </Button>
  ) : null;
  return (
    <Page title="Messages" actions={send}>
      <Card isFlush>
        <PagedTable
          label="Conversations by text"
          columns={COLUMNS}
          of={threads}
          rowsOf={(page) => page.threads}
          keyOf={({ id }) => id}
          linkOf={({ id }) => ({ to: '/t/$tenant/messages/$id', params: { tenant, id } })}
          empty={
            <Empty title="No texts yet" action={send}>
              Texts that scripts send, and what people answer, stand here.
            </Empty>
          }
        />
      </Card>
      <SendText isOpen={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

const COLUMNS: readonly Column<Thread>[] = [
  { title: 'With', cell: ({ peer }) => <span className="tnum">{phone(peer)}</span> },
  {
    title: 'Your number',
    cell: ({ ownNumber }) => <span className="tnum">{phone(ownNumber)}</span>,
    isExtra: true,
  },
  {
    title: 'State',
    cell: ({ isWaiting }) =>
      isWaiting ? <Badge tone="accent">Waits for an answer</Badge> : <Badge>At rest</Badge>,
  },
  { title: 'Outcome', cell: ({ outcome }) => <Outcome outcome={outcome} />, isExtra: true },
  { title: 'Last text', cell: ({ lastAt }) => <Time at={lastAt} />, isExtra: true },
];

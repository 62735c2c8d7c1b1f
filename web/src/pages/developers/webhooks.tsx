import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { type Endpoint, EndpointForm } from './endpoint-form.tsx';
import { EndpointState } from './endpoint-state.tsx';
import { DeveloperTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/developers/webhooks');

/** Servers of the tenant that are told what happens. */
export function WebhooksPage() {
  const { tenant } = route.useParams();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const endpoints = useApiPages('listEndpoints', {});
  const add = may('createEndpoint') ? (
    <Button tone="primary" onClick={() => setOpen(true)}>
      New endpoint
    </Button>
  ) : null;
  return (
    <Page title="Developers" actions={add}>
      <DeveloperTabs />
      <Card title="Webhook endpoints" isFlush>
        <PagedTable
          label="Webhook endpoints"
          columns={COLUMNS}
          of={endpoints}
          rowsOf={(page) => page.endpoints}
          keyOf={({ id }) => id}
          linkOf={({ id }) => ({
            to: '/t/$tenant/developers/webhooks/$id',
            params: { tenant, id },
          })}
          empty={
            <Empty title="No server is told yet" action={add}>
              Give the address of a server of yours. Destiny tells it of every finished call, text
              and outcome as it happens, signed.
            </Empty>
          }
        />
      </Card>
      <NewEndpoint isOpen={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

const COLUMNS: readonly Column<Endpoint>[] = [
  {
    title: 'Address',
    cell: ({ url, description }) => (
      <>
        <span className="block break-all">{url}</span>
        <span className="block text-quiet">{description}</span>
      </>
    ),
  },
  {
    title: 'Told of',
    cell: ({ types }) => (types.length === 0 ? 'Everything' : types.join(', ')),
    isExtra: true,
  },
  { title: 'Since', cell: ({ createdAt }) => <Time at={createdAt} />, isExtra: true },
  { title: 'State', cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
];

function NewEndpoint({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const create = useApiChange('createEndpoint', ['listEndpoints']);
  const close = () => {
    create.reset();
    onClose();
  };
  if (create.data !== undefined) {
    return (
      <ShownOnce
        title="Copy the secret now"
        description="It is shown this once. Your server checks with it that a message is from Destiny."
        value={create.data.secret}
        onClose={close}
      />
    );
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="New endpoint">
      <EndpointForm
        verb="Create"
        error={create.error}
        isBusy={create.isPending}
        onSubmit={(body) => create.mutate({ body })}
        onCancel={close}
      />
    </Dialog>
  );
}

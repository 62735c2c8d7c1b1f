import { useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiPages } from '../../api/hooks.ts';
import { words } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { NewTenant } from './new-tenant.tsx';

type Tenant = Output<'listTenants'>['tenants'][number];

export function TenantsPage() {
  const [isOpen, setOpen] = useState(false);
  const tenants = useApiPages('listTenants', {});
  const add = (
    <Button tone="primary" onClick={() => setOpen(true)}>
      New tenant
    </Button>
  );
  return (
    <Page title="Tenants" actions={add}>
      <Card isFlush>
        <PagedTable
          label="Tenants"
          columns={COLUMNS}
          of={tenants}
          rowsOf={(page) => page.tenants}
          keyOf={({ id }) => id}
          linkOf={({ id }) => ({ to: '/system/tenants/$id', params: { id } })}
          empty={
            <Empty title="No tenants yet" action={add}>
              A tenant has its own people, contacts, scripts and calls. Nobody else sees them.
            </Empty>
          }
        />
      </Card>
      <NewTenant isOpen={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

const COLUMNS: readonly Column<Tenant>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Plan', cell: ({ plan }) => words(plan.toLowerCase()) },
  {
    title: 'State',
    cell: ({ state }) => (
      <Badge tone={state === 'active' ? 'good' : 'bad'}>
        {state === 'active' ? 'Active' : 'Suspended'}
      </Badge>
    ),
  },
  { title: 'Time zone', cell: ({ timeZone }) => timeZone, isExtra: true },
  { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} />, isExtra: true },
];

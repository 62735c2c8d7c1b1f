import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { NewKey } from './new-key.tsx';
import { DeveloperTabs } from './tabs.tsx';

type Key = Output<'listApiKeys'>['keys'][number];

export function DevelopersPage() {
  const [isOpen, setOpen] = useState(false);
  const keys = useApiPages('listApiKeys', {});
  const add = (
    <Button tone="primary" onClick={() => setOpen(true)}>
      New key
    </Button>
  );
  return (
    <Page
      title="Developers"
      actions={
        <>
          <Button asChild>
            <a href="/api/v1/reference" target="_blank" rel="noreferrer">
              API reference <ExternalLink aria-label="opens a new tab" />
            </a>
          </Button>
          {add}
        </>
      }
    >
      <DeveloperTabs />
      <Card title="API keys" isFlush>
        <PagedTable
          label="API keys"
          columns={COLUMNS}
          of={keys}
          rowsOf={(page) => page.keys}
          keyOf={({ id }) => id}
          empty={
            <Empty title="No keys yet" action={add}>
              A program signs in with a key. It does what you let it do, and nothing else.
            </Empty>
          }
        />
      </Card>
      <NewKey isOpen={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

const COLUMNS: readonly Column<Key>[] = [
  {
    title: 'Key',
    cell: ({ name, prefix }) => (
      <>
        <span className="block font-medium">{name}</span>
        <code className="font-mono text-[13px] text-quiet">{prefix}...</code>
      </>
    ),
  },
  {
    title: 'May',
    cell: ({ scopes }) => <span title={scopes.join(', ')}>{scopes.length} scopes</span>,
    isExtra: true,
  },
  { title: 'Last used', cell: ({ lastUsedAt }) => <Time at={lastUsedAt} />, isExtra: true },
  {
    title: 'State',
    cell: ({ revokedAt, expiresAt }) => {
      if (revokedAt !== null) return <Badge tone="bad">Revoked</Badge>;
      if (expiresAt !== null && expiresAt < Date.now()) return <Badge>Too old</Badge>;
      return <Badge tone="good">Works</Badge>;
    },
  },
  { title: 'Actions', cell: (key) => <Revoke apiKey={key} /> },
];

function Revoke({ apiKey }: { readonly apiKey: Key }) {
  const revoke = useApiChange('revokeApiKey', ['listApiKeys']);
  if (apiKey.revokedAt !== null) return <>-</>;
  return (
    <Confirm
      trigger={
        <Button size="small" aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      }
      title={`Revoke ${apiKey.name}?`}
      verb="Revoke"
      onConfirm={() => revoke.mutateAsync({ params: { id: apiKey.id } })}
    >
      Programs that use it are refused at once. It cannot be made valid again.
    </Confirm>
  );
}

import { getRouteApi } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApiPages } from '../../api/hooks.ts';
import { words } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { TeamTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/team/audit');

export type AuditEntry = Output<'searchAudit'>['entries'][number];

export function AuditPage() {
  const { tenant } = route.useParams();
  const entries = useApiPages('searchAudit', {});
  return (
    <Page title="Team">
      <TeamTabs tenant={tenant} />
      <Card isFlush>
        <PagedTable
          label="Audit log"
          columns={AUDIT_COLUMNS}
          of={entries}
          rowsOf={(page) => page.entries}
          keyOf={({ id }) => id}
          empty={<Empty title="Nothing was changed yet" />}
        />
      </Card>
    </Page>
  );
}

export const AUDIT_COLUMNS: readonly Column<AuditEntry>[] = [
  { title: 'When', cell: ({ at }) => <Time at={at} /> },
  {
    title: 'Who',
    cell: ({ actorName, actorType, isActingAs }) => (
      <span className="inline-flex items-center gap-2">
        {actorType === 'nobody' ? 'Nobody signed in' : actorName}
        {actorType === 'key' ? <Badge>Key</Badge> : null}
        {isActingAs ? <Badge tone="warn">Platform's owner</Badge> : null}
      </span>
    ),
  },
  { title: 'What', cell: ({ action }) => words(action.replace('.', ' ')) },
  {
    title: 'On',
    cell: ({ target }) => <code className="font-mono text-[13px]">{target}</code>,
    isExtra: true,
    className: 'max-w-60 truncate',
  },
  { title: 'From', cell: ({ ip }) => ip, isExtra: true },
];

import { useApiPages } from '../../api/hooks.ts';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty } from '../../ui/states.tsx';
import { AUDIT_COLUMNS } from '../team/audit.tsx';

export function SystemAuditPage() {
  const entries = useApiPages('searchPlatformAudit', {});
  return (
    <Page title="Audit log" intro="What was done to the platform itself.">
      <Card isFlush>
        <PagedTable
          label="Audit log of the platform"
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

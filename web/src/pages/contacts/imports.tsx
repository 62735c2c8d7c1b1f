import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { type Import, ImportBadge } from '../../features/import-state.tsx';
import { count } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { DropZone } from '../../ui/drop-zone.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty, Problem } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { ContactTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/contacts/imports');
const AGAIN_MS = 4_000;

export function ImportsPage() {
  const { tenant } = route.useParams();
  const may = useMay();
  const imports = useApiPages('listImports', {}, { refetchInterval: AGAIN_MS });
  return (
    <Page title="Contacts">
      <ContactTabs tenant={tenant} />
      {may('createImport') ? <NewImport tenant={tenant} /> : null}
      <Card title="Imports" isFlush>
        <PagedTable
          label="Imports"
          columns={COLUMNS}
          of={imports}
          rowsOf={(page) => page.imports}
          keyOf={({ id }) => id}
          linkOf={({ id }) => ({ to: '/t/$tenant/contacts/imports/$id', params: { tenant, id } })}
          empty={
            <Empty title="No imports yet">
              A file is checked row by row before anything is saved.
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}

function NewImport({ tenant }: { readonly tenant: string }) {
  const navigate = useNavigate();
  const create = useApiChange('createImport', ['listImports']);
  const upload = useApiChange('uploadImport', ['listImports']);
  const [kind, setKind] = useState<Import['kind']>('contacts');
  const begin = async (file: File) => {
    const name = file.name.replace(/\.\w+$/, '') || 'Import';
    const { id } = await create.mutateAsync({ body: { name, kind } });
    await upload.mutateAsync({ params: { id }, file });
    await navigate({ to: '/t/$tenant/contacts/imports/$id', params: { tenant, id } });
  };
  const error = create.error ?? upload.error;
  return (
    <div className="space-y-4">
      {error === null ? null : <Problem error={error} />}
      <DropZone
        label="Drop a CSV file here, or choose one"
        hint="Up to 50 MB. Its first line names the columns. Nothing is saved before you say so."
        accept=".csv,.txt,text/csv"
        isBusy={create.isPending || upload.isPending}
        onFile={(file) => void begin(file).catch(() => undefined)}
      />
      <SelectField
        label="The file holds"
        className="max-w-xs"
        value={kind}
        onChange={({ target }) => setKind(target.value as Import['kind'])}
        options={[
          { value: 'contacts', label: 'Contacts' },
          { value: 'suppressions', label: 'Numbers that must not be called' },
        ]}
      />
    </div>
  );
}

const COLUMNS: readonly Column<Import>[] = [
  { title: 'File', cell: ({ name }) => name, className: 'max-w-64 truncate' },
  { title: 'State', cell: ({ state }) => <ImportBadge state={state} /> },
  { title: 'Added', cell: ({ added }) => count(added), isNumber: true },
  { title: 'Changed', cell: ({ changed }) => count(changed), isNumber: true, isExtra: true },
  { title: 'Refused', cell: ({ rejected }) => count(rejected), isNumber: true },
  { title: 'Begun', cell: ({ createdAt }) => <Time at={createdAt} />, isExtra: true },
];

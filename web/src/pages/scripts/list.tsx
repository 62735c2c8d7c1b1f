import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { FIRST_TEXT } from '../../features/templates/first-text.ts';
import { TEMPLATES } from '../../features/templates/templates.ts';
import { textOf } from '../../lib/form.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty, Problem } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

const route = getRouteApi('/t/$tenant/scripts');

type Script = Output<'listScripts'>['scripts'][number];

const EMPTY = 'empty';
const BEGINNINGS = [
  { value: EMPTY, label: 'A short example' },
  ...TEMPLATES.map(({ key, name }) => ({ value: key, label: name })),
];

export function ScriptsPage() {
  const { tenant } = route.useParams();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const scripts = useApiPages('listScripts', {});
  const add = may('saveScript') ? (
    <Button tone="primary" onClick={() => setOpen(true)}>
      <Plus aria-hidden /> New script
    </Button>
  ) : null;
  return (
    <Page title="Scripts" actions={add}>
      <Card isFlush>
        <PagedTable
          label="Scripts"
          columns={COLUMNS}
          of={scripts}
          rowsOf={(page) => page.scripts}
          keyOf={({ id }) => id}
          linkOf={({ id }) => ({ to: '/t/$tenant/scripts/$id', params: { tenant, id } })}
          empty={
            <Empty title="No scripts yet" action={add}>
              A script is what your calls say, and where each answer leads.
            </Empty>
          }
        />
      </Card>
      <NewScript tenant={tenant} isOpen={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

const COLUMNS: readonly Column<Script>[] = [
  { title: 'Name', cell: ({ name }) => name, className: 'max-w-72 truncate' },
  {
    title: 'Published',
    cell: ({ publishedVersion }) =>
      publishedVersion === 0 ? (
        <Badge>Never</Badge>
      ) : (
        <Badge tone="good">Version {publishedVersion}</Badge>
      ),
  },
  { title: 'Changed', cell: ({ updatedAt }) => <Time at={updatedAt} />, isExtra: true },
];

function NewScript({
  tenant,
  isOpen,
  onClose,
}: {
  readonly tenant: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const save = useApiChange('saveScript', ['listScripts']);
  const navigate = useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const begin = textOf(event.currentTarget, 'begin');
    const content = TEMPLATES.find(({ key }) => key === begin)?.content ?? FIRST_TEXT;
    save.mutate(
      { body: { name: textOf(event.currentTarget, 'name'), content } },
      { onSuccess: ({ id }) => navigate({ to: '/t/$tenant/scripts/$id', params: { tenant, id } }) },
    );
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="New script"
      description="It begins with an example that you write over."
    >
      <form onSubmit={submit} className="space-y-4">
        {save.error === null ? null : <Problem error={save.error} />}
        <TextField label="Name" name="name" required maxLength={200} />
        <SelectField label="Begin with" name="begin" options={BEGINNINGS} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={save.isPending}>
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

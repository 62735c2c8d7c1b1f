import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty, Problem } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { ContactTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/contacts/lists');

type List = Output<'listLists'>['lists'][number];

export function ListsPage() {
  const { tenant } = route.useParams();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const lists = useApiPages('listLists', {});
  const add = may('createList') ? (
    <Button tone="primary" onClick={() => setOpen(true)}>
      New list
    </Button>
  ) : null;
  return (
    <Page title="Contacts" actions={add}>
      <ContactTabs tenant={tenant} />
      <Card isFlush>
        <PagedTable
          label="Lists"
          columns={COLUMNS}
          of={lists}
          rowsOf={(page) => page.lists}
          keyOf={({ id }) => id}
          empty={
            <Empty title="No lists yet" action={add}>
              A list says who takes part in a campaign. An import can make and fill one.
            </Empty>
          }
        />
      </Card>
      <NewList isOpen={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

const COLUMNS: readonly Column<List>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
];

function NewList({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const create = useApiChange('createList', ['listLists']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ body: { name: textOf(event.currentTarget, 'name') } }, { onSuccess: onClose });
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="New list">
      <form onSubmit={submit} className="space-y-4">
        {create.error === null ? null : <Problem error={create.error} />}
        <TextField label="Name" name="name" required maxLength={200} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={create.isPending}>
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

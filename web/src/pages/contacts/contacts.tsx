import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { textOf } from '../../lib/form.ts';
import { phone } from '../../lib/format.ts';
import { kept } from '../../lib/search.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Input, Select } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AddContact } from './add-contact.tsx';
import { ContactTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/contacts');

type Contact = Output<'listContacts'>['contacts'][number];

export function ContactsPage() {
  const { tenant } = route.useParams();
  const { text, list } = route.useSearch();
  const navigate = useNavigate({ from: '/t/$tenant/contacts' });
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const lists = useApi('listLists', { query: { limit: 500 } }, { enabled: may('listLists') });
  const contacts = useApiPages('listContacts', { query: kept({ text, listId: list }) });
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = textOf(event.currentTarget, 'text').trim();
    void navigate({ search: kept({ list, text: wanted.length < 2 ? undefined : wanted }) });
  };
  const bring = may('createImport') ? (
    <Button asChild tone="primary">
      <Link to="/t/$tenant/contacts/imports" params={{ tenant }}>
        <Upload aria-hidden /> Import a file
      </Link>
    </Button>
  ) : null;
  return (
    <Page
      title="Contacts"
      actions={
        <>
          {may('upsertContacts') ? <Button onClick={() => setAdding(true)}>Add one</Button> : null}
          {bring}
        </>
      }
    >
      <ContactTabs tenant={tenant} />
      <search>
        <form onSubmit={find} className="flex flex-wrap gap-2">
          <Input
            key={text ?? ''}
            name="text"
            type="search"
            aria-label="Number, id or field"
            placeholder="Number, id or field"
            className="max-w-72"
            defaultValue={text ?? ''}
          />
          <Button type="submit">Find</Button>
          <Select
            aria-label="List"
            className="max-w-56"
            value={list ?? ''}
            onChange={({ target }) =>
              void navigate({
                search: kept({ text, list: target.value === '' ? undefined : target.value }),
              })
            }
            options={[
              { value: '', label: 'All lists' },
              ...(lists.data?.lists ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </form>
      </search>
      <Card isFlush>
        <PagedTable
          label="Contacts"
          columns={may('eraseContact') ? [...COLUMNS, ERASE] : COLUMNS}
          of={contacts}
          rowsOf={(page) => page.contacts}
          keyOf={({ id }) => id}
          empty={
            contacts.hasNextPage ? (
              <p className="p-4 text-quiet">Nobody among the newest. Look further back below.</p>
            ) : text === undefined && list === undefined ? (
              <Empty title="No contacts yet" action={bring}>
                Bring the people you want to call from a CSV file, or send them by the API.
              </Empty>
            ) : (
              <Empty title="Nobody fits">Try fewer letters or digits, or another list.</Empty>
            )
          }
        />
      </Card>
      <AddContact isOpen={isAdding} onClose={() => setAdding(false)} />
    </Page>
  );
}

const COLUMNS: readonly Column<Contact>[] = [
  { title: 'Number', cell: ({ number }) => <span className="tnum">{phone(number)}</span> },
  { title: 'Your id', cell: ({ externalId }) => externalId, isExtra: true },
  {
    title: 'Fields',
    cell: ({ fields }) => <Fields fields={fields} />,
    className: 'max-w-64 truncate md:max-w-md',
  },
  { title: 'Time zone', cell: ({ timeZone }) => timeZone ?? '-', isExtra: true },
  { title: 'Changed', cell: ({ updatedAt }) => <Time at={updatedAt} />, isExtra: true },
];

const ERASE: Column<Contact> = {
  title: 'Erase',
  cell: (contact) => <EraseContact contact={contact} />,
  isExtra: true,
};

function EraseContact({ contact }: { readonly contact: Contact }) {
  const erase = useApiChange('eraseContact', ['listContacts']);
  const say = useToast();
  return (
    <Confirm
      trigger={<Button size="small">Erase</Button>}
      title={`Erase ${phone(contact.number)}?`}
      verb="Erase"
      onConfirm={async () => {
        const { calls } = await erase.mutateAsync({ params: { id: contact.id } });
        say(`Erased, with the words and sound of ${calls} ${calls === 1 ? 'call' : 'calls'}.`);
      }}
    >
      What they said, their recordings, texts and number are deleted for good. If they asked not to
      be called, that stays.
    </Confirm>
  );
}

function Fields({ fields }: { readonly fields: Readonly<Record<string, string>> }) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return <span className="text-quiet">-</span>;
  return entries.map(([name, value], i) => (
    <span key={name}>
      {i === 0 ? '' : ' · '}
      <span className="text-quiet">{name}</span> {value}
    </span>
  ));
}

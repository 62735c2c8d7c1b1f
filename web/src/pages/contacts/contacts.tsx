import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { textOf } from '../../lib/form.ts';
import { phone } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Input } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { AddContact } from './add-contact.tsx';
import { ContactTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/contacts');

type Contact = Output<'listContacts'>['contacts'][number];

export function ContactsPage() {
  const { tenant } = route.useParams();
  const { number } = route.useSearch();
  const navigate = useNavigate({ from: '/t/$tenant/contacts' });
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const contacts = useApiPages('listContacts', { query: number === undefined ? {} : { number } });
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = textOf(event.currentTarget, 'number').trim();
    void navigate({ search: wanted === '' ? {} : { number: wanted } });
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
        <form onSubmit={find} className="flex max-w-md gap-2">
          <Input
            key={number ?? ''}
            name="number"
            type="search"
            aria-label="Phone number"
            placeholder="Phone number, such as +1 212 555 0100"
            defaultValue={number ?? ''}
          />
          <Button type="submit">Find</Button>
        </form>
      </search>
      <Card isFlush>
        <PagedTable
          label="Contacts"
          columns={COLUMNS}
          of={contacts}
          rowsOf={(page) => page.contacts}
          keyOf={({ id }) => id}
          empty={
            number === undefined ? (
              <Empty title="No contacts yet" action={bring}>
                Bring the people you want to call from a CSV file, or send them by the API.
              </Empty>
            ) : (
              <Empty title="Nobody has this number">Write it whole, with its country code.</Empty>
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

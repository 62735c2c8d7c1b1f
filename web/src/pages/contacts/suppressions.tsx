import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { textOf } from '../../lib/form.ts';
import { phone } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
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

const route = getRouteApi('/t/$tenant/contacts/suppressions');

type Suppression = Output<'listSuppressions'>['suppressions'][number];

const REASONS: Readonly<Record<Suppression['reason'], string>> = {
  caller_request: 'Asked for it in a call',
  sms_stop: 'Answered STOP to a text',
  import: 'Imported',
  manual: 'Added by hand',
  carrier: 'Refused by the carrier',
};

export function SuppressionsPage() {
  const { tenant } = route.useParams();
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const [lifted, setLifted] = useState<string | null>(null);
  const suppressions = useApiPages('listSuppressions', {});
  const columns: readonly Column<Suppression>[] = [
    { title: 'Number', cell: ({ number }) => <span className="tnum">{phone(number)}</span> },
    { title: 'Why', cell: ({ reason }) => <Badge>{REASONS[reason]}</Badge> },
    { title: 'Source', cell: ({ source }) => source ?? '-', isExtra: true },
    { title: 'Since', cell: ({ createdAt }) => <Time at={createdAt} />, isExtra: true },
    ...(may('liftSuppression')
      ? [
          {
            title: 'Lift',
            cell: ({ number }: Suppression) => (
              <Button size="small" onClick={() => setLifted(number)}>
                Allow calls
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Page
      title="Contacts"
      actions={
        may('suppressNumber') ? (
          <Button tone="primary" onClick={() => setAdding(true)}>
            Add a number
          </Button>
        ) : undefined
      }
    >
      <ContactTabs tenant={tenant} />
      <p className="text-quiet">
        No campaign, script or person calls or texts these numbers. A list comes in as a file under
        Imports.
      </p>
      <Card isFlush>
        <PagedTable
          label="Numbers that must not be called"
          columns={columns}
          of={suppressions}
          rowsOf={(page) => page.suppressions}
          keyOf={({ number }) => number}
          empty={
            <Empty title="Nobody asked not to be called">
              Who says so in a call, or answers STOP to a text, stands here by itself.
            </Empty>
          }
        />
      </Card>
      <AddNumber isOpen={isAdding} onClose={() => setAdding(false)} />
      <Lift number={lifted} onClose={() => setLifted(null)} />
    </Page>
  );
}

function AddNumber({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const suppress = useApiChange('suppressNumber', ['listSuppressions']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const source = textOf(event.currentTarget, 'source').trim();
    const body = {
      e164: textOf(event.currentTarget, 'number'),
      ...(source === '' ? {} : { source }),
    };
    suppress.mutate({ body }, { onSuccess: onClose });
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Never call a number again"
      description="A call to it that nobody has answered yet is taken back."
    >
      <form onSubmit={submit} className="space-y-4">
        {suppress.error === null ? null : <Problem error={suppress.error} />}
        <TextField label="Phone number" name="number" type="tel" required />
        <TextField
          label="Source"
          name="source"
          hint="Where the wish came from, such as a letter."
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={suppress.isPending}>
            Add
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function Lift({
  number,
  onClose,
}: {
  readonly number: string | null;
  readonly onClose: () => void;
}) {
  const lift = useApiChange('liftSuppression', ['listSuppressions']);
  if (number === null) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = textOf(event.currentTarget, 'reason');
    lift.mutate({ body: { number, reason } }, { onSuccess: onClose });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Allow calls to ${phone(number)}?`}
      description="Only with the person's word. The reason stands in the audit log."
    >
      <form onSubmit={submit} className="space-y-4">
        {lift.error === null ? null : <Problem error={lift.error} />}
        <TextField label="Reason" name="reason" required minLength={3} maxLength={500} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="danger" isBusy={lift.isPending}>
            Allow calls
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

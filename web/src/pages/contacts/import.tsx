import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { type Import, ImportBadge } from '../../features/import-state.tsx';
import { bytes, count } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Stat } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Answered, Problem } from '../../ui/states.tsx';
import { Mapping } from './mapping.tsx';
import { Refused } from './refused.tsx';

const route = getRouteApi('/t/$tenant/contacts/imports/$id');
const AGAIN_MS = 1_000;

export function ImportPage() {
  const { id, tenant } = route.useParams();
  const found = useApi(
    'readImport',
    { params: { id } },
    { refetchInterval: ({ state }) => (isAtWork(state.data) ? AGAIN_MS : false) },
  );
  return (
    <Page
      title={found.data?.name ?? 'Import'}
      {...(found.data === undefined ? {} : { badge: <ImportBadge state={found.data.state} /> })}
      actions={
        <Button asChild>
          <Link to="/t/$tenant/contacts/imports" params={{ tenant }}>
            All imports
          </Link>
        </Button>
      }
    >
      <Answered of={found}>{(own) => <Steps own={own} />}</Answered>
    </Page>
  );
}

function isAtWork(own: Import | undefined): boolean {
  return own?.state === 'checking' || own?.state === 'running';
}

function Steps({ own }: { readonly own: Import }) {
  const may = useMay();
  const { tenant } = route.useParams();
  const [isMappingAgain, setMappingAgain] = useState(false);
  const canMap =
    may('runImport') &&
    (own.state === 'uploaded' ||
      own.state === 'checked' ||
      own.state === 'failed' ||
      own.state === 'cancelled');
  return (
    <>
      {own.error === null ? null : (
        <p role="alert" className="rounded-lg border border-bad bg-bad-soft px-4 py-3">
          {own.error}
        </p>
      )}
      {own.state === 'waiting' ? (
        <p className="text-quiet">The file did not arrive. Drop it again under Imports.</p>
      ) : null}
      {isAtWork(own) ? <AtWork own={own} /> : null}
      {own.state === 'checked' || own.state === 'done' ? <Result own={own} /> : null}
      {own.state === 'done' ? (
        <Button asChild tone="primary">
          <Link to="/t/$tenant/contacts" params={{ tenant }}>
            See the contacts
          </Link>
        </Button>
      ) : null}
      {own.rejected > 0 && !isAtWork(own) ? <Refused own={own} /> : null}
      {canMap ? (
        <Mapping
          own={own}
          isOpen={own.state !== 'checked' || isMappingAgain}
          onOpen={() => setMappingAgain(true)}
        />
      ) : null}
    </>
  );
}

function AtWork({ own }: { readonly own: Import }) {
  const cancel = useApiChange('cancelImport', ['readImport', 'listImports']);
  const may = useMay();
  return (
    <Card title={own.state === 'checking' ? 'Reading the file, saving nothing' : 'Saving'}>
      <div className="space-y-3">
        <Progress label="Of the file" part={own.bytesDone} of={own.bytes} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="tnum text-quiet">
            {bytes(own.bytesDone)} of {bytes(own.bytes)}. You can leave this page.
          </p>
          {may('cancelImport') ? (
            <Button
              size="small"
              isBusy={cancel.isPending}
              onClick={() => cancel.mutate({ params: { id: own.id } })}
            >
              Cancel
            </Button>
          ) : null}
        </div>
        {cancel.error === null ? null : <Problem error={cancel.error} />}
      </div>
    </Card>
  );
}

function Result({ own }: { readonly own: Import }) {
  const isDry = own.state === 'checked';
  return (
    <Card title={isDry ? 'What would happen' : 'What happened'}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat label={isDry ? 'Would be added' : 'Added'} value={count(own.added)} />
        <Stat label={isDry ? 'Would be changed' : 'Changed'} value={count(own.changed)} />
        <Stat label="Twice in the file" value={count(own.duplicates)} />
        <Stat label="Refused" value={count(own.rejected)} />
      </dl>
    </Card>
  );
}

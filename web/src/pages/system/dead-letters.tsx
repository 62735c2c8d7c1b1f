import type { Output } from '../../api/client.ts';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty, Problem } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

type DeadLetter = Output<'listDeadLetters'>['deadLetters'][number];

export function DeadLettersPage() {
  const letters = useApiPages('listDeadLetters', {});
  return (
    <Page title="Dead letters" intro="Work that was tried as often as allowed and never succeeded.">
      <Card isFlush>
        <PagedTable
          label="Dead letters"
          columns={COLUMNS}
          of={letters}
          rowsOf={(page) => page.deadLetters}
          keyOf={({ id }) => id}
          empty={<Empty title="None">Everything that was given to a queue was done.</Empty>}
        />
      </Card>
    </Page>
  );
}

const COLUMNS: readonly Column<DeadLetter>[] = [
  { title: 'Queue', cell: ({ queue }) => queue },
  { title: 'When', cell: ({ at }) => <Time at={at} /> },
  { title: 'Tenant', cell: ({ tenantId }) => tenantId ?? '-', isExtra: true },
  {
    title: 'What',
    cell: ({ body }) => (
      <code className="font-mono text-[13px]" title={JSON.stringify(body)}>
        {JSON.stringify(body)}
      </code>
    ),
    isExtra: true,
    className: 'max-w-72 truncate',
  },
  { title: 'Actions', cell: (letter) => <Actions letter={letter} /> },
];

function Actions({ letter }: { readonly letter: DeadLetter }) {
  const replay = useApiChange('replayDeadLetter', ['listDeadLetters']);
  const discard = useApiChange('discardDeadLetter', ['listDeadLetters']);
  const params = { id: letter.id };
  const error = replay.error ?? discard.error;
  if (error !== null) return <Problem error={error} />;
  return (
    <div className="flex gap-2">
      <Button
        size="small"
        isBusy={replay.isPending}
        onClick={() => replay.mutate({ params })}
        aria-label={`Send ${letter.id} again`}
      >
        Send again
      </Button>
      <Button
        size="small"
        isBusy={discard.isPending}
        onClick={() => discard.mutate({ params, body: { reason: 'Looked at on the page' } })}
        aria-label={`Discard ${letter.id}`}
      >
        Discard
      </Button>
    </div>
  );
}

import { useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { phone } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty, Problem } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { FindNumber } from './find-number.tsx';
import { NumberSettings } from './number-settings.tsx';
import { Webhooks } from './webhooks.tsx';

type PhoneNumber = Output<'listNumbers'>['numbers'][number];

export function NumbersPage() {
  const may = useMay();
  const say = useToast();
  const [edited, setEdited] = useState<PhoneNumber | null>(null);
  const [checked, setChecked] = useState<PhoneNumber | null>(null);
  const [isFinding, setFinding] = useState(false);
  const numbers = useApiPages('listNumbers', {});
  const bring = useApiChange('importNumbers', ['listNumbers']);
  const scripts = useApi('listScripts', { query: { limit: 500 } });
  const nameOf = (id: string) =>
    scripts.data?.scripts.find((script) => script.id === id)?.name ?? 'A script';
  const columns: readonly Column<PhoneNumber>[] = [
    { title: 'Number', cell: ({ number }) => <span className="tnum">{phone(number)}</span> },
    {
      title: 'Callers hear',
      cell: ({ inboundScriptId }) =>
        inboundScriptId === null ? <Badge>A busy signal</Badge> : nameOf(inboundScriptId),
    },
    {
      title: 'Recording',
      cell: ({ recordsCalls }) => (recordsCalls ? 'Calls are recorded' : 'Off'),
      isExtra: true,
    },
    {
      title: 'Actions',
      cell: (number) => (
        <div className="flex gap-2">
          {may('editNumber') ? (
            <Button
              size="small"
              aria-label={`Settings of ${phone(number.number)}`}
              onClick={() => setEdited(number)}
            >
              Settings
            </Button>
          ) : null}
          <Button
            size="small"
            aria-label={`Check ${phone(number.number)}`}
            onClick={() => setChecked(number)}
          >
            Check
          </Button>
        </div>
      ),
    },
  ];
  return (
    <Page
      title="Numbers"
      actions={
        may('buyNumber') ? (
          <>
            <Confirm
              trigger={<Button>Take over from Twilio</Button>}
              title="Take over the numbers of your Twilio account?"
              verb="Take over"
              onConfirm={async () => {
                const { imported, skipped } = await bring.mutateAsync({});
                say(`${imported.length} numbers were added, ${skipped.length} were here already.`);
              }}
            >
              Every number of your own account is added here, and Twilio is told to ask Destiny
              about its calls and texts.
            </Confirm>
            <Button tone="primary" onClick={() => setFinding(true)}>
              Buy a number
            </Button>
          </>
        ) : undefined
      }
    >
      {bring.error === null ? null : <Problem error={bring.error} />}
      <Card isFlush>
        <PagedTable
          label="Numbers"
          columns={columns}
          of={numbers}
          rowsOf={(page) => page.numbers}
          keyOf={({ id }) => id}
          empty={
            <Empty title="No numbers yet">
              A campaign calls from a number, and a number can answer with a script. Buy one with
              your own Twilio account, or ask the platform's owner.
            </Empty>
          }
        />
      </Card>
      {edited === null ? null : (
        <NumberSettings
          number={edited}
          scripts={scripts.data?.scripts ?? []}
          onClose={() => setEdited(null)}
        />
      )}
      {checked === null ? null : <Webhooks number={checked} onClose={() => setChecked(null)} />}
      <FindNumber isOpen={isFinding} onClose={() => setFinding(false)} />
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import Papa from 'papaparse';
import { apiFile } from '../../api/client.ts';
import { useApiFile } from '../../api/hooks.ts';
import { useTenantId } from '../../api/session.tsx';
import type { Import } from '../../features/import-state.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Answered } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';

const MOST_SHOWN = 50;

type Row = { readonly line: string; readonly reason: string };

/** The rows of a file that were not taken, and why: the first of them here, all in a file. */
export function Refused({ own }: { readonly own: Import }) {
  const tenant = useTenantId();
  const download = useApiFile('readImportResult', `${own.name}-refused.csv`);
  const rows = useQuery({
    queryKey: ['readImportResult', tenant, own.id, own.state],
    queryFn: async ({ signal }) => {
      const file = await apiFile(
        'readImportResult',
        { params: { id: own.id } },
        { tenant, signal },
      );
      const { data } = Papa.parse<Row>(await file.text(), {
        header: true,
        preview: MOST_SHOWN,
        skipEmptyLines: true,
      });
      return data;
    },
  });
  return (
    <Card
      title="Refused rows"
      isFlush
      actions={
        <Button
          size="small"
          isBusy={download.isPending}
          onClick={() => download.mutate({ params: { id: own.id } })}
        >
          <Download aria-hidden /> All as CSV
        </Button>
      }
    >
      <Answered of={rows} lines={3}>
        {(known) => (
          <Table label="Refused rows" columns={COLUMNS} rows={known} keyOf={({ line }) => line} />
        )}
      </Answered>
    </Card>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Line', cell: ({ line }) => line, isNumber: true, className: 'w-20' },
  { title: 'Why', cell: ({ reason }) => reason, className: 'whitespace-normal' },
];

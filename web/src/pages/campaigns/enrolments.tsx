import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApiPages } from '../../api/hooks.ts';
import { reasonWords } from '../../features/reason-words.ts';
import { count, phone } from '../../lib/format.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/field.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

const route = getRouteApi('/t/$tenant/campaigns/$id');
const AGAIN_MS = 4_000;

type Enrolment = Output<'listEnrolments'>['contacts'][number];

const STATES: Readonly<Record<Enrolment['state'], readonly [string, Tone]>> = {
  pending: ['Speech to make', 'plain'],
  due: ['Waiting', 'accent'],
  active: ['Being called', 'accent'],
  done: ['Done', 'good'],
  exhausted: ['Not reached', 'warn'],
  skipped: ['Left out', 'bad'],
};

/** Where each person of the campaign stands, and why. */
export function Enrolments({
  campaignId,
  isMoving,
}: {
  readonly campaignId: string;
  readonly isMoving: boolean;
}) {
  const { state } = route.useSearch();
  const navigate = useNavigate({ from: '/t/$tenant/campaigns/$id' });
  const people = useApiPages(
    'listEnrolments',
    { params: { id: campaignId }, query: state === undefined ? {} : { state } },
    { refetchInterval: isMoving ? AGAIN_MS : false },
  );
  const filter = (
    <Select
      aria-label="Which people"
      className="max-w-44"
      value={state ?? ''}
      onChange={({ target }) =>
        void navigate({
          search: target.value === '' ? {} : { state: target.value as Enrolment['state'] },
          replace: true,
          resetScroll: false,
        })
      }
      options={[
        { value: '', label: 'Everybody' },
        ...Object.entries(STATES).map(([value, [label]]) => ({ value, label })),
      ]}
    />
  );
  return (
    <Card title="People" actions={filter} isFlush>
      <PagedTable
        label="People of this campaign"
        columns={COLUMNS}
        of={people}
        rowsOf={(page) => page.contacts}
        keyOf={({ contactId }) => contactId}
        empty={
          <Empty title="Nobody here">
            {state === undefined ? 'Add people to the campaign.' : 'Nobody is in this state.'}
          </Empty>
        }
      />
    </Card>
  );
}

const COLUMNS: readonly Column<Enrolment>[] = [
  { title: 'Number', cell: ({ number }) => <span className="tnum">{phone(number)}</span> },
  { title: 'Your id', cell: ({ externalId }) => externalId ?? '-', isExtra: true },
  {
    title: 'State',
    cell: ({ state }) => {
      const [label, tone] = STATES[state];
      return <Badge tone={tone}>{label}</Badge>;
    },
  },
  { title: 'Why', cell: ({ reason }) => (reason === null ? '-' : reasonWords(reason)) },
  { title: 'Next call', cell: ({ dueAt }) => <Time at={dueAt} />, isExtra: true },
  { title: 'Tries', cell: ({ attempts }) => count(attempts), isNumber: true },
];

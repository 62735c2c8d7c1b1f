import { getRouteApi } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { count, dollars } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card, Stat } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Help } from '../../ui/tip.tsx';
import { UsageTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/usage');
const MICROS = 1_000_000;

type Day = Output<'readUsage'>['days'][number];

/** What thirty days used, and what the calls of each cost at Twilio. */
export function UsagePage() {
  const { tenant } = route.useParams();
  const usage = useApi('readUsage', { query: {} });
  return (
    <Page title="Usage" intro="The last 30 days in which something was used, in days of UTC.">
      <UsageTabs tenant={tenant} />
      <Answered of={usage}>
        {({ days }) =>
          !days.some(isUsed) ? (
            <Card>
              <Empty title="Nothing was used yet">
                The first call, text or recording stands here a moment after it is over.
              </Empty>
            </Card>
          ) : (
            <>
              <Totals days={days} />
              <Card isFlush>
                <Table
                  label="Use of each day"
                  columns={COLUMNS}
                  rows={days.filter(isUsed).toSorted((a, b) => b.day.localeCompare(a.day))}
                  keyOf={({ day }) => day}
                />
              </Card>
            </>
          )
        }
      </Answered>
    </Page>
  );
}

function Totals({ days }: { readonly days: readonly Day[] }) {
  const sum = (of: (day: Day) => number) => days.reduce((total, day) => total + of(day), 0);
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        <Stat label="Calls" value={count(sum(({ calls }) => calls))} />
        <Stat label="Minutes" value={count(sum(({ callMinutes }) => callMinutes))} />
        <Stat
          label="Characters spoken"
          value={count(sum(({ speechCharacters }) => speechCharacters))}
        />
        <Stat
          label="Text segments out"
          value={count(sum(({ messageSegmentsOut }) => messageSegmentsOut))}
        />
        <Stat
          label="Cost of calls"
          value={
            <span className="inline-flex items-center gap-1">
              {dollars(sum(({ callCostMicros }) => callCostMicros) / MICROS)}
              <Help
                about="the cost of calls"
                text="Twilio's price of each call. Until Twilio names it, some minutes after the call, it is an estimate by the list price."
              />
            </span>
          }
        />
      </dl>
    </Card>
  );
}

function isUsed({ calls, messagesOut, messagesIn, recordingSeconds, speechCharacters }: Day) {
  return calls + messagesOut + messagesIn + recordingSeconds + speechCharacters > 0;
}

const COLUMNS: readonly Column<Day>[] = [
  { title: 'Day', cell: ({ day }) => day },
  { title: 'Calls', cell: ({ calls }) => count(calls), isNumber: true },
  { title: 'Minutes', cell: ({ callMinutes }) => count(callMinutes), isNumber: true },
  {
    title: 'Characters spoken',
    cell: ({ speechCharacters }) => count(speechCharacters),
    isNumber: true,
    isExtra: true,
  },
  {
    title: 'Texts out',
    cell: ({ messagesOut }) => count(messagesOut),
    isNumber: true,
    isExtra: true,
  },
  { title: 'Texts in', cell: ({ messagesIn }) => count(messagesIn), isNumber: true, isExtra: true },
  {
    title: 'Minutes recorded',
    cell: ({ recordingSeconds }) => count(Math.ceil(recordingSeconds / 60)),
    isNumber: true,
    isExtra: true,
  },
  {
    title: 'Cost of calls',
    cell: ({ callCostMicros, isCostFinal }) => (
      <span className="inline-flex items-center gap-2">
        {isCostFinal ? null : <Badge>Estimate</Badge>}
        {dollars(callCostMicros / MICROS)}
      </span>
    ),
    isNumber: true,
  },
];

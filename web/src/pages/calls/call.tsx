import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { CallStatus, Outcome } from '../../features/call-status.tsx';
import { reasonWords } from '../../features/reason-words.ts';
import { duration, phone, words } from '../../lib/format.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered, Loading } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { RecordingList } from './recordings.tsx';
import { Timeline } from './timeline.tsx';

const route = getRouteApi('/t/$tenant/calls/$id');
const AGAIN_MS = 1_500;

const CallPath = lazy(() =>
  import('./call-path.tsx').then(({ CallPath: found }) => ({ default: found })),
);

export type Call = Output<'readCall'>['call'];

export function CallPage() {
  const { id } = route.useParams();
  const found = useApi(
    'readCall',
    { params: { id } },
    { refetchInterval: ({ state }) => (state.data?.call.endedAt === null ? AGAIN_MS : false) },
  );
  const call = found.data?.call;
  return (
    <Page
      title={call === undefined ? 'Call' : `Call ${directionOf(call)}`}
      {...(call === undefined ? {} : { badge: <CallStatus status={call.status} /> })}
    >
      <Answered of={found} lines={8}>
        {({ call: own, events }) => (
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="order-2 min-w-0 space-y-5 lg:order-1">
              <Recordings callId={own.id} />
              <Way call={own} events={events} />
              <Timeline events={events} />
            </div>
            <div className="order-1 lg:order-2">
              <Card title="Facts">
                <CallFacts call={own} />
              </Card>
            </div>
          </div>
        )}
      </Answered>
    </Page>
  );
}

function directionOf({ direction, toNumber, fromNumber }: Call): string {
  return direction === 'outbound' ? `to ${phone(toNumber)}` : `from ${phone(fromNumber)}`;
}

function Recordings({ callId }: { readonly callId: string }) {
  const may = useMay();
  return may('listRecordings') ? <RecordingList callId={callId} /> : null;
}

/** An outside call without a script has none. */
function Way(answer: Output<'readCall'>) {
  const may = useMay();
  if (!may('readVersion') || answer.call.scriptVersion < 1) return null;
  return (
    <Suspense fallback={<Loading />}>
      <CallPath {...answer} />
    </Suspense>
  );
}

function CallFacts({ call }: { readonly call: Call }) {
  const { tenant } = route.useParams();
  return (
    <Facts
      facts={[
        ['Outcome', <Outcome key="outcome" outcome={call.outcome} />],
        ['To', phone(call.toNumber)],
        ['From', phone(call.fromNumber)],
        ['Begun', <Time key="begun" at={call.createdAt} />],
        ['Answered', <Time key="answered" at={call.answeredAt} />],
        ['Length', duration(call.durationSeconds)],
        ['Answered by', call.answeredBy === null ? '-' : words(call.answeredBy)],
        ['Turns', call.turns],
        [
          'Campaign',
          call.campaignId === null ? (
            '-'
          ) : (
            <Link
              key="campaign"
              to="/t/$tenant/campaigns/$id"
              params={{ tenant, id: call.campaignId }}
              className="text-accent-text underline"
            >
              Open
            </Link>
          ),
        ],
        ...(call.errorCode === null ? [] : ([['Error', reasonWords(call.errorCode)]] as const)),
        [
          'Twilio SID',
          <code key="sid" className="font-mono text-[13px] break-all">
            {call.twilioSid ?? '-'}
          </code>,
        ],
      ]}
    />
  );
}

import { Link } from '@tanstack/react-router';
import type { CallerView } from '../../../../src/agents/protocol.ts';
import { useApi } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { eventWords } from '../../features/event-words.ts';
import { clockTime, phone } from '../../lib/format.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { Answered } from '../../ui/states.tsx';

/** Of a caller's history what a person asks for: where he was, what he answered. */
const TOLD = /^(flow\.(enter|input|match|no_match|no_input|capture|outcome)|transfer\.)/;
const LINES = 12;
const AGAIN_MS = 2_000;

/** Who the caller is, and what was so far. */
export function Caller({
  caller,
  tenant,
}: {
  readonly caller: CallerView;
  readonly tenant: string;
}) {
  const may = useMay();
  const call = useApi('readCall', { params: { id: caller.callId } }, { refetchInterval: AGAIN_MS });
  return (
    <div className="grid items-start gap-5 md:grid-cols-2">
      <Card
        title="So far"
        actions={
          <Link
            to="/t/$tenant/calls/$id"
            params={{ tenant, id: caller.callId }}
            className="text-accent-text underline"
          >
            The whole call
          </Link>
        }
        isFlush
      >
        <Answered of={call} lines={4}>
          {({ events }) => (
            <ol className="py-2">
              {events
                .filter(({ type }) => TOLD.test(type))
                .slice(-LINES)
                .map(({ source, n, at, type, detail }) => (
                  <li key={`${source} ${n}`} className="flex gap-4 px-4 py-1">
                    <time className="tnum shrink-0 text-quiet">{clockTime(at).slice(0, 8)}</time>
                    <span className="min-w-0 break-words">{eventWords(type, detail)}</span>
                  </li>
                ))}
            </ol>
          )}
        </Answered>
      </Card>
      <Card title="The caller">
        {caller.contactId !== null && may('readContact') ? (
          <ContactFacts id={caller.contactId} />
        ) : (
          <Facts
            facts={[
              ['Number', phone(caller.number)],
              ['Contact', 'Nobody of your contacts'],
            ]}
          />
        )}
      </Card>
    </div>
  );
}

function ContactFacts({ id }: { readonly id: string }) {
  const contact = useApi('readContact', { params: { id } });
  return (
    <Answered of={contact} lines={4}>
      {({ number, externalId, fields, timeZone }) => (
        <Facts
          facts={[
            ['Number', phone(number)],
            ...Object.entries(fields),
            ['Your id', externalId],
            ...(timeZone === null ? [] : ([['Time zone', timeZone]] as const)),
          ]}
        />
      )}
    </Answered>
  );
}

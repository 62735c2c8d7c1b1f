import { getRouteApi } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { words } from '../../lib/format.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Select } from '../../ui/field.tsx';
import { More } from '../../ui/more.tsx';
import { Answered, Empty, Problem } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';

const route = getRouteApi('/t/$tenant/developers/webhooks/$id');
const AGAIN_MS = 3_000;
const WEEK_MS = 7 * 86_400_000;
const TONES: Readonly<Record<string, Tone>> = { delivered: 'good', failed: 'bad' };

type Delivery = Output<'listDeliveries'>['deliveries'][number];

/** What an endpoint was told in the last seven days, with every try. */
export function Deliveries({ endpointId }: { readonly endpointId: string }) {
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const say = useToast();
  const recover = useApiChange('recoverDeliveries', ['listDeliveries']);
  const found = useApiPages(
    'listDeliveries',
    { params: { id: endpointId }, query: state === undefined ? {} : { state } },
    { refetchInterval: AGAIN_MS },
  );
  return (
    <Card
      title="Deliveries"
      isFlush
      actions={
        <div className="flex flex-wrap justify-end gap-2">
          <Select
            aria-label="State of deliveries"
            className="w-auto"
            value={state ?? ''}
            onChange={({ target: { value } }) =>
              void navigate({
                search:
                  value === 'pending' || value === 'delivered' || value === 'failed'
                    ? { state: value }
                    : {},
                replace: true,
              })
            }
            options={[
              { value: '', label: 'All' },
              ...['pending', 'delivered', 'failed'].map((value) => ({
                value,
                label: words(value),
              })),
            ]}
          />
          {may('recoverDeliveries') ? (
            <Confirm
              trigger={<Button>Send all failed again</Button>}
              title="Send everything again that failed?"
              verb="Send again"
              onConfirm={async () => {
                const since = Date.now() - WEEK_MS;
                const { deliveries } = await recover.mutateAsync({
                  params: { id: endpointId },
                  body: { since },
                });
                say(`${deliveries} are sent again.`);
              }}
            >
              All that failed in the last seven days, up to a thousand.
            </Confirm>
          ) : null}
        </div>
      }
    >
      <Answered of={found}>
        {({ pages }) => {
          const deliveries = pages.flatMap((page) => page.deliveries);
          return deliveries.length === 0 ? (
            <Empty title="Nothing in the last seven days">
              Send a test, or wait for something to happen.
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {deliveries.map((delivery) => (
                <li key={delivery.id}>
                  <One endpointId={endpointId} delivery={delivery} />
                </li>
              ))}
            </ul>
          );
        }}
      </Answered>
      <More
        hasMore={found.hasNextPage}
        isBusy={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Card>
  );
}

function One({
  endpointId,
  delivery,
}: {
  readonly endpointId: string;
  readonly delivery: Delivery;
}) {
  const may = useMay();
  const redeliver = useApiChange('redeliver', ['listDeliveries']);
  const { id, type, state, tries, nextAt, payload, messageId, createdAt } = delivery;
  return (
    <details className="group">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-hover">
        <Badge tone={TONES[state] ?? 'plain'}>{words(state)}</Badge>
        <code className="font-mono text-[13px]">{type}</code>
        <span className="ml-auto text-quiet">
          <Time at={createdAt} />
        </span>
      </summary>
      <div className="space-y-3 px-4 pb-4">
        <p className="text-quiet">
          <code className="font-mono text-[13px] break-all">{messageId}</code>
          {nextAt === null ? null : (
            <>
              {' '}
              · next try <Time at={nextAt} />
            </>
          )}
        </p>
        {tries.length === 0 ? null : (
          <ol className="space-y-1">
            {tries.map(({ at, status, error, ms, answer }) => (
              <li key={at} className="flex flex-wrap gap-x-4">
                <Time at={at} />
                <span className="tnum">{status ?? 'no answer'}</span>
                <span className="tnum text-quiet">{ms} ms</span>
                {error === null ? null : <span className="text-bad">{error}</span>}
                {answer === '' ? null : (
                  <code className="min-w-0 font-mono text-[13px] break-all text-quiet">
                    {answer}
                  </code>
                )}
              </li>
            ))}
          </ol>
        )}
        <pre className="rounded-md bg-hover p-3 font-mono text-[13px] break-all whitespace-pre-wrap">
          {readable(payload)}
        </pre>
        {redeliver.error === null ? null : <Problem error={redeliver.error} />}
        {may('redeliver') && state !== 'pending' ? (
          <Button
            size="small"
            isBusy={redeliver.isPending}
            onClick={() => redeliver.mutate({ params: { id: endpointId, deliveryId: id } })}
          >
            Send again
          </Button>
        ) : null}
      </div>
    </details>
  );
}

function readable(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}

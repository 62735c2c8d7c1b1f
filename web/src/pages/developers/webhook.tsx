import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Page } from '../../ui/page.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Answered, Problem } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Deliveries } from './deliveries.tsx';
import { type Endpoint, EndpointForm } from './endpoint-form.tsx';
import { EndpointState } from './endpoint-state.tsx';

const route = getRouteApi('/t/$tenant/developers/webhooks/$id');

/** One endpoint: what it is told, what it was told, and how it answered. */
export function WebhookPage() {
  const { id } = route.useParams();
  const found = useApi('readEndpoint', { params: { id } });
  const endpoint = found.data;
  return (
    <Page
      title="Webhook endpoint"
      {...(endpoint === undefined
        ? {}
        : {
            intro: <span className="break-all">{endpoint.url}</span>,
            badge: <EndpointState endpoint={endpoint} />,
            actions: <Actions endpoint={endpoint} />,
          })}
    >
      <Answered of={found} lines={6}>
        {(known) => (
          <>
            <Card>
              <Facts
                facts={[
                  ['What it is for', known.description === '' ? '-' : known.description],
                  ['Told of', known.types.length === 0 ? 'Everything' : known.types.join(', ')],
                  ['Since', <Time key="since" at={known.createdAt} />],
                  ...(known.previousSecretUntil === null
                    ? []
                    : ([
                        ['Old secret until', <Time key="until" at={known.previousSecretUntil} />],
                      ] as const)),
                ]}
              />
            </Card>
            <Deliveries endpointId={known.id} />
          </>
        )}
      </Answered>
    </Page>
  );
}

function Actions({ endpoint }: { readonly endpoint: Endpoint }) {
  const { tenant } = route.useParams();
  const may = useMay();
  const say = useToast();
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const again = ['readEndpoint', 'listEndpoints', 'listDeliveries'] as const;
  const test = useApiChange('testEndpoint', again);
  const edit = useApiChange('editEndpoint', again);
  const rotate = useApiChange('rotateWebhookSecret', again);
  const remove = useApiChange('deleteEndpoint', ['listEndpoints']);
  const { id, isEnabled, revision } = endpoint;
  const params = { id };
  if (!may('editEndpoint')) return null;
  return (
    <>
      {[test, edit].map(({ error }, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: there are always these two
        error === null || isEditing ? null : <Problem key={i} error={error} />,
      )}
      <Button
        isBusy={test.isPending}
        disabled={!isEnabled}
        onClick={() =>
          test.mutate({ params }, { onSuccess: () => say('A message that tells nothing is sent.') })
        }
      >
        Send a test
      </Button>
      <Button onClick={() => setEditing(true)}>Change</Button>
      <Button
        isBusy={edit.isPending}
        onClick={() => edit.mutate({ params, body: { isEnabled: !isEnabled }, revision })}
      >
        {isEnabled ? 'Switch off' : 'Switch on'}
      </Button>
      <Confirm
        trigger={<Button>New secret</Button>}
        title="Make a new secret?"
        verb="Make it"
        onConfirm={() => rotate.mutateAsync({ params })}
      >
        For a day both secrets sign, so that your server can change over.
      </Confirm>
      <Confirm
        trigger={<Button>Delete</Button>}
        title="Delete this endpoint?"
        verb="Delete"
        onConfirm={async () => {
          await remove.mutateAsync({ params });
          await navigate({ to: '/t/$tenant/developers/webhooks', params: { tenant } });
        }}
      >
        It is told nothing any more, and what it was told is forgotten.
      </Confirm>
      {rotate.data === undefined ? null : (
        <ShownOnce
          title="Copy the secret now"
          description="It is shown this once."
          value={rotate.data.secret}
          onClose={rotate.reset}
        />
      )}
      <Dialog isOpen={isEditing} onClose={() => setEditing(false)} title="Change the endpoint">
        <EndpointForm
          known={endpoint}
          verb="Save"
          error={edit.error}
          isBusy={edit.isPending}
          onSubmit={(body) =>
            edit.mutate({ params, body, revision }, { onSuccess: () => setEditing(false) })
          }
          onCancel={() => setEditing(false)}
        />
      </Dialog>
    </>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Pause, Play } from 'lucide-react';
import { useReducer } from 'react';
import { useApi } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { useFeed } from '../../features/feed.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { EventStream } from './event-stream.tsx';
import { InProgress } from './in-progress.tsx';
import { EMPTY_STREAM, takeEvents } from './stream.ts';

const route = getRouteApi('/t/$tenant/live');
const KINDS = [
  { value: '', label: 'All events' },
  { value: 'flow', label: 'Conversation' },
  { value: 'twilio', label: 'Phone' },
  { value: 'tts', label: 'Speech' },
  { value: 'transfer', label: 'Handovers' },
  { value: 'call', label: 'Begin and end' },
] as const;

export function LivePage() {
  const { campaign, kind } = route.useSearch();
  const navigate = useNavigate({ from: '/t/$tenant/live' });
  const may = useMay();
  const client = useQueryClient();
  const campaigns = useApi(
    'listCampaigns',
    { query: { limit: 200 } },
    { enabled: may('listCampaigns') },
  );
  const [stream, send] = useReducer(takeEvents, EMPTY_STREAM);
  const state = useFeed(
    { campaign },
    (events) => send({ type: 'events', events }),
    () => {
      send({ type: 'gap' });
      void client.invalidateQueries({ queryKey: ['listCalls'] });
    },
  );
  return (
    <Page
      title="Live"
      badge={
        <Badge tone={state === 'open' ? 'good' : 'warn'}>
          {state === 'open' ? 'Connected' : 'Connecting'}
        </Badge>
      }
      actions={
        <Button onClick={() => send({ type: stream.isPaused ? 'resume' : 'pause' })}>
          {stream.isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {stream.isPaused ? `Go on (${stream.held.length} new)` : 'Pause'}
        </Button>
      }
    >
      <search className="flex flex-wrap gap-2">
        <Select
          aria-label="Campaign"
          className="max-w-64"
          value={campaign ?? ''}
          onChange={({ target }) => {
            send({ type: 'clear' });
            void navigate({
              search: (before) => withValue(before, 'campaign', target.value),
              replace: true,
            });
          }}
          options={[
            { value: '', label: 'All campaigns and callers' },
            ...(campaigns.data?.campaigns ?? []).map(({ id, name }) => ({
              value: id,
              label: name,
            })),
          ]}
        />
        <Select
          aria-label="Kind of event"
          className="max-w-48"
          value={kind ?? ''}
          onChange={({ target }) =>
            void navigate({
              search: (before) => withValue(before, 'kind', target.value),
              replace: true,
            })
          }
          options={KINDS}
        />
      </search>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <InProgress nodes={stream.nodes} campaign={campaign} />
        <EventStream
          events={
            kind === undefined
              ? stream.shown
              : stream.shown.filter(({ type }) => type.startsWith(`${kind}.`))
          }
        />
      </div>
    </Page>
  );
}

function withValue<T extends object>(search: T, key: keyof T, value: string): T {
  const { [key]: _, ...rest } = search;
  return (value === '' ? rest : { ...rest, [key]: value }) as T;
}

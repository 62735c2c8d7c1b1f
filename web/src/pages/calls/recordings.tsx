import { lazy, Suspense, useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { duration } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loading, Problem } from '../../ui/states.tsx';

const Player = lazy(() => import('./player.tsx').then(({ Player: found }) => ({ default: found })));

type Recording = Output<'listRecordings'>['recordings'][number];

const STATE_WORDS: Readonly<Record<Recording['state'], string>> = {
  pending: 'Being copied from Twilio',
  stored: 'Ready',
  failed: 'Could not be copied; the health page says why',
  absent: 'Twilio no longer has it',
  erased: 'Erased',
};

export function RecordingList({ callId }: { readonly callId: string }) {
  const found = useApi('listRecordings', { params: { id: callId } });
  const recordings = found.data?.recordings ?? [];
  if (recordings.length === 0) return null;
  return (
    <Card title={recordings.length === 1 ? 'Recording' : 'Recordings'}>
      <ul className="space-y-4">
        {recordings.map((recording) => (
          <li key={recording.id}>
            <One recording={recording} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function One({ recording }: { readonly recording: Recording }) {
  const issue = useApiChange('issueRecordingUrl');
  const [url, setUrl] = useState<string | null>(null);
  const listen = () =>
    issue.mutate(
      { params: { id: recording.id } },
      { onSuccess: (link) => setUrl(sameOrigin(link.url)) },
    );
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-3">
        <Badge>{recording.source === 'voicemail' ? 'Voicemail' : 'Whole call'}</Badge>
        <span className="tnum text-quiet">{duration(recording.durationSeconds)}</span>
        {recording.state === 'stored' ? null : (
          <span className="text-quiet">{STATE_WORDS[recording.state]}</span>
        )}
        {recording.state === 'stored' && url === null ? (
          <Button size="small" isBusy={issue.isPending} onClick={listen}>
            Listen
          </Button>
        ) : null}
      </div>
      {issue.error === null ? null : <Problem error={issue.error} />}
      {url === null ? null : (
        <Suspense fallback={<Loading lines={2} />}>
          <Player url={url} />
        </Suspense>
      )}
    </div>
  );
}

/** The link is for any program; here it is asked of where the page came from. */
function sameOrigin(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

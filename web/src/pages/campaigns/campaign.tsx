import { getRouteApi, Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { Output } from '../../api/client.ts';
import { useApi, useApiFile } from '../../api/hooks.ts';
import { CampaignBadge } from '../../features/campaign-state.tsx';
import { count, minuteOfDay, phone, words } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Stat } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Answered } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { CampaignActions } from './actions.tsx';
import { AddPeople } from './add-people.tsx';
import { Enrolments } from './enrolments.tsx';
import { Preflight } from './preflight.tsx';
import { reachedOf } from './reached.ts';

const route = getRouteApi('/t/$tenant/campaigns/$id');
const AGAIN_MS = 2_000;
const RESTING_MS = 15_000;

export type Progressing = Output<'readCampaign'>;

export function CampaignPage() {
  const { id } = route.useParams();
  const campaign = useApi(
    'readCampaign',
    { params: { id } },
    { refetchInterval: ({ state }) => (isMoving(state.data) ? AGAIN_MS : RESTING_MS) },
  );
  const results = useApiFile('readCampaignResults', `campaign-${id}.csv`);
  return (
    <Page
      title={campaign.data?.campaign.name ?? 'Campaign'}
      {...(campaign.data === undefined
        ? {}
        : {
            badge: <CampaignBadge state={campaign.data.state} />,
            actions: (
              <>
                <Button
                  isBusy={results.isPending}
                  onClick={() => results.mutate({ params: { id } })}
                >
                  <Download aria-hidden /> Results
                </Button>
                <CampaignActions progress={campaign.data} />
              </>
            ),
          })}
    >
      <Answered of={campaign}>{(progress) => <Body progress={progress} />}</Answered>
    </Page>
  );
}

function isMoving(progress: Progressing | undefined): boolean {
  return progress?.state === 'running' || progress?.primeError !== null;
}

function Body({ progress }: { readonly progress: Progressing }) {
  const { tenant } = route.useParams();
  const { campaign, contacts, calls, outcomes, isForEverybody } = progress;
  const { done, all } = reachedOf(contacts);
  const isByText = campaign.channel === 'sms';
  const answered = (calls.completed ?? 0) + (calls['in-progress'] ?? 0);
  const running = (calls['in-progress'] ?? 0) + (calls.ringing ?? 0) + (calls.queued ?? 0);
  return (
    <>
      <Notes progress={progress} />
      <Card>
        <div className="space-y-4">
          <div className="space-y-2">
            <div className="flex flex-wrap items-baseline justify-between gap-2">
              <p className="font-medium">
                {isForEverybody && all === 0 ? (
                  'All contacts take part; they are counted at the launch'
                ) : (
                  <>
                    <span className="tnum">
                      {count(done)} of {count(all)}
                    </span>{' '}
                    contacts are done
                  </>
                )}
              </p>
              <p className="text-quiet">
                <Finish progress={progress} />
              </p>
            </div>
            <Progress label="Contacts that are done" part={done} of={all} />
          </div>
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-6">
            <Stat label="Waiting" value={count((contacts.pending ?? 0) + (contacts.due ?? 0))} />
            {isByText ? (
              <>
                <Stat label="Being written to" value={count(contacts.active ?? 0)} />
                <Stat label="Arrived" value={count(contacts.done ?? 0)} />
              </>
            ) : (
              <>
                <Stat label="Being called" value={count(running)} />
                <Stat label="Answered" value={count(answered)} />
              </>
            )}
            <Stat label="Not reached" value={count(contacts.exhausted ?? 0)} />
            <Stat label="Left out" value={count(contacts.skipped ?? 0)} />
            <Stat
              label={isByText ? 'Texts' : 'Calls'}
              value={
                isByText ? (
                  <Link
                    to="/t/$tenant/messages"
                    params={{ tenant }}
                    className="text-accent-text underline"
                  >
                    Read them
                  </Link>
                ) : (
                  <Link
                    to="/t/$tenant/calls"
                    params={{ tenant }}
                    search={{ campaign: campaign.id }}
                    className="text-accent-text underline"
                  >
                    {count(Object.values(calls).reduce((sum, n) => sum + n, 0))}
                  </Link>
                )
              }
            />
          </dl>
        </div>
      </Card>
      {campaign.state === 'draft' || campaign.state === 'scheduled' ? (
        <Preflight campaignId={campaign.id} />
      ) : null}
      {campaign.state === 'draft' ? <AddPeople campaignId={campaign.id} /> : null}
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title="Outcomes">
          <Outcomes outcomes={outcomes} />
        </Card>
        <Card title="Settings">
          <Facts
            facts={[
              ['Script version', campaign.scriptVersion],
              [
                isByText ? 'Texts from' : 'Calls from',
                [campaign.fromNumber, ...campaign.callerIds].map(phone).join(', '),
              ],
              ...(isByText ? [] : [['Rings for', `${campaign.ringSeconds} s`] as const]),
              ['Pace', paceOf(campaign)],
              [
                'Hours',
                `${minuteOfDay(campaign.opensMinute)} to ${minuteOfDay(campaign.closesMinute)}, at the called person's place, else ${campaign.timeZone}`,
              ],
              [
                'Tries again after',
                campaign.retrySeconds.length === 0
                  ? 'Never'
                  : campaign.retrySeconds.map(inMinutes).join(', '),
              ],
              ...(isByText
                ? []
                : [
                    ['Voicemail', MACHINE_WORDS[campaign.machineDetection]] as const,
                    ['Recorded', campaign.recordsCalls ? 'Yes, after the notice' : 'No'] as const,
                  ]),
              ['Launched', <Time key="launched" at={campaign.launchedAt} />],
              ['Finished', <Time key="finished" at={campaign.finishedAt} />],
            ]}
          />
        </Card>
      </div>
      <Enrolments campaignId={campaign.id} isMoving={progress.state === 'running'} />
    </>
  );
}

function paceOf({ maxCallsPerSecond, maxConcurrentCalls }: Progressing['campaign']): string {
  const own = [
    ...(maxCallsPerSecond === null ? [] : [`${maxCallsPerSecond} calls a second`]),
    ...(maxConcurrentCalls === null ? [] : [`${maxConcurrentCalls} at a time`]),
  ];
  return own.length === 0 ? 'That of your account' : own.join(', ');
}

const MACHINE_WORDS = {
  off: 'Not looked for',
  detect: 'Noticed',
  message: 'Spoken to after its tone',
} as const;

function inMinutes(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

const BOUND_WORDS = {
  pace: 'the calls a second of your account',
  concurrency: 'the calls at a time of your account',
  speech: 'the making of speech',
} as const;

function Finish({ progress }: { readonly progress: Progressing }) {
  const { finish, state, campaign } = progress;
  if (state === 'finished' || state === 'stopped') {
    return (
      <>
        Ended <Time at={campaign.finishedAt} />
      </>
    );
  }
  if (finish.at === null) return null;
  return (
    <>
      First round done about <Time at={finish.at} />, bound by{' '}
      {campaign.channel === 'sms' ? 'the pace of your numbers' : BOUND_WORDS[finish.boundBy]}
    </>
  );
}

/** What an admin has to know before he wonders. */
function Notes({ progress }: { readonly progress: Progressing }) {
  const { pausedReason, primeError, isPrimed, clips, state, campaign } = progress;
  const notes = [
    ...(state === 'paused' && pausedReason !== null
      ? [`Destiny paused this campaign by itself: ${words(pausedReason)}.`]
      : []),
    ...(primeError === null ? [] : [`The speech could not be made: ${primeError}`]),
    ...(state === 'running' && !isPrimed
      ? [`The speech is being made; ${count(clips)} sentences are there. Who has his is called.`]
      : []),
  ];
  return (
    <>
      {campaign.scheduledAt === null || state !== 'scheduled' ? null : (
        <p className="rounded-lg border border-line bg-accent-soft px-4 py-3 text-accent-text">
          Launches by itself on <Time at={campaign.scheduledAt} />.
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="rounded-lg border border-line bg-warn-soft px-4 py-3 text-warn">
          {note}
        </p>
      ))}
    </>
  );
}

function Outcomes({ outcomes }: { readonly outcomes: Readonly<Record<string, number>> }) {
  const rows = Object.entries(outcomes).sort(([, a], [, b]) => b - a);
  const most = rows[0]?.[1] ?? 0;
  if (rows.length === 0) return <p className="text-quiet">No call has ended with one yet.</p>;
  return (
    <ul className="space-y-3">
      {rows.map(([name, n]) => (
        <li key={name} className="grid grid-cols-[9rem_1fr_3rem] items-center gap-3">
          <span className="truncate">{words(name)}</span>
          <span className="h-2 rounded-full bg-hover" aria-hidden>
            <span
              className="block h-full rounded-full bg-accent"
              style={{ width: `${(n / most) * 100}%` }}
            />
          </span>
          <span className="tnum text-right">{count(n)}</span>
        </li>
      ))}
    </ul>
  );
}

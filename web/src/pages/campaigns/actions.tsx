import { Pause, Play, Square } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { RouteName } from '../../../../src/contract/api.ts';
import { useApiChange } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Progressing } from './campaign.tsx';

const CHANGES: readonly RouteName[] = ['readCampaign', 'listCampaigns', 'listEnrolments'];

/** What can be done with a campaign in the state it is in, by whoever may. */
export function CampaignActions({ progress }: { readonly progress: Progressing }) {
  const may = useMay();
  const say = useToast();
  const input = { params: { id: progress.campaign.id } };
  const pause = useApiChange('pauseCampaign', CHANGES);
  const stop = useApiChange('stopCampaign', CHANGES);
  const unschedule = useApiChange('unscheduleCampaign', CHANGES);
  if (!may('launchCampaign')) return null;
  const { state } = progress;
  return (
    <>
      {state === 'draft' ? <Schedule campaignId={progress.campaign.id} /> : null}
      {state === 'scheduled' ? (
        <Button isBusy={unschedule.isPending} onClick={() => unschedule.mutate(input)}>
          Do not launch by itself
        </Button>
      ) : null}
      {state === 'running' ? (
        <Button
          isBusy={pause.isPending}
          onClick={() =>
            pause.mutate(input, { onSuccess: () => say('Paused. Nobody new is called.') })
          }
        >
          <Pause aria-hidden /> Pause
        </Button>
      ) : null}
      {state === 'running' || state === 'paused' ? (
        <Confirm
          trigger={
            <Button>
              <Square aria-hidden /> Stop
            </Button>
          }
          title="Stop this campaign for good?"
          verb="Stop it"
          onConfirm={() => stop.mutateAsync(input)}
        >
          Nobody else is called, and it cannot be resumed. Conversations that go on are not cut off.
        </Confirm>
      ) : null}
      {state === 'draft' || state === 'paused' ? <Launch progress={progress} /> : null}
    </>
  );
}

function Launch({ progress }: { readonly progress: Progressing }) {
  const [isOpen, setOpen] = useState(false);
  const say = useToast();
  const launch = useApiChange('launchCampaign', CHANGES);
  const { state, contacts, campaign, isForEverybody } = progress;
  const isResumed = state === 'paused';
  const waiting = (contacts.pending ?? 0) + (contacts.due ?? 0);
  const hasNobody = waiting === 0 && !isForEverybody;
  const people = isForEverybody ? 'All contacts' : `${waiting} people`;
  const go = () =>
    launch.mutate(
      { params: { id: campaign.id } },
      {
        onSuccess: () => {
          setOpen(false);
          say(isResumed ? 'The campaign goes on.' : 'The campaign is launched.');
        },
      },
    );
  return (
    <>
      <Button
        tone="primary"
        onClick={() => (isResumed ? go() : setOpen(true))}
        isBusy={launch.isPending}
      >
        <Play aria-hidden /> {isResumed ? 'Resume' : 'Launch'}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Launch this campaign?"
        description={
          hasNobody
            ? 'Nobody takes part yet. Add people first.'
            : `${people} are called inside their calling hours, at the pace of your account.`
        }
      >
        {launch.error === null ? null : <Problem error={launch.error} />}
        <DialogActions>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button tone="primary" isBusy={launch.isPending} disabled={hasNobody} onClick={go}>
            Launch now
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

function Schedule({ campaignId }: { readonly campaignId: string }) {
  const [isOpen, setOpen] = useState(false);
  const schedule = useApiChange('scheduleCampaign', CHANGES);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    schedule.mutate(
      { params: { id: campaignId }, body: { at: textOf(event.currentTarget, 'at') } },
      { onSuccess: () => setOpen(false) },
    );
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Schedule</Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Launch later"
        description="At this time in the campaign's time zone."
      >
        <form onSubmit={submit} className="space-y-4">
          {schedule.error === null ? null : <Problem error={schedule.error} />}
          <TextField label="Date and time" name="at" type="datetime-local" required />
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" tone="primary" isBusy={schedule.isPending}>
              Schedule
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}

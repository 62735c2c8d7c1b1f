import { useState } from 'react';
import { useApiChange } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { type AudienceChoice, AudienceFields, audienceBody } from '../../features/audience.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Puts more people into a campaign that is not launched. */
export function AddPeople({ campaignId }: { readonly campaignId: string }) {
  const may = useMay();
  const say = useToast();
  const [choice, setChoice] = useState<AudienceChoice>({ kind: 'all' });
  const enrol = useApiChange('enrolContacts', [
    'readCampaign',
    'listEnrolments',
    'preflightCampaign',
  ]);
  const body = audienceBody(choice);
  if (!may('enrolContacts')) return null;
  const add = () => {
    if (body === null) return;
    enrol.mutate(
      { params: { id: campaignId }, body },
      {
        onSuccess: ({ enrolled }) =>
          say(enrolled === null ? 'Everybody is being added.' : `${enrolled} people were added.`),
      },
    );
  };
  return (
    <Card title="Add people">
      <div className="space-y-4">
        {enrol.error === null ? null : <Problem error={enrol.error} />}
        <AudienceFields choice={choice} onChange={setChoice} />
        <Button disabled={body === null} isBusy={enrol.isPending} onClick={add}>
          Add
        </Button>
      </div>
    </Card>
  );
}

import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, type Input } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { useSeat } from '../../api/session.tsx';
import { type AudienceChoice, AudienceFields, audienceBody } from '../../features/audience.tsx';
import { checkRetries, RetryField } from '../../features/retry-field.tsx';
import { textOf } from '../../lib/form.ts';
import { phone } from '../../lib/format.ts';
import { closingMinuteOf, minuteOf, timeOf } from '../../lib/minute.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered, Empty, Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

const route = getRouteApi('/t/$tenant/campaigns/new');
const MOST_CHOICES = 500;
const CHANNELS = [
  { value: 'voice', label: 'By call' },
  { value: 'sms', label: 'By text' },
];
const MACHINES = [
  { value: 'off', label: 'Do not look: a voicemail counts as an answer' },
  { value: 'detect', label: 'Notice a voicemail, and follow its branch of the script' },
  { value: 'message', label: 'Notice a voicemail, and speak after its tone' },
];

export function NewCampaignPage() {
  const { tenant } = route.useParams();
  const scripts = useApi('listScripts', { query: { limit: MOST_CHOICES } });
  const numbers = useApi('listNumbers', { query: { limit: MOST_CHOICES } });
  return (
    <Page
      title="New campaign"
      intro="It is a draft until you launch it. Nobody is called before that."
    >
      <Answered of={scripts}>
        {(known) => (
          <Answered of={numbers}>
            {(own) => {
              const published = known.scripts.filter((script) => script.publishedVersion > 0);
              if (published.length === 0) {
                return (
                  <Card>
                    <Empty title="No published script yet">
                      A campaign speaks a published script. Publish one first.
                    </Empty>
                  </Card>
                );
              }
              if (own.numbers.length === 0) {
                return (
                  <Card>
                    <Empty title="No number to call from">
                      Ask the platform's owner for a number, or add one under Numbers.
                    </Empty>
                  </Card>
                );
              }
              return (
                <CampaignForm
                  tenantId={tenant}
                  scripts={published.map(({ id, name, publishedVersion }) => ({
                    value: id,
                    label: `${name} (version ${publishedVersion})`,
                  }))}
                  numbers={own.numbers.map(({ number }) => ({
                    value: number,
                    label: phone(number),
                  }))}
                />
              );
            }}
          </Answered>
        )}
      </Answered>
    </Page>
  );
}

type Choice = { readonly value: string; readonly label: string };

function CampaignForm({
  tenantId,
  scripts,
  numbers,
}: {
  readonly tenantId: string;
  readonly scripts: readonly Choice[];
  readonly numbers: readonly Choice[];
}) {
  const { tenant } = useSeat();
  const navigate = useNavigate();
  const say = useToast();
  const create = useApiChange('createCampaign', ['listCampaigns']);
  const [audience, setAudience] = useState<AudienceChoice>({ kind: 'all' });
  const [retries, setRetries] = useState('10, 30, 120');
  const retryCheck = checkRetries(retries);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if ('problem' in retryCheck) return;
    const form = event.currentTarget;
    const body = bodyOf(form, retryCheck.seconds);
    const { id } = await create.mutateAsync({ body });
    const people = audienceBody(audience);
    if (people !== null) {
      await api('enrolContacts', { params: { id }, body: people }, { tenant: tenantId }).catch(() =>
        say('The draft is saved, but nobody was added. Add people on its page.'),
      );
    }
    await navigate({ to: '/t/$tenant/campaigns/$id', params: { tenant: tenantId, id } });
  };
  return (
    <form onSubmit={(event) => void submit(event).catch(() => undefined)} className="space-y-5">
      <Card title="What is said">
        <div className="grid gap-4 md:grid-cols-2">
          <TextField label="Name" name="name" required maxLength={200} autoFocus />
          <SelectField label="Script" name="scriptId" options={scripts} />
          <SelectField
            label="People are reached"
            name="channel"
            options={CHANNELS}
            hint="By text only with a script that begins with @channels sms."
          />
          <SelectField label="Number of yours" name="fromNumber" options={numbers} />
          <SelectField label="Voicemail" name="machineDetection" options={MACHINES} />
          {numbers.length < 2 ? null : (
            <fieldset className="md:col-span-2">
              <legend className="font-medium">Also from</legend>
              <p className="mb-2 text-quiet">
                Everybody is always called from the same number: one of his own area where there is
                such.
              </p>
              <ul className="flex flex-wrap gap-x-6 gap-y-2">
                {numbers.map(({ value, label }) => (
                  <li key={value}>
                    <CheckField label={label} name="callerIds" value={value} />
                  </li>
                ))}
              </ul>
            </fieldset>
          )}
        </div>
      </Card>
      <Card title="Who is called">
        <AudienceFields choice={audience} onChange={setAudience} />
      </Card>
      <Card title="When">
        <div className="grid gap-4 md:grid-cols-2">
          <TextField
            label="From"
            name="opens"
            type="time"
            required
            defaultValue={timeOf(tenant.opensMinute ?? 9 * 60)}
            hint="At the called person's place; where it is unknown, at yours."
          />
          <TextField
            label="Until"
            name="closes"
            type="time"
            required
            defaultValue={timeOf(tenant.closesMinute ?? 20 * 60)}
          />
          <TextField
            label="Time zone"
            name="timeZone"
            required
            defaultValue={tenant.timeZone}
            hint="Of people whose own is unknown."
          />
          <RetryField value={retries} onChange={setRetries} check={retryCheck} />
          <TextField
            label="Calls to one number a day"
            name="perDay"
            type="number"
            min={1}
            max={20}
            defaultValue={4}
            hint="Those of all campaigns are counted."
          />
        </div>
      </Card>
      <Card title="Limits">
        <div className="grid gap-4 md:grid-cols-2">
          <TextField
            label="Calls a second, at most"
            name="pace"
            type="number"
            min={0.1}
            step={0.1}
            placeholder="That of your account"
          />
          <TextField
            label="Calls at a time, at most"
            name="places"
            type="number"
            min={1}
            placeholder="That of your account"
            hint="As many as there are people to take what the script hands over."
          />
          <TextField
            label="Seconds to ring"
            name="ring"
            type="number"
            min={15}
            max={60}
            defaultValue={30}
          />
          <CheckField
            label="Record the calls"
            name="records"
            hint="The notice is spoken first. Scripts with a sensitive question are never recorded."
          />
        </div>
      </Card>
      {create.error === null ? null : <Problem error={create.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button asChild>
          <Link to="/t/$tenant/campaigns" params={{ tenant: tenantId }}>
            Cancel
          </Link>
        </Button>
        <Button type="submit" tone="primary" isBusy={create.isPending}>
          Create the draft
        </Button>
      </div>
    </form>
  );
}

function bodyOf(form: HTMLFormElement, retrySeconds: readonly number[]) {
  const perDay = Number(textOf(form, 'perDay'));
  const limit = (name: string) => {
    const value = Number(textOf(form, name));
    return value > 0 ? value : null;
  };
  const others = new FormData(form).getAll('callerIds').map(String);
  return {
    name: textOf(form, 'name'),
    channel: textOf(form, 'channel') as 'voice' | 'sms',
    scriptId: textOf(form, 'scriptId'),
    fromNumber: textOf(form, 'fromNumber'),
    timeZone: textOf(form, 'timeZone'),
    opensMinute: minuteOf(textOf(form, 'opens')),
    closesMinute: closingMinuteOf(textOf(form, 'closes')),
    retrySeconds: [...retrySeconds],
    callerIds: others,
    recordsCalls: textOf(form, 'records') === 'on',
    maxCallsPerSecond: limit('pace'),
    maxConcurrentCalls: limit('places'),
    ringSeconds: Number(textOf(form, 'ring')),
    machineDetection: textOf(form, 'machineDetection') as 'off' | 'detect' | 'message',
    ...(perDay > 0 ? { dailyAttemptsPerNumber: perDay } : {}),
  } satisfies Input<'createCampaign'>['body'];
}

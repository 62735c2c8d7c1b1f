import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { requiredVariables } from '../../../../src/flow/prompts.ts';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { useCompiled } from '../../features/use-compiled.ts';
import { exampleOf } from '../../features/variable-example.ts';
import { textOf } from '../../lib/form.ts';
import { phone } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Answered, Loading, Problem } from '../../ui/states.tsx';

type Script = Output<'listScripts'>['scripts'][number];

/** Calls oneself, to hear a published script as everybody will. */
export function TestCall({ tenant }: { readonly tenant: string }) {
  const scripts = useApi('listScripts', { query: { limit: 100 } });
  const numbers = useApi('listNumbers', { query: { limit: 100 } });
  return (
    <Answered of={scripts} lines={2}>
      {(known) => (
        <Answered of={numbers} lines={2}>
          {(own) => {
            const published = known.scripts.filter(({ publishedVersion }) => publishedVersion > 0);
            const [first] = published;
            if (first === undefined || own.numbers.length === 0) {
              return <p className="text-quiet">It needs a number and a published script.</p>;
            }
            return (
              <Order
                tenant={tenant}
                scripts={published}
                first={first}
                numbers={own.numbers.map(({ number }) => number)}
              />
            );
          }}
        </Answered>
      )}
    </Answered>
  );
}

function Order({
  tenant,
  scripts,
  first,
  numbers,
}: {
  readonly tenant: string;
  readonly scripts: readonly Script[];
  readonly first: Script;
  readonly numbers: readonly string[];
}) {
  const [scriptId, setScriptId] = useState(first.id);
  const place = useApiChange('placeCall', ['listCalls']);
  const script = scripts.find(({ id }) => id === scriptId) ?? first;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const names = [...form.querySelectorAll<HTMLInputElement>('[data-variable]')];
    const variables = Object.fromEntries(names.map(({ name, value }) => [name, value]));
    place.mutate({
      body: {
        ...{ to: textOf(form, 'to').replace(/[^+\d]/g, ''), fromNumber: textOf(form, 'from') },
        ...{ scriptId, variables, purpose: 'test' as const },
      },
    });
  };
  return (
    <form onSubmit={submit} className="max-w-xl space-y-3">
      {place.error === null ? null : <Problem error={place.error} />}
      <TextField
        label="Your own number"
        name="to"
        type="tel"
        required
        placeholder="+12125550123"
        hint="With + and the country code."
      />
      <SelectField
        label="Script to hear"
        name="scriptId"
        value={scriptId}
        onChange={({ target }) => setScriptId(target.value)}
        options={scripts.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        label="Call from"
        name="from"
        options={numbers.map((value) => ({ value, label: phone(value) }))}
      />
      <Values key={script.id} script={script} />
      <Button type="submit" tone="primary" isBusy={place.isPending}>
        Call me
      </Button>
      {place.data === undefined ? null : <Placed tenant={tenant} id={place.data.id} />}
    </form>
  );
}

/** The ledger has a call from right before it is dialled; its speech may have to be made first. */
function Placed({ tenant, id }: { readonly tenant: string; readonly id: string }) {
  const [isThere, setThere] = useState(false);
  const call = useApi('readCall', { params: { id } }, { refetchInterval: isThere ? false : 1000 });
  if (call.data !== undefined && !isThere) setThere(true);
  if (!isThere) return <p role="status">The call is being prepared.</p>;
  return (
    <p role="status">
      Your telephone rings.{' '}
      <Link
        to="/t/$tenant/calls/$id"
        params={{ tenant, id }}
        className="text-accent-text underline"
      >
        Follow the call
      </Link>
    </p>
  );
}

/** What the script says of a contact, with an example for each. */
function Values({ script }: { readonly script: Script }) {
  const params = { id: script.id, version: script.publishedVersion };
  const version = useApi('readVersion', { params });
  const compiled = useCompiled(version.data?.content ?? '');
  const flow = compiled?.compilation.flow ?? null;
  if (version.data === undefined || flow === null) return <Loading lines={1} />;
  return requiredVariables(flow)
    .filter((name) => name !== 'tenantName')
    .map((name) => (
      <TextField
        key={name}
        label={name}
        name={name}
        data-variable=""
        defaultValue={exampleOf(name)}
        required
      />
    ));
}

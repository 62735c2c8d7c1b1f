import { type FormEvent, useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Answered, Problem } from '../../ui/states.tsx';

export type Endpoint = Output<'readEndpoint'>;
type Wanted = Pick<Endpoint, 'url' | 'description' | 'types'>;

/** Where a server listens, and of what it is told. */
export function EndpointForm({
  known,
  verb,
  error,
  isBusy,
  onSubmit,
  onCancel,
}: {
  readonly known?: Endpoint;
  readonly verb: string;
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly onSubmit: (wanted: Wanted) => void;
  readonly onCancel: () => void;
}) {
  const meanings = useApi('listWebhookTypes', {}, { staleTime: Number.POSITIVE_INFINITY });
  const [types, setTypes] = useState<ReadonlySet<string>>(new Set(known?.types));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const [url, description] = [textOf(form, 'url').trim(), textOf(form, 'description').trim()];
    onSubmit({ url, description, types: [...types] });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      {error === null ? null : <Problem error={error} />}
      <TextField
        label="Address"
        name="url"
        type="url"
        required
        defaultValue={known?.url}
        placeholder="https://example.com/destiny"
        hint="https, at a public address."
      />
      <TextField
        label="What it is for"
        name="description"
        maxLength={200}
        defaultValue={known?.description}
      />
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">It is told of</legend>
        <p className="text-quiet">Nothing chosen is everything, also what is added one day.</p>
        <Answered of={meanings} lines={4}>
          {({ types: all }) => (
            <>
              {all.map(({ name, meaning }) => (
                <CheckField
                  key={name}
                  label={name}
                  hint={meaning}
                  checked={types.has(name)}
                  onChange={({ target }) => {
                    const next = new Set(types);
                    if (target.checked) next.add(name);
                    else next.delete(name);
                    setTypes(next);
                  }}
                />
              ))}
            </>
          )}
        </Answered>
      </fieldset>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="primary" isBusy={isBusy}>
          {verb}
        </Button>
      </DialogActions>
    </form>
  );
}

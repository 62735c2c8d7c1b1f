import { type FormEvent, useState } from 'react';
import { SCOPES, type Scope } from '../../../../src/contract/rule.ts';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Problem } from '../../ui/states.tsx';

/** Makes a key and shows it this once. */
export function NewKey({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const create = useApiChange('createApiKey', ['listApiKeys']);
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(new Set());
  const close = () => {
    create.reset();
    setScopes(new Set());
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ body: { name: textOf(event.currentTarget, 'name'), scopes: [...scopes] } });
  };
  if (create.data !== undefined) {
    return (
      <ShownOnce
        title="Copy the key now"
        description="It is shown this once. Who has it can do what it may do."
        value={create.data.key}
        onClose={close}
      />
    );
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title="New key">
      <form onSubmit={submit} className="space-y-4">
        {create.error === null ? null : <Problem error={create.error} />}
        <TextField label="Name" name="name" required hint="What the key is for." />
        <fieldset className="space-y-2">
          <legend className="mb-1 font-medium">It may</legend>
          <div className="grid grid-cols-2 gap-2">
            {SCOPES.map((scope) => (
              <CheckField
                key={scope}
                label={scope}
                checked={scopes.has(scope)}
                onChange={({ target }) => {
                  const next = new Set(scopes);
                  if (target.checked) next.add(scope);
                  else next.delete(scope);
                  setScopes(next);
                }}
              />
            ))}
          </div>
        </fieldset>
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            tone="primary"
            disabled={scopes.size === 0}
            isBusy={create.isPending}
          >
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

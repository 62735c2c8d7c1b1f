import { type FormEvent, useState } from 'react';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

/** One person by hand. */
export function AddContact({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const say = useToast();
  const upsert = useApiChange('upsertContacts', ['listContacts']);
  const [refused, setRefused] = useState<string | undefined>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const number = textOf(form, 'number');
    const firstName = textOf(form, 'firstName').trim();
    const externalId = textOf(form, 'externalId').trim();
    const { rejected } = await upsert.mutateAsync({
      body: {
        contacts: [
          {
            number,
            externalId: externalId === '' ? number : externalId,
            fields: firstName === '' ? {} : { firstName },
          },
        ],
      },
    });
    setRefused(rejected[0]?.message);
    if (rejected.length > 0) return;
    onClose();
    say('The contact is there.');
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Add a contact">
      <form onSubmit={(event) => void submit(event).catch(() => undefined)} className="space-y-4">
        {upsert.error === null ? null : <Problem error={upsert.error} />}
        <TextField
          label="Phone number"
          name="number"
          type="tel"
          required
          problem={refused}
          hint="With its country code, such as +1 212 555 0100."
        />
        <TextField label="First name" name="firstName" hint="Scripts know it as {{firstName}}." />
        <TextField label="Your id" name="externalId" hint="Else the number is the id." />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={upsert.isPending}>
            Add
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

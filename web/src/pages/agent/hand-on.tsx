import { type FormEvent, useState } from 'react';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { words } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

const NUMBER = 'number';

/** Gives the caller to somebody else; one may stay to introduce him, or hang up. */
export function HandOn({
  callId,
  ownId,
  isOpen,
  onClose,
}: {
  readonly callId: string;
  readonly ownId: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const say = useToast();
  const desk = useApi('listAgents', {}, { enabled: isOpen });
  const handOn = useApiChange('handTalkOn', ['listAgents']);
  const [choice, setChoice] = useState('agents');
  const others = (desk.data?.agents ?? []).filter(
    ({ id, isConnected }) => id !== ownId && isConnected,
  );
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const number = textOf(event.currentTarget, 'number').replaceAll(/[\s()-]/g, '');
    const to = choice === NUMBER ? number : choice;
    await handOn.mutateAsync({ params: { id: callId }, body: { to } });
    onClose();
    say('The caller hears music until somebody takes him. You may hang up, or stay.');
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Hand the caller on"
      description="If nobody takes him he comes back to you, or to the script when you have hung up."
    >
      <form onSubmit={(event) => void submit(event).catch(() => undefined)} className="space-y-4">
        {handOn.error === null ? null : <Problem error={handOn.error} />}
        <SelectField
          label="To"
          value={choice}
          onChange={({ target }) => setChoice(target.value)}
          options={[
            { value: 'agents', label: 'Whoever is free' },
            ...others.map(({ id, name, presence }) => ({
              value: id,
              label: `${name} (${words(presence).toLowerCase()})`,
            })),
            { value: NUMBER, label: 'A phone number' },
          ]}
        />
        {choice === NUMBER ? (
          <TextField
            label="Phone number"
            name="number"
            type="tel"
            required
            hint="With its country code, such as +1 212 555 0100."
          />
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={handOn.isPending}>
            Hand on
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

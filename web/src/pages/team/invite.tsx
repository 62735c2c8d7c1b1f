import type { FormEvent } from 'react';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

export function Invite({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const say = useToast();
  const invite = useApiChange('invite', ['listInvitations']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = textOf(event.currentTarget, 'email');
    const role = textOf(event.currentTarget, 'role') === 'ADMIN' ? 'ADMIN' : 'AGENT';
    invite.mutate(
      { body: { email, role } },
      {
        onSuccess: () => {
          onClose();
          say(`An invitation is on its way to ${email}.`);
        },
      },
    );
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Invite somebody"
      description="By e-mail, with a link that works once within a week."
    >
      <form onSubmit={submit} className="space-y-4">
        {invite.error === null ? null : <Problem error={invite.error} />}
        <TextField label="E-mail" name="email" type="email" required />
        <SelectField
          label="Role"
          name="role"
          options={[
            { value: 'AGENT', label: 'Agent: sees everything, takes calls' },
            { value: 'ADMIN', label: 'Admin: changes scripts, campaigns and people' },
          ]}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={invite.isPending}>
            Invite
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

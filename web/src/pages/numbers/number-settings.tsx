import type { FormEvent } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { phone } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { CheckField, SelectField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';

type PhoneNumber = Output<'listNumbers'>['numbers'][number];

/** What happens when somebody calls this number. */
export function NumberSettings({
  number,
  scripts,
  onClose,
}: {
  readonly number: PhoneNumber;
  readonly scripts: Output<'listScripts'>['scripts'];
  readonly onClose: () => void;
}) {
  const edit = useApiChange('editNumber', ['listNumbers']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const script = textOf(event.currentTarget, 'script');
    edit.mutate(
      {
        params: { id: number.id },
        revision: number.revision,
        body: {
          inboundScriptId: script === '' ? null : script,
          recordsCalls: textOf(event.currentTarget, 'records') === 'on',
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog isOpen onClose={onClose} title={phone(number.number)}>
      <form onSubmit={submit} className="space-y-4">
        {edit.error === null ? null : <Problem error={edit.error} />}
        <SelectField
          label="Who calls it hears"
          name="script"
          defaultValue={number.inboundScriptId ?? ''}
          options={[
            { value: '', label: 'A busy signal' },
            ...scripts
              .filter(({ publishedVersion }) => publishedVersion > 0)
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          hint="The version that is published when the call comes in."
        />
        <CheckField
          label="Record these calls"
          name="records"
          defaultChecked={number.recordsCalls}
          hint="In many places callers must be told: say so in the script."
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={edit.isPending}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

import { Settings2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Answered, Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

/** How callers are offered to agents. */
export function DeskSettings() {
  const [isOpen, setOpen] = useState(false);
  const settings = useApi('readDeskSettings', {}, { enabled: isOpen });
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Settings2 aria-hidden />
        Settings
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="How callers are offered">
        <Answered of={settings}>
          {(known) => <SettingsForm known={known} onDone={() => setOpen(false)} />}
        </Answered>
      </Dialog>
    </>
  );
}

function SettingsForm({
  known,
  onDone,
}: {
  readonly known: Output<'readDeskSettings'>;
  readonly onDone: () => void;
}) {
  const say = useToast();
  const save = useApiChange('setDeskSettings', ['readDeskSettings']);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const numberOf = (name: string) => Number(textOf(form, name));
    await save.mutateAsync({
      body: {
        offersAtOnce: numberOf('offersAtOnce'),
        ringSeconds: numberOf('ringSeconds'),
        waitSeconds: numberOf('waitSeconds'),
        wrapUpSeconds: numberOf('wrapUpSeconds'),
        queueWhenBusy: new FormData(form).get('queueWhenBusy') !== null,
      },
    });
    onDone();
    say('The desk works that way from now on.');
  };
  const field = (
    ...[name, label, min, max, hint]: [keyof typeof known, string, number, number, string]
  ) => (
    <TextField
      {...{ name, label, min, max, hint, type: 'number', required: true }}
      defaultValue={Number(known[name])}
    />
  );
  return (
    <form onSubmit={(event) => void submit(event).catch(() => undefined)} className="space-y-4">
      {save.error === null ? null : <Problem error={save.error} />}
      {field(
        ...(['offersAtOnce', 'Agents who hear of one caller at once', 1, 20] as const),
        'One: whoever has been idle longest is asked first.',
      )}
      {field(
        ...(['ringSeconds', 'Seconds to answer', 5, 120] as const),
        'Who says nothing is away.',
      )}
      {field(
        ...(['waitSeconds', 'Seconds a caller waits at most', 5, 3600] as const),
        'Then the script goes on.',
      )}
      {field(
        ...(['wrapUpSeconds', 'Seconds between two callers', 0, 3600] as const),
        'Time to write down what came of it.',
      )}
      <CheckField
        label="Callers wait when everybody talks"
        hint="Otherwise the script goes on at once, as busy."
        name="queueWhenBusy"
        defaultChecked={known.queueWhenBusy}
      />
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" tone="primary" isBusy={save.isPending}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}

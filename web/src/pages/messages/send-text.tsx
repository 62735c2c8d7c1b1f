import { type FormEvent, useState } from 'react';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { phone } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Field, SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

const MOST_CHARS = 1600;

/** One text to one number, or an answer in a conversation. */
export function SendText({
  isOpen,
  onClose,
  to,
  from,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly to?: string;
  readonly from?: string;
}) {
  const say = useToast();
  const [length, setLength] = useState(0);
  const numbers = useApi('listNumbers', { query: { limit: 500 } }, { enabled: isOpen });
  const send = useApiChange('sendText', ['listThreads', 'readThread']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    send.mutate(
      {
        body: {
          to: textOf(form, 'to'),
          fromNumber: textOf(form, 'from'),
          body: textOf(form, 'body'),
        },
      },
      {
        onSuccess: ({ segments }) => {
          onClose();
          say(segments === 1 ? 'The text is on its way.' : `On its way, in ${segments} parts.`);
        },
      },
    );
  };
  const own = (numbers.data?.numbers ?? []).map(({ number }) => ({
    value: number,
    label: phone(number),
  }));
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Send a text">
      <form onSubmit={submit} className="space-y-4">
        {send.error === null ? null : <Problem error={send.error} />}
        <TextField label="To" name="to" type="tel" required defaultValue={to ?? ''} />
        <SelectField
          key={own.length}
          label="From"
          name="from"
          options={own}
          {...(from === undefined ? {} : { defaultValue: from })}
        />
        <Field label="Text" hint={`${length} of ${MOST_CHARS} characters`}>
          {(ids) => (
            <TextArea
              {...ids}
              name="body"
              required
              maxLength={MOST_CHARS}
              onChange={({ target }) => setLength(target.value.length)}
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={send.isPending} disabled={own.length === 0}>
            Send
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

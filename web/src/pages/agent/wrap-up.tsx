import { type FormEvent, useId } from 'react';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';

const USUAL = [
  ...['confirmed', 'cancelled', 'rescheduled', 'declined', 'wrong_number', 'transferred'],
];

/** What came of the talk, before the next caller. */
export function WrapUp({
  callId,
  until,
}: {
  readonly callId: string;
  readonly until: number | null;
}) {
  const now = useNow();
  const list = useId();
  const wrapUp = useApiChange('wrapTalkUp', ['listCalls', 'readCall', 'listAgents']);
  const finish = (outcome: string | null) =>
    wrapUp.mutate({ params: { id: callId }, body: { outcome } });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const outcome = textOf(event.currentTarget, 'outcome').trim().replaceAll(/\s+/g, '_');
    finish(outcome === '' ? null : outcome);
  };
  return (
    <Card
      title="What came of it?"
      actions={
        until === null ? undefined : (
          <span className="tnum text-quiet">
            Next caller in {Math.max(0, Math.ceil((until - now) / 1000))} s
          </span>
        )
      }
    >
      <form onSubmit={submit} className="space-y-4">
        {wrapUp.error === null ? null : <Problem error={wrapUp.error} />}
        <TextField
          label="Outcome"
          name="outcome"
          list={list}
          autoComplete="off"
          maxLength={64}
          hint="One of the usual ones or a word of your own. Left empty, the script's outcome stays."
        />
        <datalist id={list}>
          {USUAL.map((outcome) => (
            <option key={outcome} value={outcome} />
          ))}
        </datalist>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" isBusy={wrapUp.isPending}>
            Save and take the next call
          </Button>
        </div>
      </form>
    </Card>
  );
}

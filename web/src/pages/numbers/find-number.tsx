import { type FormEvent, useState } from 'react';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { phone } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Answered, Empty, Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

type Wanted = { readonly country: string; readonly areaCode?: string };

/** Numbers that Twilio has to sell, bought with one press. */
export function FindNumber({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const say = useToast();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const found = useApi('searchNumbers', { query: wanted ?? {} }, { enabled: wanted !== null });
  const buy = useApiChange('buyNumber', ['listNumbers', 'searchNumbers']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const areaCode = textOf(event.currentTarget, 'areaCode').trim();
    const country = textOf(event.currentTarget, 'country').trim().toUpperCase();
    setWanted({ country, ...(areaCode === '' ? {} : { areaCode }) });
  };
  const take = (e164: string) =>
    buy.mutate(
      { body: { e164 } },
      {
        onSuccess: ({ number }) => {
          say(`${phone(number)} is yours.`);
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Buy a number"
      description="With your own Twilio account, at Twilio's price."
    >
      <form onSubmit={submit} className="grid grid-cols-[1fr_1fr_auto] items-end gap-3">
        <TextField label="Country" name="country" defaultValue="US" maxLength={2} required />
        <TextField label="Area code" name="areaCode" inputMode="numeric" maxLength={3} />
        <Button type="submit">Search</Button>
      </form>
      <div className="mt-4 space-y-3">
        {buy.error === null ? null : <Problem error={buy.error} />}
        {wanted === null ? null : (
          <Answered of={found} lines={4}>
            {({ numbers }) =>
              numbers.length === 0 ? (
                <Empty title="Nothing found">Try another area code.</Empty>
              ) : (
                <ul className="max-h-72 overflow-y-auto">
                  {numbers.map(({ number, locality, region }) => (
                    <li
                      key={number}
                      className="flex items-center justify-between gap-3 border-b border-line py-2 last:border-b-0"
                    >
                      <span>
                        <span className="tnum font-medium">{phone(number)}</span>{' '}
                        <span className="text-quiet">
                          {[locality, region].filter((part) => part !== null).join(', ')}
                        </span>
                      </span>
                      <Button
                        size="small"
                        aria-label={`Buy ${phone(number)}`}
                        isBusy={buy.isPending && buy.variables?.body.e164 === number}
                        onClick={() => take(number)}
                      >
                        Buy
                      </Button>
                    </li>
                  ))}
                </ul>
              )
            }
          </Answered>
        )}
      </div>
    </Dialog>
  );
}

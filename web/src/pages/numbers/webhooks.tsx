import type { Output } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { phone } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Answered, Problem } from '../../ui/states.tsx';

type Check = Output<'checkWebhooks'>;

const PARTS: readonly (readonly [keyof Omit<Check, 'isRight'>, string])[] = [
  ['voice', 'Calls'],
  ['voiceFallback', 'Calls, when that fails'],
  ['voiceStatus', 'How calls end'],
  ['sms', 'Texts'],
];

/** Whether Twilio asks us about calls and texts to a number; mends it with one press. */
export function Webhooks({
  number,
  onClose,
}: {
  readonly number: { readonly id: string; readonly number: string };
  readonly onClose: () => void;
}) {
  const may = useMay();
  const input = { params: { id: number.id } };
  const check = useApi('checkWebhooks', input, { staleTime: 0 });
  const repair = useApiChange('repairWebhooks', ['checkWebhooks']);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={phone(number.number)}
      description="Where Twilio sends the calls and texts of this number."
    >
      <Answered of={check} lines={4}>
        {(found) => (
          <div className="space-y-4">
            <ul className="space-y-2">
              {PARTS.map(([part, label]) => {
                const isRight = found[part].expected === found[part].actual;
                return (
                  <li key={part} className="flex items-start justify-between gap-4">
                    <div className="min-w-0">
                      <p>{label}</p>
                      {isRight ? null : (
                        <p className="text-[13px] break-all text-quiet">
                          Now: {found[part].actual === '' ? 'nowhere' : found[part].actual}
                        </p>
                      )}
                    </div>
                    <Badge tone={isRight ? 'good' : 'bad'}>{isRight ? 'Right' : 'Wrong'}</Badge>
                  </li>
                );
              })}
            </ul>
            {repair.error === null ? null : <Problem error={repair.error} />}
            <DialogActions>
              <Button onClick={onClose}>Close</Button>
              {found.isRight || !may('repairWebhooks') ? null : (
                <Button
                  tone="primary"
                  isBusy={repair.isPending}
                  onClick={() => repair.mutate(input)}
                >
                  Repair
                </Button>
              )}
            </DialogActions>
          </div>
        )}
      </Answered>
    </Dialog>
  );
}

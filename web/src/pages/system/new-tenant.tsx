import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { PLANS } from '../../../../src/contract/rule.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { words } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';

export function NewTenant({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const navigate = useNavigate();
  const accounts = useApi('listCarrierAccounts', {}, { enabled: isOpen });
  const create = useApiChange('createTenant', ['listTenants']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    create.mutate(
      {
        body: {
          name: textOf(form, 'name'),
          plan: PLANS.find((plan) => plan === textOf(form, 'plan')) ?? 'OUTBOUND',
          timeZone: textOf(form, 'timeZone').trim(),
          callingCodes: textOf(form, 'callingCodes')
            .split(/[\s,]+/)
            .filter((code) => code !== ''),
          carrierAccountSid: textOf(form, 'account'),
        },
      },
      { onSuccess: ({ id }) => navigate({ to: '/system/tenants/$id', params: { id } }) },
    );
  };
  const known = accounts.data?.accounts ?? [];
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="New tenant">
      <form onSubmit={submit} className="space-y-4">
        {create.error === null ? null : <Problem error={create.error} />}
        <TextField label="Name" name="name" required maxLength={200} />
        <SelectField
          label="Plan"
          name="plan"
          defaultValue="FULL"
          options={PLANS.map((plan) => ({ value: plan, label: words(plan.toLowerCase()) }))}
        />
        <TextField
          label="Time zone"
          name="timeZone"
          required
          defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
        />
        <TextField
          label="Countries that it may call"
          name="callingCodes"
          required
          defaultValue="1"
          hint="Calling codes, separated by commas: 1 is the United States and Canada."
        />
        <SelectField
          label="Twilio account"
          name="account"
          options={known.map(({ sid }) => ({ value: sid, label: sid }))}
          {...(accounts.isSuccess && known.length === 0
            ? { problem: 'No Twilio account is registered yet; add one by the API first.' }
            : {})}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone="primary"
            isBusy={create.isPending}
            disabled={known.length === 0}
          >
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { PLANS } from '../../../../src/contract/rule.ts';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { words } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered, Problem } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';

const route = getRouteApi('/system/tenants/$id');

type Tenant = Output<'readTenant'>;

export function TenantPage() {
  const { id } = route.useParams();
  const tenant = useApi('readTenant', { params: { id } });
  const [isActing, setActing] = useState(false);
  return (
    <Page
      title={tenant.data?.name ?? 'Tenant'}
      {...(tenant.data?.state === 'suspended'
        ? { badge: <Badge tone="bad">Suspended</Badge> }
        : {})}
      actions={
        <Button tone="primary" onClick={() => setActing(true)}>
          Act as this tenant
        </Button>
      }
    >
      <Answered of={tenant}>
        {(found) => (
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <Settings key={found.revision} tenant={found} />
            <div className="space-y-5">
              <Card title="Facts">
                <Facts
                  facts={[
                    [
                      'Id',
                      <code key="id" className="font-mono text-[13px]">
                        {found.id}
                      </code>,
                    ],
                    ['Made', <Time key="made" at={found.createdAt} />],
                    [
                      'Twilio account',
                      <code key="sid" className="font-mono text-[13px] break-all">
                        {found.carrierAccountSid}
                      </code>,
                    ],
                    ['May call', found.callingCodes.map((code) => `+${code}`).join(', ')],
                  ]}
                />
              </Card>
              <AssignNumber tenantId={found.id} />
            </div>
          </div>
        )}
      </Answered>
      {isActing ? <ActAs tenantId={id} onClose={() => setActing(false)} /> : null}
    </Page>
  );
}

function Settings({ tenant }: { readonly tenant: Tenant }) {
  const say = useToast();
  const edit = useApiChange('editTenant', ['readTenant', 'listTenants']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const limit = (name: string) => {
      const text = textOf(form, name).trim();
      return text === '' ? null : Number(text);
    };
    const spend = limit('spend');
    edit.mutate(
      {
        params: { id: tenant.id },
        revision: tenant.revision,
        body: {
          plan: PLANS.find((plan) => plan === textOf(form, 'plan')) ?? tenant.plan,
          state: textOf(form, 'state') === 'suspended' ? 'suspended' : 'active',
          dailyAttempts: limit('attempts'),
          dailySpendMicros: spend === null ? null : Math.round(spend * 1_000_000),
          maxConcurrentCalls: limit('concurrent'),
        },
      },
      { onSuccess: () => say('The tenant is changed.') },
    );
  };
  return (
    <Card title="Plan and limits">
      <form onSubmit={submit} className="space-y-4">
        {edit.error === null ? null : <Problem error={edit.error} />}
        <SelectField
          label="Plan"
          name="plan"
          defaultValue={tenant.plan}
          options={PLANS.map((plan) => ({ value: plan, label: words(plan.toLowerCase()) }))}
        />
        <SelectField
          label="State"
          name="state"
          defaultValue={tenant.state}
          options={[
            { value: 'active', label: 'Active' },
            { value: 'suspended', label: 'Suspended: can be read, not changed; nobody is called' },
          ]}
        />
        <TextField
          label="Calls a day"
          name="attempts"
          type="number"
          min={0}
          defaultValue={tenant.dailyAttempts ?? ''}
          placeholder="No limit"
        />
        <TextField
          label="US dollars a day"
          name="spend"
          type="number"
          min={0}
          step="0.01"
          defaultValue={tenant.dailySpendMicros === null ? '' : tenant.dailySpendMicros / 1_000_000}
          placeholder="No limit"
        />
        <TextField
          label="Calls at a time"
          name="concurrent"
          type="number"
          min={1}
          defaultValue={tenant.maxConcurrentCalls ?? ''}
          placeholder="As many as the account has"
        />
        <Button type="submit" tone="primary" isBusy={edit.isPending}>
          Save
        </Button>
      </form>
    </Card>
  );
}

function AssignNumber({ tenantId }: { readonly tenantId: string }) {
  const say = useToast();
  const assign = useApiChange('assignNumber', []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    assign.mutate(
      { params: { id: tenantId }, body: { e164: textOf(form, 'e164') } },
      {
        onSuccess: () => {
          form.reset();
          say('The number belongs to the tenant.');
        },
      },
    );
  };
  return (
    <Card title="Give it a number">
      <form onSubmit={submit} className="space-y-4">
        {assign.error === null ? null : <Problem error={assign.error} />}
        <TextField
          label="Phone number"
          name="e164"
          type="tel"
          required
          hint="One of its Twilio account, such as +1 212 555 0100."
        />
        <Button type="submit" isBusy={assign.isPending}>
          Assign
        </Button>
      </form>
    </Card>
  );
}

function ActAs({ tenantId, onClose }: { readonly tenantId: string; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const act = useApiChange('actAs', ['readMe', 'readOwnTenant']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act.mutate(
      { params: { id: tenantId }, body: { reason: textOf(event.currentTarget, 'reason') } },
      { onSuccess: () => navigate({ to: '/t/$tenant', params: { tenant: tenantId } }) },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Act as this tenant"
      description="For an hour you have its admin's rights. Its audit log says so, with your reason."
    >
      <form onSubmit={submit} className="space-y-4">
        {act.error === null ? null : <Problem error={act.error} />}
        <TextField label="Reason" name="reason" required minLength={5} maxLength={500} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={act.isPending}>
            Begin
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

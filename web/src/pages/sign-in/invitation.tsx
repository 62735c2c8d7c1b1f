import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { api, type Output } from '../../api/client.ts';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Answered, Problem } from '../../ui/states.tsx';
import { SignInFrame } from './frame.tsx';

const route = getRouteApi('/invitation');

export function InvitationPage() {
  const { token = '' } = route.useSearch();
  const open = useQuery({
    queryKey: ['readInvitation', token],
    queryFn: () => api('readInvitation', { body: { token } }, { tenant: null }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (open.data === undefined) {
    return (
      <SignInFrame title="Invitation">
        <Answered of={open} lines={3}>
          {() => null}
        </Answered>
      </SignInFrame>
    );
  }
  return <Accept token={token} invitation={open.data} />;
}

function Accept({
  token,
  invitation,
}: {
  readonly token: string;
  readonly invitation: Output<'readInvitation'>;
}) {
  const { email, tenantName, role, isKnownPerson } = invitation;
  const accept = useApiChange('acceptInvitation');
  const navigate = useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fresh = isKnownPerson
      ? {}
      : { name: textOf(form, 'name'), password: textOf(form, 'password') };
    accept.mutate(
      { body: { token, ...fresh } },
      {
        onSuccess: ({ tenantId }) => navigate({ to: '/sign-in', search: { to: `/t/${tenantId}` } }),
      },
    );
  };
  return (
    <SignInFrame
      title={`Join ${tenantName}`}
      intro={`${email}, as ${role === 'ADMIN' ? 'admin' : 'agent'}`}
    >
      <form onSubmit={submit} className="space-y-4">
        {accept.error === null ? null : <Problem error={accept.error} />}
        {isKnownPerson ? (
          <p>You have an account already; afterwards sign in as you always do.</p>
        ) : (
          <>
            <TextField label="Your name" name="name" autoComplete="name" required autoFocus />
            <TextField
              label="Password"
              name="password"
              type="password"
              autoComplete="new-password"
              hint="At least 12 characters."
              minLength={12}
              required
            />
          </>
        )}
        <Button type="submit" tone="primary" className="w-full" isBusy={accept.isPending}>
          Join
        </Button>
        <p>
          <Link to="/sign-in" className="text-accent-text underline">
            Sign in instead
          </Link>
        </p>
      </form>
    </SignInFrame>
  );
}

import { getRouteApi, Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { SignInFrame } from './frame.tsx';

const route = getRouteApi('/reset');

export function ResetPage() {
  const { token = '' } = route.useSearch();
  const reset = useApiChange('resetPassword');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset.mutate({ body: { token, password: textOf(event.currentTarget, 'password') } });
  };
  if (reset.isSuccess) {
    return (
      <SignInFrame title="Your password is set" intro="You were signed out everywhere.">
        <Button asChild tone="primary" className="w-full">
          <Link to="/sign-in">Sign in</Link>
        </Button>
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title="Choose a new password">
      <form onSubmit={submit} className="space-y-4">
        {reset.error === null ? null : <Problem error={reset.error} />}
        <TextField
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint="At least 12 characters."
          minLength={12}
          required
          autoFocus
        />
        <Button type="submit" tone="primary" className="w-full" isBusy={reset.isPending}>
          Set the password
        </Button>
      </form>
    </SignInFrame>
  );
}

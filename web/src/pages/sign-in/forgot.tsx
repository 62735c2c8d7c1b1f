import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { SignInFrame } from './frame.tsx';

export function ForgotPage() {
  const ask = useApiChange('askReset');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask.mutate({ body: { email: textOf(event.currentTarget, 'email') } });
  };
  const back = (
    <p>
      <Link to="/sign-in" className="text-accent-text underline">
        Back to sign in
      </Link>
    </p>
  );
  if (ask.isSuccess) {
    return (
      <SignInFrame
        title="Look into your mail"
        intro="If the address belongs to somebody here, a link to set a new password is on its way. It counts for an hour."
      >
        {back}
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title="Set a new password" intro="You get a link by e-mail.">
      <form onSubmit={submit} className="space-y-4">
        {ask.error === null ? null : <Problem error={ask.error} />}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
        />
        <Button type="submit" tone="primary" className="w-full" isBusy={ask.isPending}>
          Send the link
        </Button>
        {back}
      </form>
    </SignInFrame>
  );
}

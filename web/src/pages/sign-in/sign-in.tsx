import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useApiChange } from '../../api/hooks.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { SignInFrame } from './frame.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { to } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const [isSecond, setSecond] = useState(false);
  const enter = () => {
    client.clear();
    // Only addresses of this page: a link must not lead elsewhere after the password was given.
    router.history.push(to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/');
  };
  return isSecond ? (
    <SecondFactor onDone={enter} />
  ) : (
    <Password onDone={(needsCode) => (needsCode ? setSecond(true) : enter())} />
  );
}

function Password({ onDone }: { readonly onDone: (isSecondFactorNeeded: boolean) => void }) {
  const signIn = useApiChange('signIn');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = textOf(event.currentTarget, 'email');
    const password = textOf(event.currentTarget, 'password');
    signIn.mutate(
      { body: { email, password } },
      { onSuccess: ({ isSecondFactorNeeded }) => onDone(isSecondFactorNeeded) },
    );
  };
  return (
    <SignInFrame title="Sign in to Destiny">
      <form onSubmit={submit} className="space-y-4">
        {signIn.error === null ? null : <Problem error={signIn.error} />}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" tone="primary" className="w-full" isBusy={signIn.isPending}>
          Sign in
        </Button>
        <p>
          <Link to="/forgot" className="text-accent-text underline">
            Forgot your password?
          </Link>
        </p>
      </form>
    </SignInFrame>
  );
}

function SecondFactor({ onDone }: { readonly onDone: () => void }) {
  const give = useApiChange('giveSecondFactor');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = textOf(event.currentTarget, 'code').replaceAll(' ', '');
    give.mutate({ body: { code } }, { onSuccess: onDone });
  };
  return (
    <SignInFrame
      title="Your second factor"
      intro="Type the six digits that your authenticator app shows, or a backup code."
    >
      <form onSubmit={submit} className="space-y-4">
        {give.error === null ? null : <Problem error={give.error} />}
        <TextField label="Code" name="code" autoComplete="one-time-code" required autoFocus />
        <Button type="submit" tone="primary" className="w-full" isBusy={give.isPending}>
          Continue
        </Button>
      </form>
    </SignInFrame>
  );
}

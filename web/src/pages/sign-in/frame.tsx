import type { ReactNode } from 'react';
import { useTitle } from '../../lib/use-title.ts';

/** The pages before one is signed in: a name, a form, nothing else. */
export function SignInFrame({
  title,
  intro,
  children,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly children: ReactNode;
}) {
  useTitle(title);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm space-y-6">
        <div className="space-y-4">
          <img src="/icon.svg" alt="Destiny" className="size-9" />
          <div className="space-y-1">
            <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
            {intro === undefined ? null : <p className="text-quiet">{intro}</p>}
          </div>
        </div>
        {children}
      </div>
    </main>
  );
}

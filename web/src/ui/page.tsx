import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import { useTitle } from '../lib/use-title.ts';

/** A page: its name, what can be done with the whole of it, and its parts. */
export function Page({
  title,
  intro,
  badge,
  actions,
  children,
  isWide = false,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** For two things beside each other. */
  readonly isWide?: boolean;
}) {
  useTitle(title);
  return (
    <div
      className={cx(
        'mx-auto w-full space-y-5 px-4 py-6 md:px-8',
        isWide ? 'max-w-400' : 'max-w-6xl',
      )}
    >
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 space-y-1">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
            {badge}
          </div>
          {intro === undefined ? null : <p className="text-quiet">{intro}</p>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

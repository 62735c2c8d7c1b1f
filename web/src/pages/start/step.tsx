import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../lib/cx.ts';

/** One step: its number, or a tick when what it makes is there. */
export function Step({
  n,
  title,
  isDone,
  isNext,
  children,
}: {
  readonly n: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly isNext: boolean;
  readonly children: ReactNode;
}) {
  return (
    <li
      {...(isNext ? { 'aria-current': 'step' as const } : {})}
      className={cx('rounded-lg border bg-raised p-4', isNext ? 'border-accent' : 'border-line')}
    >
      <div className="flex items-center gap-3">
        <span
          className={cx(
            'tnum flex size-7 shrink-0 items-center justify-center rounded-full font-semibold',
            isDone ? 'bg-good-soft text-good' : 'bg-hover text-ink',
          )}
        >
          {isDone ? <Check className="size-4" aria-hidden /> : n}
        </span>
        <h2 className="font-semibold">
          {title}
          {isDone ? <span className="sr-only"> (done)</span> : null}
        </h2>
      </div>
      <div className="mt-3 space-y-3 pl-10">{children}</div>
    </li>
  );
}

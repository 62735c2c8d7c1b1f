import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

export function Card({
  title,
  actions,
  children,
  className,
  isFlush = false,
}: {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** A table goes to the edges. */
  readonly isFlush?: boolean;
}) {
  return (
    <section className={cx('min-w-0 rounded-lg border border-line bg-raised', className)}>
      {title === undefined ? null : (
        <div className="flex min-h-12 items-center justify-between gap-3 border-b border-line px-4 py-2">
          <h2 className="font-semibold">{title}</h2>
          {actions}
        </div>
      )}
      <div className={isFlush ? '' : 'p-4'}>{children}</div>
    </section>
  );
}

/** One figure with its name. */
export function Stat({
  label,
  value,
  note,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <dt className="flex min-h-6 items-center truncate text-quiet">{label}</dt>
      <dd className="tnum text-xl font-semibold tracking-tight">{value}</dd>
      {note === undefined ? null : <dd className="text-quiet">{note}</dd>}
    </div>
  );
}

export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
}) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-6 gap-y-2">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-quiet">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

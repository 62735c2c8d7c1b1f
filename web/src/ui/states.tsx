import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { ApiProblem, isPassing } from '../api/problem.ts';
import { cx } from '../lib/cx.ts';
import { Button } from './button.tsx';

/** Nothing is here yet, and what to do about it. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-14 text-center">
      <p className="text-base font-semibold">{title}</p>
      {children === undefined ? null : <p className="max-w-md text-quiet">{children}</p>}
      {action === undefined ? null : <div className="mt-4">{action}</div>}
    </div>
  );
}

/** What went wrong, in the API's words, with what one gives to whoever helps. */
export function Problem({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
}) {
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-bad bg-bad-soft p-4">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 space-y-1">
        <p className="font-medium">{problem?.message ?? 'Something on this page failed.'}</p>
        {isPassing(error) ? <p className="text-quiet">Trying again by itself.</p> : null}
        {problem?.requestId == null ? null : (
          <p className="text-quiet">
            Request <code className="break-all font-mono text-[13px]">{problem.requestId}</code>
          </p>
        )}
        {onRetry === undefined ? null : (
          <Button size="small" className="mt-2" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

const SLOW_AFTER_MS = 2_500;

/** Grey lines where the answer will stand; says so when it takes long. */
export function Loading({
  lines = 5,
  className,
}: {
  readonly lines?: number;
  readonly className?: string;
}) {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className={cx('space-y-3 p-4', className)}>
      <span className="sr-only">Loading</span>
      {isSlow ? <p className="text-quiet">This takes longer than usual. Still waiting.</p> : null}
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have nothing else
        <div key={i} className="skeleton h-5" style={{ width: `${100 - ((i * 17) % 45)}%` }} />
      ))}
    </div>
  );
}

type Answer<T> = {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
};

/** What was answered; until then grey lines, or what went wrong. */
export function Answered<T>({
  of: { data, error, refetch },
  lines,
  children,
}: {
  readonly of: Answer<T>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}) {
  if (data !== undefined) return <>{children(data)}</>;
  if (error !== null && error !== undefined) {
    return (
      <div className="p-4">
        <Problem error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return <Loading {...(lines === undefined ? {} : { lines })} />;
}

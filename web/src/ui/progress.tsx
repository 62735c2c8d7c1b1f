/** How much of something is done. */
export function Progress({
  label,
  part,
  of,
}: {
  readonly label: string;
  readonly part: number;
  readonly of: number;
}) {
  const share = of === 0 ? 0 : Math.round((part / of) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share}
      className="h-2 overflow-hidden rounded-full bg-hover"
    >
      <div
        className="h-full rounded-full bg-accent transition-[width] duration-500"
        style={{ width: `${share}%` }}
      />
    </div>
  );
}

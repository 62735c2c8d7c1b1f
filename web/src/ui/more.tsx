import { Button } from './button.tsx';

/** The next page of a list. */
export function More({
  hasMore,
  isBusy,
  onMore,
}: {
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly onMore: () => void;
}) {
  if (!hasMore) return null;
  return (
    <div className="flex justify-center border-t border-line p-3">
      <Button size="small" isBusy={isBusy} onClick={onMore}>
        Show more
      </Button>
    </div>
  );
}

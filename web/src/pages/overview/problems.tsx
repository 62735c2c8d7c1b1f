import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/hooks.ts';
import { words } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Time } from '../../ui/time.tsx';

const AGAIN_MS = 60_000;
const MOST_SHOWN = 5;

/** What is over its limit now; nothing when nothing is. */
export function Problems({ tenant }: { readonly tenant: string }) {
  const alerts = useApi('listAlerts', { query: { limit: 50 } }, { refetchInterval: AGAIN_MS });
  const open = (alerts.data?.alerts ?? []).filter(({ resolvedAt }) => resolvedAt === null);
  if (open.length === 0) return null;
  return (
    <Card
      title="Newest problems"
      isFlush
      actions={
        <Link
          to="/t/$tenant/usage/alerts"
          params={{ tenant }}
          className="text-accent-text underline"
        >
          All alerts
        </Link>
      }
    >
      <ul>
        {open.slice(0, MOST_SHOWN).map(({ id, rule, raisedAt }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3 last:border-b-0"
          >
            <Badge tone="bad">Open</Badge>
            <span className="min-w-0 flex-1">{words(rule)}</span>
            <Time at={raisedAt} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

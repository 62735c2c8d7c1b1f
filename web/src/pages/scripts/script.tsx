import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useApi } from '../../api/hooks.ts';
import { cx } from '../../lib/cx.ts';
import { Badge } from '../../ui/badge.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered, Loading } from '../../ui/states.tsx';

const Workbench = lazy(() =>
  import('./workbench.tsx').then(({ Workbench: found }) => ({ default: found })),
);
const Versions = lazy(() =>
  import('./versions.tsx').then(({ Versions: found }) => ({ default: found })),
);
const TryIt = lazy(() => import('./try-it.tsx').then(({ TryIt: found }) => ({ default: found })));

const route = getRouteApi('/t/$tenant/scripts/$id');
const VIEWS = [
  ['edit', 'Edit'],
  ['try', 'Try it'],
  ['versions', 'Versions'],
] as const;

export function ScriptPage() {
  const { id, tenant } = route.useParams();
  const { view = 'edit' } = route.useSearch();
  const script = useApi('readScript', { params: { id } });
  const version = script.data?.publishedVersion ?? 0;
  return (
    <Page
      isWide
      title={script.data?.name ?? 'Script'}
      badge={
        version === 0 ? <Badge>Not published</Badge> : <Badge tone="good">Version {version}</Badge>
      }
    >
      <nav aria-label="Script" className="flex gap-1 overflow-x-auto border-b border-line">
        {VIEWS.map(([value, label]) => (
          <Link
            key={value}
            to="/t/$tenant/scripts/$id"
            params={{ tenant, id }}
            search={value === 'edit' ? {} : { view: value }}
            {...(value === view ? { 'aria-current': 'page' } : {})}
            className={cx(
              'border-b-2 px-3 py-2 font-medium',
              value === view
                ? 'border-accent-text text-ink'
                : 'border-transparent text-quiet hover:text-ink',
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Answered of={script} lines={10}>
        {(found) => (
          <Suspense fallback={<Loading lines={10} />}>
            {view === 'edit' ? <Workbench key={found.id} script={found} /> : null}
            {view === 'try' ? <TryIt key={`${found.id} ${found.revision}`} script={found} /> : null}
            {view === 'versions' ? <Versions script={found} /> : null}
          </Suspense>
        )}
      </Answered>
    </Page>
  );
}

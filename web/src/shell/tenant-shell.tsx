import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { api, isProblem } from '../api/client.ts';
import { type Me, type OwnTenant, type Seat, SeatProvider, useMe } from '../api/session.tsx';
import { MissingPage } from '../pages/missing.tsx';
import { Answered } from '../ui/states.tsx';
import { ActingBanner, LostBanner, SuspendedBanner } from './banners.tsx';
import { Sidebar, TopBar } from './navigation.tsx';

/** Everything inside of one tenant: who is here, where one can go, and the page itself. */
export function TenantShell() {
  const { tenant: tenantId } = useParams({ from: '/t/$tenant' });
  const me = useMe();
  const tenant = useQuery({
    queryKey: ['readOwnTenant', tenantId],
    queryFn: ({ signal }) => api('readOwnTenant', {}, { tenant: tenantId, signal }),
    staleTime: 60_000,
  });
  if (isProblem(tenant.error, 'not_found', 'forbidden')) return <MissingPage />;
  return (
    <Answered of={me}>
      {(known) => (
        <Answered of={tenant}>
          {(own) => (
            <SeatProvider seat={seatOf(known, own)}>
              <Frame />
            </SeatProvider>
          )}
        </Answered>
      )}
    </Answered>
  );
}

function seatOf(me: Me, tenant: OwnTenant): Seat {
  const role = me.memberships.find(({ tenantId }) => tenantId === tenant.id)?.role;
  const acting = me.actingAs.find(({ tenantId }) => tenantId === tenant.id);
  return {
    me,
    tenant,
    role: role === 'AGENT' ? 'AGENT' : 'ADMIN',
    actingUntil: role === undefined ? (acting?.expiresAt ?? null) : null,
  };
}

function Frame() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    // A new page is read from its beginning, also by a screen reader.
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-accent-ink focus:translate-y-0"
      >
        Skip to the content
      </a>
      <Sidebar />
      <TopBar />
      <div className="min-w-0">
        <LostBanner />
        <ActingBanner />
        <SuspendedBanner />
        <main id="content" ref={main} tabIndex={-1} className="outline-none">
          <Outlet />
        </main>
      </div>
    </div>
  );
}

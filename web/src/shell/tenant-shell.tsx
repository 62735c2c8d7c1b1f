import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api, isProblem } from '../api/client.ts';
import {
  type Me,
  type OwnTenant,
  type Seat,
  SeatProvider,
  useMay,
  useMe,
  useSeat,
} from '../api/session.tsx';
import { useDesk } from '../features/desk/desk.ts';
import { MissingPage } from '../pages/missing.tsx';
import { Answered } from '../ui/states.tsx';
import { ActingBanner, LostBanner, SuspendedBanner } from './banners.tsx';
import { Frame } from './frame.tsx';
import { Navigation } from './navigation.tsx';
import { tenantPages } from './pages.ts';
import { UserMenu } from './user-menu.tsx';

/** Only who has been at the agents' desk needs it. */
const DeskBar = lazy(() =>
  import('../features/desk/desk-bar.tsx').then(({ DeskBar: bar }) => ({ default: bar })),
);

/** Everything inside of one tenant. */
export function TenantShell() {
  const { tenant: tenantId } = useParams({ from: '/t/$tenant' });
  const me = useMe();
  const tenant = useQuery({
    queryKey: ['readOwnTenant', tenantId],
    queryFn: ({ signal }) => api('readOwnTenant', {}, { tenant: tenantId, signal }),
    staleTime: 60_000,
  });
  // The platform's owner has no place here until he acts as this tenant.
  if (isProblem(tenant.error, 'forbidden') && me.data?.isSuperadmin === true) {
    return <Navigate to="/system/tenants/$id" params={{ id: tenantId }} replace />;
  }
  if (isProblem(tenant.error, 'not_found', 'forbidden')) return <MissingPage />;
  return (
    <Answered of={me}>
      {(known) => (
        <Answered of={tenant}>
          {(own) => (
            <SeatProvider seat={seatOf(known, own)}>
              <TenantFrame />
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

function TenantFrame() {
  const { me, tenant, role } = useSeat();
  const may = useMay();
  const desk = useDesk(tenant.id);
  return (
    <Frame
      title={tenant.name}
      pages={(onGo) => <Navigation groups={tenantPages(tenant.id, may)} onGo={onGo} />}
      user={<UserMenu me={me} note={role === 'ADMIN' ? 'Admin' : 'Agent'} tenantId={tenant.id} />}
      banners={
        <>
          <LostBanner />
          <ActingBanner />
          <SuspendedBanner />
          {desk === null ? null : (
            <Suspense>
              <DeskBar desk={desk} tenant={tenant.id} />
            </Suspense>
          )}
        </>
      }
    >
      <Outlet />
    </Frame>
  );
}

import { Navigate } from '@tanstack/react-router';
import { useMe } from '../api/session.tsx';
import { Page } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';

/** Leads everybody to where he works. */
export function HomePage() {
  const me = useMe();
  return (
    <main>
      <Answered of={me}>
        {({ memberships, actingAs, isSuperadmin }) => {
          const tenant = memberships[0]?.tenantId ?? actingAs[0]?.tenantId;
          if (tenant !== undefined) return <Navigate to="/t/$tenant" params={{ tenant }} replace />;
          if (isSuperadmin) return <Navigate to="/system" replace />;
          return (
            <Page title="No tenant yet">
              <Empty title="You belong to no tenant">
                Ask an admin of your company for an invitation.
              </Empty>
            </Page>
          );
        }}
      </Answered>
    </main>
  );
}

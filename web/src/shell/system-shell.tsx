import { Outlet } from '@tanstack/react-router';
import { useMe } from '../api/session.tsx';
import { MissingPage } from '../pages/missing.tsx';
import { Answered } from '../ui/states.tsx';
import { LostBanner } from './banners.tsx';
import { Frame } from './frame.tsx';
import { Navigation } from './navigation.tsx';
import { SYSTEM_PAGES } from './pages.ts';
import { UserMenu } from './user-menu.tsx';

/** The pages of the platform's owner; for anybody else they do not exist. */
export function SystemShell() {
  const me = useMe();
  return (
    <Answered of={me}>
      {(known) =>
        known.isSuperadmin ? (
          <Frame
            title="Platform"
            pages={(onGo) => <Navigation groups={SYSTEM_PAGES} onGo={onGo} />}
            user={<UserMenu me={known} note="Platform's owner" tenantId={null} />}
            banners={<LostBanner />}
          >
            <Outlet />
          </Frame>
        ) : (
          <MissingPage />
        )
      }
    </Answered>
  );
}

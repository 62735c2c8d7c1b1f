import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { useIsLost } from '../api/connection.ts';
import { ME_KEY, useSeat } from '../api/session.tsx';
import { dateTime } from '../lib/format.ts';
import { Button } from '../ui/button.tsx';

function Banner({ children }: { readonly children: ReactNode }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-2 border-b border-line bg-warn-soft px-4 py-2 text-warn md:px-8"
    >
      {children}
    </div>
  );
}

export function LostBanner() {
  if (!useIsLost()) return null;
  return (
    <Banner>
      Destiny does not answer as it should. What you see may be old; the page tries again by itself.
    </Banner>
  );
}

export function SuspendedBanner() {
  if (useSeat().tenant.state === 'active') return null;
  return (
    <Banner>
      This tenant is suspended: everything can be read and nothing changed. Ask the platform's
      owner.
    </Banner>
  );
}

export function ActingBanner() {
  const { tenant, actingUntil } = useSeat();
  const client = useQueryClient();
  const navigate = useNavigate();
  if (actingUntil === null) return null;
  const leave = async () => {
    await api('stopActingAs', { params: { id: tenant.id } }, { tenant: null });
    await client.invalidateQueries({ queryKey: ME_KEY });
    await navigate({ to: '/' });
  };
  return (
    <Banner>
      <span>
        You act as {tenant.name} until {dateTime(actingUntil)}. Its audit log says so.
      </span>
      <Button size="small" onClick={() => void leave()}>
        Leave
      </Button>
    </Banner>
  );
}

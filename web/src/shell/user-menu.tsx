import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Building2, ChevronsUpDown, LogOut, Server } from 'lucide-react';
import { api } from '../api/client.ts';
import type { Me } from '../api/session.tsx';
import { leaveDesk } from '../features/desk/desk.ts';
import { words } from '../lib/format.ts';
import { setTheme, THEMES, type Theme, useTheme } from '../lib/theme.ts';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';

/** Who is signed in, how the page looks, and where else one works. */
export function UserMenu({
  me,
  note,
  tenantId: here,
}: {
  readonly me: Me;
  readonly note: string;
  /** Null outside of any tenant. */
  readonly tenantId: string | null;
}) {
  const theme = useTheme();
  const client = useQueryClient();
  const navigate = useNavigate();
  const others = me.memberships.filter(({ tenantId }) => tenantId !== here);
  const signOut = async () => {
    leaveDesk();
    await api('signOut', {}, { tenant: null }).catch(() => undefined);
    client.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md px-2.5 py-2 text-left hover:bg-hover"
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{me.name}</span>
            <span className="block truncate text-quiet">{note}</span>
          </span>
          <ChevronsUpDown className="size-4 shrink-0 text-quiet" aria-hidden />
        </button>
      }
    >
      <MenuLabel>{me.email}</MenuLabel>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        value={theme}
        onChange={(value) => setTheme(value as Theme)}
        options={THEMES.map((value) => ({ value, label: words(value) }))}
      />
      {others.length === 0 ? null : (
        <>
          <MenuLine />
          <MenuLabel>{here === null ? 'Tenants' : 'Other tenants'}</MenuLabel>
          {others.map(({ tenantId, tenantName }) => (
            <MenuItem
              key={tenantId}
              onSelect={() => void navigate({ to: '/t/$tenant', params: { tenant: tenantId } })}
            >
              <Building2 aria-hidden />
              {tenantName}
            </MenuItem>
          ))}
        </>
      )}
      {me.isSuperadmin && here !== null ? (
        <>
          <MenuLine />
          <MenuItem onSelect={() => void navigate({ to: '/system' })}>
            <Server aria-hidden />
            Platform
          </MenuItem>
        </>
      ) : null}
      <MenuLine />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}

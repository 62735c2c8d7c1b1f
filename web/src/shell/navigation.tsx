import { Link } from '@tanstack/react-router';
import { Menu as MenuIcon, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { useMay, useSeat } from '../api/session.tsx';
import { Button } from '../ui/button.tsx';
import { PAGE_GROUPS } from './pages.ts';
import { UserMenu } from './user-menu.tsx';

export function Sidebar() {
  return (
    <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-r border-line bg-paper p-3 md:flex">
      <TenantName />
      <Pages />
      <div className="mt-auto">
        <UserMenu />
      </div>
    </aside>
  );
}

/** The same on a small screen: a bar, and the pages in a drawer. */
export function TopBar() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="sticky top-0 z-30 flex h-14 items-center justify-between border-b border-line bg-paper px-3 md:hidden">
      <TenantName />
      <Dialog.Root open={isOpen} onOpenChange={setOpen}>
        <Dialog.Trigger asChild>
          <Button tone="quiet" size="icon" aria-label="Open the menu">
            <MenuIcon aria-hidden />
          </Button>
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 right-0 z-50 flex w-72 max-w-[85vw] flex-col gap-4 overflow-y-auto border-l border-line bg-paper p-3"
          >
            <div className="flex items-center justify-between pl-2.5">
              <Dialog.Title className="font-semibold">Menu</Dialog.Title>
              <Dialog.Close asChild>
                <Button tone="quiet" size="icon" aria-label="Close the menu">
                  <X aria-hidden />
                </Button>
              </Dialog.Close>
            </div>
            <Pages onGo={() => setOpen(false)} />
            <div className="mt-auto">
              <UserMenu />
            </div>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </div>
  );
}

function TenantName() {
  const { tenant } = useSeat();
  return (
    <div className="flex min-w-0 items-center gap-2.5 px-2.5 py-1.5">
      <img src="/icon.svg" alt="" className="size-6" />
      <span className="truncate font-semibold">{tenant.name}</span>
    </div>
  );
}

function Pages({ onGo }: { readonly onGo?: () => void }) {
  const may = useMay();
  const { tenant } = useSeat();
  return (
    <nav aria-label="Pages" className="space-y-4">
      {PAGE_GROUPS.map((group) => (
        <ul key={group[0]?.title} className="space-y-0.5">
          {group
            .filter(({ needs }) => may(needs))
            .map(({ title, to, icon: Icon }) => (
              <li key={title}>
                <Link
                  to={to}
                  params={{ tenant: tenant.id }}
                  activeOptions={{ exact: to === '/t/$tenant', includeSearch: false }}
                  {...(onGo === undefined ? {} : { onClick: onGo })}
                  className="flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium [&_svg]:size-4"
                  activeProps={{ className: 'bg-hover text-ink', 'aria-current': 'page' }}
                  inactiveProps={{ className: 'text-quiet hover:bg-hover hover:text-ink' }}
                >
                  <Icon aria-hidden />
                  {title}
                </Link>
              </li>
            ))}
        </ul>
      ))}
    </nav>
  );
}

import { useLocation } from '@tanstack/react-router';
import { Menu as MenuIcon, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';

/** What stands around every page: where one is, where one can go, who one is. */
export function Frame({
  title,
  pages,
  user,
  banners,
  children,
}: {
  readonly title: string;
  /** `onGo` closes the drawer of a small screen. */
  readonly pages: (onGo: () => void) => ReactNode;
  readonly user: ReactNode;
  readonly banners: ReactNode;
  readonly children: ReactNode;
}) {
  const main = useFocusOnNewPage();
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-accent-ink focus:translate-y-0"
      >
        Skip to the content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-r border-line bg-paper p-3 md:flex">
        <Name title={title} />
        {pages(() => undefined)}
        <div className="mt-auto">{user}</div>
      </aside>
      <TopBar title={title} pages={pages} user={user} />
      <div className="min-w-0">
        {banners}
        <main id="content" ref={main} tabIndex={-1} className="outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}

/** A new page is read from its beginning, also by a screen reader. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

function Name({ title }: { readonly title: string }) {
  return (
    <div className="flex min-w-0 items-center gap-2.5 px-2.5 py-1.5">
      <img src="/icon.svg" alt="" className="size-6" />
      <span className="truncate font-semibold">{title}</span>
    </div>
  );
}

/** The same on a small screen: a bar, and the pages in a drawer. */
function TopBar({
  title,
  pages,
  user,
}: {
  readonly title: string;
  readonly pages: (onGo: () => void) => ReactNode;
  readonly user: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="sticky top-0 z-30 flex h-14 items-center justify-between border-b border-line bg-paper px-3 md:hidden">
      <Name title={title} />
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
            {pages(() => setOpen(false))}
            <div className="mt-auto">{user}</div>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </div>
  );
}

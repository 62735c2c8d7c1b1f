import { Link, type LinkProps } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';

export type NavigationEntry = {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly link: LinkProps;
  /** Its address begins the addresses of other pages. */
  readonly isExact?: boolean;
};

export function Navigation({
  groups,
  onGo,
}: {
  readonly groups: readonly (readonly NavigationEntry[])[];
  readonly onGo: () => void;
}) {
  return (
    <nav aria-label="Pages" className="space-y-4">
      {groups
        .filter((group) => group.length > 0)
        .map((group) => (
          <ul key={group[0]?.title} className="space-y-0.5">
            {group.map(({ title, icon: Icon, link, isExact = false }) => (
              <li key={title}>
                <Link
                  {...link}
                  onClick={onGo}
                  activeOptions={{ exact: isExact, includeSearch: false }}
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

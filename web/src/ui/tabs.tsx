import { Link, type LinkProps } from '@tanstack/react-router';

export type Tab = { readonly label: string; readonly link: LinkProps; readonly isExact?: boolean };

/** Parts of a page, each with its own address. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map(({ label: name, link, isExact = false }) => (
        <Link
          key={name}
          {...link}
          activeOptions={{ exact: isExact, includeSearch: false }}
          className="border-b-2 px-3 py-2 font-medium whitespace-nowrap"
          activeProps={{ className: 'border-accent-text text-ink', 'aria-current': 'page' }}
          inactiveProps={{ className: 'border-transparent text-quiet hover:text-ink' }}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

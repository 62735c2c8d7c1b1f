import { Tabs } from '../../ui/tabs.tsx';

export function ContactTabs({ tenant }: { readonly tenant: string }) {
  const params = { tenant };
  return (
    <Tabs
      label="Contacts"
      tabs={[
        { label: 'People', link: { to: '/t/$tenant/contacts', params }, isExact: true },
        { label: 'Imports', link: { to: '/t/$tenant/contacts/imports', params } },
        { label: 'Lists', link: { to: '/t/$tenant/contacts/lists', params } },
        { label: 'Do not call', link: { to: '/t/$tenant/contacts/suppressions', params } },
      ]}
    />
  );
}

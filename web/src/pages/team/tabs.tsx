import { Tabs } from '../../ui/tabs.tsx';

export function TeamTabs({ tenant }: { readonly tenant: string }) {
  const params = { tenant };
  return (
    <Tabs
      label="Team"
      tabs={[
        { label: 'People', link: { to: '/t/$tenant/team', params }, isExact: true },
        { label: 'Audit log', link: { to: '/t/$tenant/team/audit', params } },
      ]}
    />
  );
}

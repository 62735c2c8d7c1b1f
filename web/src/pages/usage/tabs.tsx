import { Tabs } from '../../ui/tabs.tsx';

export function UsageTabs({ tenant }: { readonly tenant: string }) {
  const params = { tenant };
  return (
    <Tabs
      label="Usage"
      tabs={[
        { label: 'Use and cost', link: { to: '/t/$tenant/usage', params }, isExact: true },
        { label: 'Alerts', link: { to: '/t/$tenant/usage/alerts', params } },
      ]}
    />
  );
}

import { useSeat } from '../../api/session.tsx';
import { Tabs } from '../../ui/tabs.tsx';

export function DeveloperTabs() {
  const params = { tenant: useSeat().tenant.id };
  return (
    <Tabs
      label="Developers"
      tabs={[
        { label: 'API keys', link: { to: '/t/$tenant/developers', params }, isExact: true },
        { label: 'Webhooks', link: { to: '/t/$tenant/developers/webhooks', params } },
      ]}
    />
  );
}

import {
  Activity,
  ChartNoAxesColumn,
  CodeXml,
  Contact,
  Hash,
  Headset,
  HeartPulse,
  Landmark,
  type LucideIcon,
  Mail,
  Megaphone,
  MessageSquare,
  PhoneCall,
  ReceiptText,
  ScrollText,
  Users,
} from 'lucide-react';
import type { RouteName } from '../../../src/contract/api.ts';
import type { NavigationEntry } from './navigation.tsx';

type Entry = NavigationEntry & {
  /** Who may ask this sees the page. */
  readonly needs: RouteName;
};

/** The pages of a tenant, as far as somebody may see them. */
export function tenantPages(
  tenant: string,
  may: (name: RouteName) => boolean,
): readonly (readonly NavigationEntry[])[] {
  const params = { tenant };
  const page = (
    title: string,
    icon: LucideIcon,
    needs: RouteName,
    link: NavigationEntry['link'],
  ): Entry => ({ title, icon, needs, link });
  const groups = [
    [
      {
        ...page('Overview', ChartNoAxesColumn, 'readSummary', { to: '/t/$tenant', params }),
        isExact: true,
      },
      page('Live', Activity, 'listCalls', { to: '/t/$tenant/live', params }),
      page('Calls', PhoneCall, 'listCalls', { to: '/t/$tenant/calls', params }),
      page('Messages', MessageSquare, 'listThreads', { to: '/t/$tenant/messages', params }),
      page('Agent', Headset, 'takeAgentToken', { to: '/t/$tenant/agent', params }),
    ],
    [
      page('Campaigns', Megaphone, 'listCampaigns', { to: '/t/$tenant/campaigns', params }),
      page('Scripts', ScrollText, 'listScripts', { to: '/t/$tenant/scripts', params }),
      page('Contacts', Contact, 'listContacts', { to: '/t/$tenant/contacts', params }),
      page('Numbers', Hash, 'listNumbers', { to: '/t/$tenant/numbers', params }),
    ],
    [
      page('Usage', ReceiptText, 'readUsage', { to: '/t/$tenant/usage', params }),
      page('Team', Users, 'listMembers', { to: '/t/$tenant/team', params }),
      page('Developers', CodeXml, 'listApiKeys', { to: '/t/$tenant/developers', params }),
    ],
  ];
  return groups.map((group) => group.filter(({ needs }) => may(needs)));
}

/** The pages of the platform's owner. */
export const SYSTEM_PAGES: readonly (readonly NavigationEntry[])[] = [
  [
    { title: 'Tenants', icon: Landmark, link: { to: '/system' }, isExact: true },
    { title: 'Health', icon: HeartPulse, link: { to: '/system/health' } },
    { title: 'Dead letters', icon: Mail, link: { to: '/system/dead-letters' } },
    { title: 'Audit log', icon: ScrollText, link: { to: '/system/audit' } },
  ],
];

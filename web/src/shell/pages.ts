import {
  Activity,
  ChartNoAxesColumn,
  Contact,
  type LucideIcon,
  Megaphone,
  PhoneCall,
  ScrollText,
} from 'lucide-react';
import type { RouteName } from '../../../src/contract/api.ts';

type PagePath =
  | '/t/$tenant'
  | '/t/$tenant/live'
  | '/t/$tenant/calls'
  | '/t/$tenant/campaigns'
  | '/t/$tenant/contacts'
  | '/t/$tenant/scripts';

export type PageEntry = {
  readonly title: string;
  readonly to: PagePath;
  readonly icon: LucideIcon;
  /** Who may ask this sees the page. */
  readonly needs: RouteName;
};

export const PAGE_GROUPS: readonly (readonly PageEntry[])[] = [
  [
    { title: 'Overview', to: '/t/$tenant', icon: ChartNoAxesColumn, needs: 'readOwnTenant' },
    { title: 'Live', to: '/t/$tenant/live', icon: Activity, needs: 'listCalls' },
    { title: 'Calls', to: '/t/$tenant/calls', icon: PhoneCall, needs: 'listCalls' },
  ],
  [
    { title: 'Campaigns', to: '/t/$tenant/campaigns', icon: Megaphone, needs: 'listCampaigns' },
    { title: 'Scripts', to: '/t/$tenant/scripts', icon: ScrollText, needs: 'listScripts' },
    { title: 'Contacts', to: '/t/$tenant/contacts', icon: Contact, needs: 'listContacts' },
  ],
];

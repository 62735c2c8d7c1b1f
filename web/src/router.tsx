import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { countIn, kept, oneIn, textIn } from './lib/search.ts';
import { callSearch } from './pages/calls/search.ts';
import { HomePage } from './pages/home.tsx';
import { BrokenPage, MissingPage } from './pages/missing.tsx';
import { TenantShell } from './shell/tenant-shell.tsx';

const PERIODS = ['24h', '7d', '30d'] as const;
const SCRIPT_VIEWS = ['edit', 'try', 'versions'] as const;
const EVENT_KINDS = ['flow', 'twilio', 'tts', 'transfer', 'call'] as const;
const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
const ENROLMENT_STATES = ['pending', 'due', 'active', 'done', 'exhausted', 'skipped'] as const;

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) => kept({ to: textIn(search, 'to') }),
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in.tsx'), 'SignInPage'),
});
const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => import('./pages/sign-in/forgot.tsx'), 'ForgotPage'),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: (search) => kept({ token: textIn(search, 'token') }),
  component: lazyRouteComponent(() => import('./pages/sign-in/reset.tsx'), 'ResetPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: (search) => kept({ token: textIn(search, 'token') }),
  component: lazyRouteComponent(() => import('./pages/sign-in/invitation.tsx'), 'InvitationPage'),
});

const tenant = createRoute({
  getParentRoute: () => root,
  path: '/t/$tenant',
  component: TenantShell,
});
const overview = createRoute({
  getParentRoute: () => tenant,
  path: '/',
  validateSearch: (search) => kept({ period: oneIn(search, 'period', PERIODS) }),
  component: lazyRouteComponent(() => import('./pages/overview/overview.tsx'), 'OverviewPage'),
});
const start = createRoute({
  getParentRoute: () => tenant,
  path: '/start',
  component: lazyRouteComponent(() => import('./pages/start/start.tsx'), 'StartPage'),
});
const campaigns = createRoute({
  getParentRoute: () => tenant,
  path: '/campaigns',
  component: lazyRouteComponent(() => import('./pages/campaigns/list.tsx'), 'CampaignsPage'),
});
const newCampaign = createRoute({
  getParentRoute: () => tenant,
  path: '/campaigns/new',
  component: lazyRouteComponent(() => import('./pages/campaigns/new.tsx'), 'NewCampaignPage'),
});
const campaign = createRoute({
  getParentRoute: () => tenant,
  path: '/campaigns/$id',
  validateSearch: (search) => kept({ state: oneIn(search, 'state', ENROLMENT_STATES) }),
  component: lazyRouteComponent(() => import('./pages/campaigns/campaign.tsx'), 'CampaignPage'),
});
const contacts = createRoute({
  getParentRoute: () => tenant,
  path: '/contacts',
  validateSearch: (search) => kept({ text: textIn(search, 'text'), list: textIn(search, 'list') }),
  component: lazyRouteComponent(() => import('./pages/contacts/contacts.tsx'), 'ContactsPage'),
});
const imports = createRoute({
  getParentRoute: () => tenant,
  path: '/contacts/imports',
  component: lazyRouteComponent(() => import('./pages/contacts/imports.tsx'), 'ImportsPage'),
});
const oneImport = createRoute({
  getParentRoute: () => tenant,
  path: '/contacts/imports/$id',
  component: lazyRouteComponent(() => import('./pages/contacts/import.tsx'), 'ImportPage'),
});
const lists = createRoute({
  getParentRoute: () => tenant,
  path: '/contacts/lists',
  component: lazyRouteComponent(() => import('./pages/contacts/lists.tsx'), 'ListsPage'),
});
const suppressions = createRoute({
  getParentRoute: () => tenant,
  path: '/contacts/suppressions',
  component: lazyRouteComponent(
    () => import('./pages/contacts/suppressions.tsx'),
    'SuppressionsPage',
  ),
});
const scripts = createRoute({
  getParentRoute: () => tenant,
  path: '/scripts',
  component: lazyRouteComponent(() => import('./pages/scripts/list.tsx'), 'ScriptsPage'),
});
const script = createRoute({
  getParentRoute: () => tenant,
  path: '/scripts/$id',
  validateSearch: (search) =>
    kept({ view: oneIn(search, 'view', SCRIPT_VIEWS), compare: countIn(search, 'compare') }),
  component: lazyRouteComponent(() => import('./pages/scripts/script.tsx'), 'ScriptPage'),
});
const live = createRoute({
  getParentRoute: () => tenant,
  path: '/live',
  validateSearch: (search) =>
    kept({ campaign: textIn(search, 'campaign'), kind: oneIn(search, 'kind', EVENT_KINDS) }),
  component: lazyRouteComponent(() => import('./pages/live/live.tsx'), 'LivePage'),
});
const calls = createRoute({
  getParentRoute: () => tenant,
  path: '/calls',
  validateSearch: callSearch,
  component: lazyRouteComponent(() => import('./pages/calls/calls.tsx'), 'CallsPage'),
});
const call = createRoute({
  getParentRoute: () => tenant,
  path: '/calls/$id',
  component: lazyRouteComponent(() => import('./pages/calls/call.tsx'), 'CallPage'),
});
const numbers = createRoute({
  getParentRoute: () => tenant,
  path: '/numbers',
  component: lazyRouteComponent(() => import('./pages/numbers/numbers.tsx'), 'NumbersPage'),
});
const messages = createRoute({
  getParentRoute: () => tenant,
  path: '/messages',
  component: lazyRouteComponent(() => import('./pages/messages/messages.tsx'), 'MessagesPage'),
});
const thread = createRoute({
  getParentRoute: () => tenant,
  path: '/messages/$id',
  component: lazyRouteComponent(() => import('./pages/messages/thread.tsx'), 'ThreadPage'),
});
const agent = createRoute({
  getParentRoute: () => tenant,
  path: '/agent',
  component: lazyRouteComponent(() => import('./pages/agent/agent.tsx'), 'AgentPage'),
});
const usage = createRoute({
  getParentRoute: () => tenant,
  path: '/usage',
  component: lazyRouteComponent(() => import('./pages/usage/usage.tsx'), 'UsagePage'),
});
const alerts = createRoute({
  getParentRoute: () => tenant,
  path: '/usage/alerts',
  component: lazyRouteComponent(() => import('./pages/usage/alerts.tsx'), 'AlertsPage'),
});
const team = createRoute({
  getParentRoute: () => tenant,
  path: '/team',
  component: lazyRouteComponent(() => import('./pages/team/team.tsx'), 'TeamPage'),
});
const audit = createRoute({
  getParentRoute: () => tenant,
  path: '/team/audit',
  component: lazyRouteComponent(() => import('./pages/team/audit.tsx'), 'AuditPage'),
});
const developers = createRoute({
  getParentRoute: () => tenant,
  path: '/developers',
  component: lazyRouteComponent(
    () => import('./pages/developers/developers.tsx'),
    'DevelopersPage',
  ),
});
const webhooks = createRoute({
  getParentRoute: () => tenant,
  path: '/developers/webhooks',
  component: lazyRouteComponent(() => import('./pages/developers/webhooks.tsx'), 'WebhooksPage'),
});
const webhook = createRoute({
  getParentRoute: () => tenant,
  path: '/developers/webhooks/$id',
  validateSearch: (search) => kept({ state: oneIn(search, 'state', DELIVERY_STATES) }),
  component: lazyRouteComponent(() => import('./pages/developers/webhook.tsx'), 'WebhookPage'),
});

const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  component: lazyRouteComponent(() => import('./shell/system-shell.tsx'), 'SystemShell'),
});
const tenants = createRoute({
  getParentRoute: () => system,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/system/tenants.tsx'), 'TenantsPage'),
});
const oneTenant = createRoute({
  getParentRoute: () => system,
  path: '/tenants/$id',
  component: lazyRouteComponent(() => import('./pages/system/tenant.tsx'), 'TenantPage'),
});
const health = createRoute({
  getParentRoute: () => system,
  path: '/health',
  component: lazyRouteComponent(() => import('./pages/system/health.tsx'), 'HealthPage'),
});
const deadLetters = createRoute({
  getParentRoute: () => system,
  path: '/dead-letters',
  component: lazyRouteComponent(() => import('./pages/system/dead-letters.tsx'), 'DeadLettersPage'),
});
const systemAudit = createRoute({
  getParentRoute: () => system,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/system/audit.tsx'), 'SystemAuditPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    signIn,
    forgot,
    reset,
    invitation,
    tenant.addChildren([
      overview,
      campaigns,
      newCampaign,
      campaign,
      start,
      contacts,
      imports,
      oneImport,
      lists,
      suppressions,
      live,
      scripts,
      script,
      calls,
      call,
      numbers,
      messages,
      thread,
      agent,
      usage,
      alerts,
      team,
      audit,
      developers,
      webhooks,
      webhook,
    ]),
    system.addChildren([tenants, oneTenant, health, deadLetters, systemAudit]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: BrokenPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

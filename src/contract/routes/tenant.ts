import { routes } from '../route.ts';
import * as tenant from '../shapes/tenant.ts';

const member = { who: 'tenant', role: 'AGENT', scope: 'tenant:read', feature: null } as const;
const admin = { who: 'tenant', role: 'ADMIN', scope: null, feature: null } as const;

export const TENANT_ROUTES = routes({
  readOwnTenant: {
    tag: 'Tenant',
    rule: member,
    method: 'get',
    path: '/tenant',
    summary: 'The tenant one works in',
    status: 200,
    returns: tenant.Tenant,
    audit: null,
  },
  editOwnTenant: {
    tag: 'Tenant',
    rule: admin,
    method: 'patch',
    path: '/tenant',
    summary: 'Change name, time zone and calling hours',
    body: tenant.EditOwnTenant,
    status: 200,
    returns: tenant.Tenant,
    edits: true,
    audit: 'tenant.changed',
  },
  setOwnCarrier: {
    tag: 'Tenant',
    rule: admin,
    method: 'put',
    path: '/tenant/carrier-account',
    summary: "Call through the tenant's own Twilio account, or change its token",
    body: tenant.OwnCarrier,
    status: 204,
    returns: null,
    audit: 'carrier_account.set',
    refuses: ['conflict'],
  },
});

import { routes } from '../route.ts';
import { anyone } from '../rule.ts';
import { ById, Page } from '../shapes/common.ts';
import { AuditPage, FindAudit } from '../shapes/people.ts';
import * as tenant from '../shapes/tenant.ts';
import { Health } from '../shapes/work.ts';

const system = { tag: 'Platform', rule: { who: 'superadmin' } } as const;

export const PLATFORM_ROUTES = routes({
  readHealth: {
    ...{ tag: 'Platform', rule: anyone, method: 'get', path: '/health' },
    summary: 'Whether everything is in reach, with cause and remedy',
    status: 200,
    returns: Health,
    audit: null,
    refuses: ['unhealthy'],
  },
  listTenants: {
    ...system,
    ...{ method: 'get', path: '/tenants', status: 200, returns: tenant.Tenants },
    summary: 'All tenants',
    query: Page,
    audit: null,
  },
  createTenant: {
    ...system,
    ...{ method: 'post', path: '/tenants', status: 201, returns: tenant.Created },
    summary: 'Make a tenant',
    body: tenant.CreateTenant,
    idempotent: 'optional',
    audit: 'tenant.created',
    refuses: ['not_found', 'conflict'],
  },
  readTenant: {
    ...system,
    ...{ method: 'get', path: '/tenants/{id}', status: 200, returns: tenant.Tenant },
    summary: 'One tenant with its limits',
    params: ById,
    audit: null,
    refuses: ['not_found'],
  },
  editTenant: {
    ...system,
    ...{ method: 'patch', path: '/tenants/{id}', status: 200, returns: tenant.Tenant },
    summary: 'Change plan, state, limits and destinations',
    params: ById,
    body: tenant.EditTenant,
    edits: true,
    audit: 'tenant.changed',
    refuses: ['not_found', 'conflict'],
  },
  assignNumber: {
    ...system,
    ...{ method: 'post', path: '/tenants/{id}/numbers', status: 201, returns: tenant.Created },
    summary: 'Give a number to a tenant',
    params: ById,
    body: tenant.AssignNumber,
    idempotent: 'optional',
    audit: 'number.assigned',
    refuses: ['not_found', 'conflict', 'invalid_number'],
  },
  actAs: {
    ...system,
    ...{ method: 'post', path: '/tenants/{id}/act-as', status: 200, returns: tenant.ActingAs },
    summary: 'Work in a tenant as its admin for an hour; the tenant sees it in its audit log',
    params: ById,
    body: tenant.ActAs,
    audit: 'act_as.started',
    refuses: ['not_found'],
  },
  stopActingAs: {
    ...system,
    ...{ method: 'delete', path: '/tenants/{id}/act-as', status: 204, returns: null },
    summary: 'Leave the tenant',
    params: ById,
    audit: 'act_as.ended',
    refuses: ['not_found'],
  },
  listCarrierAccounts: {
    ...system,
    ...{ method: 'get', path: '/carrier-accounts', status: 200, returns: tenant.CarrierAccounts },
    summary: 'Twilio accounts; their tokens are never shown',
    audit: null,
  },
  registerCarrierAccount: {
    ...system,
    ...{ method: 'put', path: '/carrier-accounts/{sid}', status: 204, returns: null },
    summary: 'Add a Twilio account or change its token and limits',
    params: tenant.AccountSid,
    body: tenant.CarrierSettings,
    audit: 'carrier_account.set',
    refuses: ['conflict'],
  },
  resealTokens: {
    ...system,
    ...{ method: 'post', path: '/carrier-accounts/reseal', status: 200, returns: tenant.Resealed },
    summary: 'Seal every token anew under the first key of ENCRYPTION_KEYS',
    audit: 'carrier_account.resealed',
  },
  searchPlatformAudit: {
    ...system,
    ...{ method: 'get', path: '/platform/audit', status: 200, returns: AuditPage },
    summary: 'What was done to the platform itself',
    query: FindAudit,
    audit: null,
  },
});

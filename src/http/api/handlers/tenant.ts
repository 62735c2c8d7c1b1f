import type { TENANT_ROUTES } from '../../../contract/routes/tenant.ts';
import { editTenant } from '../../../tenants/edit-tenant.ts';
import { setOwnCarrier } from '../../../tenants/own-carrier.ts';
import { tenantView } from '../../../tenants/tenant-view.ts';
import type { HandlersOf } from '../context.ts';

export const tenantHandlers: HandlersOf<typeof TENANT_ROUTES> = {
  readOwnTenant: async ({ tenant }) => tenantView(tenant.tenant),
  editOwnTenant: async ({ deps, tenant, note }, { body, revision }) => {
    note({ target: tenant.tenant.id, detail: body });
    const { id } = tenant.tenant;
    return tenantView(await editTenant(deps.platform, { id, revision, changes: body }));
  },
  setOwnCarrier: async ({ deps, tenant, note }, { body }) => {
    note({ target: body.sid });
    await setOwnCarrier(deps.platform, tenant.tenant.id, body);
    return undefined;
  },
};

import { haltCampaigns } from '../../../campaigns/halt-campaigns.ts';
import type { PLATFORM_ROUTES } from '../../../contract/routes/platform.ts';
import { FEATURES } from '../../../contract/rule.ts';
import { startActingAs, stopActingAs } from '../../../identity/act-as.ts';
import { PLATFORM, searchAudit } from '../../../identity/audit.ts';
import { refuseDuringMoves } from '../../../moves/start-move.ts';
import { DestinyError } from '../../../shared/errors.ts';
import { assignNumber } from '../../../tenants/assign-number.ts';
import { createTenant } from '../../../tenants/create-tenant.ts';
import { editTenant, findTenant } from '../../../tenants/edit-tenant.ts';
import { registerCarrierAccount } from '../../../tenants/register-carrier-account.ts';
import { keyIdOf, resealTokens } from '../../../tenants/reseal-tokens.ts';
import { tenantView } from '../../../tenants/tenant-view.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

export const platformHandlers: HandlersOf<typeof PLATFORM_ROUTES> = {
  readHealth: async ({ deps }) => {
    const checks = [...(await deps.health())];
    if (checks.every(({ isHealthy }) => isHealthy)) return { isHealthy: true, checks };
    throw new DestinyError(
      'unhealthy',
      'Something is out of reach; errors names it and the remedy.',
      {
        details: checks.filter(({ isHealthy }) => !isHealthy),
      },
    );
  },
  listTenants: async ({ deps }, { query }) => {
    const rows = await deps.platform.platform.tenants(query.cursor ?? '', query.limit);
    return {
      tenants: rows.map(tenantView),
      nextCursor: nextCursor(rows, query.limit, ({ id }) => id),
    };
  },
  createTenant: async ({ deps, note }, { body }) => {
    const made = await createTenant(deps.platform, body);
    note({ tenantId: made.id, target: made.id, detail: { name: body.name, plan: body.plan } });
    return made;
  },
  readTenant: async ({ deps }, { params }) =>
    tenantView(await findTenant(deps.platform, params.id)),
  editTenant: async ({ deps, note }, { params, body, revision }) => {
    const changed = await editTenant(deps.platform, { id: params.id, revision, changes: body });
    note({ tenantId: params.id, detail: body });
    if (changed.state === 'suspended' || !FEATURES[changed.plan].includes('outbound')) {
      const reason =
        changed.state === 'suspended' ? 'The tenant is suspended.' : 'The plan has no campaigns.';
      await haltCampaigns(await deps.tenant(params.id), deps.cancel, reason);
    }
    return tenantView(changed);
  },
  assignNumber: async ({ deps, note }, { params, body }) => {
    const { id: tenantId } = await findTenant(deps.platform, params.id);
    note({ tenantId, target: body.e164 });
    return assignNumber(deps.platform, { tenantId, ...body });
  },
  actAs: async ({ deps, actor, note }, { params, body }) => {
    const tenant = await deps.tenant(params.id);
    note({ tenantId: params.id, detail: { reason: body.reason } });
    return startActingAs(tenant, actor, body.reason);
  },
  stopActingAs: async ({ deps, actor, note }, { params }) => {
    const tenant = await deps.tenant(params.id);
    note({ tenantId: params.id });
    await stopActingAs(tenant, actor);
    return undefined;
  },
  listCarrierAccounts: async ({ deps }) => ({
    accounts: (await deps.platform.platform.carrierAccounts()).map(
      ({ tokenSealed, createdAt: _, ...account }) => ({ ...account, keyId: keyIdOf(tokenSealed) }),
    ),
  }),
  registerCarrierAccount: async ({ deps, note }, { params, body }) => {
    note({ target: params.sid });
    await registerCarrierAccount(deps.platform, { sid: params.sid, tenantId: null, ...body });
    return undefined;
  },
  resealTokens: async ({ deps, note }) => {
    await refuseDuringMoves(deps.moves);
    const resealed = await resealTokens(deps.platform);
    note({ detail: { resealed } });
    return { resealed };
  },
  searchPlatformAudit: async ({ deps }, { query }) => {
    const entries = await searchAudit(deps.controlDb(PLATFORM), query);
    return { entries, nextCursor: nextCursor(entries, query.limit, ({ id }) => id) };
  },
};

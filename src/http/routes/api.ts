import { Hono } from 'hono';
import { listCalls } from '../../calls/list-calls.ts';
import { readCall } from '../../calls/read-call.ts';
import { createCampaign } from '../../campaigns/create-campaign.ts';
import { enrolContacts, enrolEverybody } from '../../campaigns/enrol-contacts.ts';
import { type ProgressDeps, readProgress } from '../../campaigns/read-progress.ts';
import { type PrimeJob, requestSpeech } from '../../campaigns/request-speech.ts';
import { setCampaignState } from '../../campaigns/set-state.ts';
import { suppressNumber } from '../../contacts/suppress-number.ts';
import { upsertContacts } from '../../contacts/upsert-contacts.ts';
import {
  AssignNumber,
  CreateCampaign,
  CreateTenant,
  EnrolContacts,
  ListCalls,
  PublishScript,
  RegisterCarrierAccount,
  SaveScript,
  SuppressNumber,
  UpsertContacts,
} from '../../contract/requests.ts';
import type { CancelQueue } from '../../dialing/cancel-calls.ts';
import type { HealthCheck } from '../../health/checks.ts';
import { publishScript } from '../../scripts/publish-script.ts';
import { saveScript } from '../../scripts/save-script.ts';
import { constantTimeEqual, utf8 } from '../../shared/bytes.ts';
import { DestinyError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { assignNumber } from '../../tenants/assign-number.ts';
import type { TenantContext } from '../../tenants/context.ts';
import { createTenant } from '../../tenants/create-tenant.ts';
import type { PlatformContext } from '../../tenants/platform-context.ts';
import { registerCarrierAccount } from '../../tenants/register-carrier-account.ts';
import { problemResponse } from '../problem.ts';
import { jsonBody, query } from '../validate.ts';

export type ApiDeps = {
  readonly apiToken: string;
  readonly platform: PlatformContext;
  readonly tenant: (tenantId: string) => Promise<TenantContext>;
  readonly prime: { send(job: PrimeJob): Promise<unknown> };
  readonly cancel: CancelQueue;
  readonly progress: (ctx: TenantContext) => ProgressDeps;
  readonly health: () => Promise<readonly HealthCheck[]>;
  readonly log: Log;
};

type Variables = { requestId: string; tenant: TenantContext };

/** `/api/v1`. One static token for now; the tenant is named by the header `Destiny-Tenant`. */
export function apiRoutes(deps: ApiDeps): Hono<{ Variables: Variables }> {
  const app = new Hono<{ Variables: Variables }>();
  app.use(async (c, next) => {
    c.set('requestId', deps.platform.newId('req'));
    await next();
    c.header('request-id', c.get('requestId'));
  });
  app.onError((error, c) => problemResponse(c, error, c.get('requestId'), deps.log));

  app.get('/health', async (c) => {
    const checks = await deps.health();
    const isHealthy = checks.every((check) => check.isHealthy);
    return c.json({ isHealthy, checks }, isHealthy ? 200 : 503);
  });

  app.use(async (c, next) => {
    const given = c.req.header('authorization') ?? '';
    if (!constantTimeEqual(utf8(given), utf8(`Bearer ${deps.apiToken}`))) {
      throw new DestinyError(
        'unauthenticated',
        'Send the header "Authorization: Bearer <API_TOKEN>".',
      );
    }
    await next();
  });

  platformRoutes(app, deps);
  tenantRoutes(app, deps);
  // Not `notFound`: Hono asks only that of the app this one is mounted on.
  app.all('*', (c) => {
    throw new DestinyError('not_found', `There is no ${c.req.method} ${c.req.path}.`);
  });
  return app;
}

type App = Hono<{ Variables: Variables }>;

function platformRoutes(app: App, deps: ApiDeps): void {
  app.put('/carrier-accounts/:sid', async (c) => {
    const input = await jsonBody(c, RegisterCarrierAccount);
    await registerCarrierAccount(deps.platform, { sid: c.req.param('sid'), ...input });
    return c.body(null, 204);
  });
  app.post('/tenants', async (c) =>
    c.json(await createTenant(deps.platform, await jsonBody(c, CreateTenant)), 201),
  );
  app.post('/tenants/:tenant/numbers', async (c) => {
    const { tenant } = await deps.tenant(c.req.param('tenant'));
    const input = await jsonBody(c, AssignNumber);
    return c.json(await assignNumber(deps.platform, { tenantId: tenant.id, ...input }), 201);
  });
}

function tenantRoutes(app: App, deps: ApiDeps): void {
  app.use(async (c, next) => {
    const tenantId = c.req.header('destiny-tenant');
    if (tenantId === undefined) {
      throw new DestinyError('invalid_input', 'Name the tenant in the header "Destiny-Tenant".');
    }
    c.set('tenant', await deps.tenant(tenantId));
    await next();
  });
  app.post('/scripts', async (c) =>
    c.json(await saveScript(c.get('tenant'), await jsonBody(c, SaveScript)), 201),
  );
  app.post('/scripts/:id/publish', async (c) => {
    const { overrideTests } = query(c, PublishScript);
    const scriptId = c.req.param('id');
    return c.json(await publishScript(c.get('tenant'), { scriptId, overrideTests }));
  });
  app.post('/contacts', async (c) => {
    const { contacts } = await jsonBody(c, UpsertContacts);
    return c.json(await upsertContacts(c.get('tenant'), contacts));
  });
  app.post('/suppressions', async (c) => {
    const { e164 } = await jsonBody(c, SuppressNumber);
    await suppressNumber(c.get('tenant'), deps.cancel, { e164, reason: 'manual' });
    return c.body(null, 204);
  });
  app.post('/campaigns', async (c) => {
    const input = await jsonBody(c, CreateCampaign);
    const tenantOfNumber = (e164: string) => deps.platform.platform.tenantOfNumber(e164);
    return c.json(await createCampaign(c.get('tenant'), input, tenantOfNumber), 201);
  });
  app.get('/campaigns/:id', async (c) =>
    c.json(
      await readProgress(c.get('tenant'), deps.progress(c.get('tenant')), {
        campaignId: c.req.param('id'),
      }),
    ),
  );
  app.post('/campaigns/:id/contacts', async (c) => {
    const whom = await jsonBody(c, EnrolContacts);
    const campaignId = c.req.param('id');
    if ('all' in whom) {
      await enrolEverybody(c.get('tenant'), { campaignId });
      return c.body(null, 202);
    }
    return c.json(await enrolContacts(c.get('tenant'), { campaignId, ...whom }));
  });
  app.post('/campaigns/:id/speech', async (c) => {
    await requestSpeech(c.get('tenant'), deps.prime, c.req.param('id'));
    return c.body(null, 202);
  });
  app.post('/campaigns/:id/launch', async (c) => {
    const campaignId = c.req.param('id');
    const launched = await setCampaignState(c.get('tenant'), deps.cancel, {
      campaignId,
      state: 'running',
    });
    await requestSpeech(c.get('tenant'), deps.prime, campaignId);
    return c.json(launched);
  });
  app.post('/campaigns/:id/pause', async (c) =>
    c.json(
      await setCampaignState(c.get('tenant'), deps.cancel, {
        campaignId: c.req.param('id'),
        state: 'paused',
      }),
    ),
  );
  app.post('/campaigns/:id/stop', async (c) =>
    c.json(
      await setCampaignState(c.get('tenant'), deps.cancel, {
        campaignId: c.req.param('id'),
        state: 'stopped',
      }),
    ),
  );
  app.get('/calls', async (c) => c.json(await listCalls(c.get('tenant'), query(c, ListCalls))));
  app.get('/calls/:id', async (c) =>
    c.json(await readCall(c.get('tenant'), { callId: c.req.param('id') })),
  );
}

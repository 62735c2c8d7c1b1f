import { ClipCache } from '../../src/audio/clip-cache.ts';
import { ensureSpeechWith } from '../../src/audio/ensure-speech.ts';
import { enrolEverybody } from '../../src/campaigns/enrol-contacts.ts';
import { preflightCampaign } from '../../src/campaigns/preflight.ts';
import { primeCampaign } from '../../src/campaigns/prime-campaign.ts';
import { type PrimeJob, requestSpeech } from '../../src/campaigns/request-speech.ts';
import { claimDue } from '../../src/dialing/claim-due.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { systemClock } from '../../workers/clock.ts';
import { enrolAllDue, seedCampaign, seedContacts } from '../seed/campaign.ts';
import { contextOf } from '../seed/context.ts';
import { countRows } from './count-rows.ts';

type Env = { readonly DATA: D1Database };

/** As a queue's consumer works before it hands over to the next message. */
const WORK_MS = 10_000;

const PACE = {
  account: async () => ({ callsPerSecond: 30, maxConcurrentCalls: 1000 }),
  speechRequestsPerMinute: 200,
};

const flows = new FlowCache();
const store = new MemoryStore();
const clips = new ClipCache(1_000_000);

/** Seeds a tenant, then prepares its campaign one invocation a request, as the queue would ask. */
export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const tenantId = searchParams.get('tenant') ?? '';
    if (pathname === '/seed') {
      await seedContacts(env.DATA, tenantId, Number(searchParams.get('contacts')));
      return Response.json({});
    }
    const counted = countRows(env.DATA);
    const ctx = contextOf(counted.d1, tenantId);
    if (pathname === '/launch') {
      const campaignId = await seedCampaign(ctx);
      await enrolEverybody(ctx, { campaignId });
      const jobs: PrimeJob[] = [];
      await requestSpeech(ctx, { send: async (job) => jobs.push(job) }, campaignId);
      return Response.json({ job: jobs[0], campaignId, rows: counted.rows });
    }
    if (pathname === '/due') {
      const campaignId = await seedCampaign(ctx);
      await enrolAllDue(ctx, campaignId);
      return Response.json({ campaignId, rows: counted.rows });
    }
    if (pathname === '/claim') {
      const campaignId = searchParams.get('campaign') ?? '';
      const startedAt = Date.now();
      const { jobs } = await claimDue(ctx, {
        campaignId,
        limit: Number(searchParams.get('limit')),
      });
      const ms = Date.now() - startedAt;
      return Response.json({ claimed: jobs.length, ms, rows: counted.rows });
    }
    if (pathname === '/preflight') {
      const campaignId = searchParams.get('campaign') ?? '';
      const deps = { flows, ...PACE, canText: async () => true };
      const found = await preflightCampaign(ctx, deps, { campaignId });
      return Response.json({ callable: found.callable, rows: counted.rows });
    }
    const job = await request.json<PrimeJob>();
    const next = await primeCampaign(ctx, depsOf(ctx), job, systemClock.now() + WORK_MS);
    return Response.json({ job: next, rows: counted.rows });
  },
} satisfies ExportedHandler<Env>;

/** Google and the object store answer at once: what is measured is the walk over the contacts. */
function depsOf(ctx: TenantContext) {
  const ensureSpeech = ensureSpeechWith(ctx.db, {
    audioSecret: 'a secret of the bench with enough entropy',
    speech: { synthesize: async () => new Uint8Array(800) },
    pacer: { reserve: async ({ n }) => ({ delaysMs: Array.from({ length: n }, () => 0) }) },
    store,
    clips,
    clock: systemClock,
    random: Math.random,
  });
  return { flows, ensureSpeech };
}

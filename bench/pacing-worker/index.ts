import { claimDue } from '../../src/dialing/claim-due.ts';
import { dialBatch } from '../../src/dialing/dial-batch.ts';
import { DialPacerObject } from '../../src/dialing/dial-pacer.object.ts';
import { planAttempts } from '../../src/dialing/plan-attempts.ts';
import { StartGuard } from '../../src/dialing/start-guard.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { consoleLog } from '../../src/shared/log.ts';
import { CallbackUrls } from '../../src/telephony/callback-url.ts';
import { TwilioCarrier } from '../../src/telephony/twilio-carrier.ts';
import { systemClock } from '../../workers/clock.ts';
import { enrolAllDue, seedCampaign, seedContacts } from '../seed/campaign.ts';
import { contextOf } from '../seed/context.ts';

type Env = {
  readonly DATA: D1Database;
  readonly DIAL_PACERS: DurableObjectNamespace<DialPacer>;
};

export type Account = { readonly sid: string; readonly callsPerSecond: number };
export type SeedOrder = { readonly tenantId: string; readonly contacts: number };
export type DialOrder = {
  readonly tenantId: string;
  readonly callIds: readonly string[];
  readonly account: Account;
  /** Where calls are created, and attempts are put back. */
  readonly carrierUrl: string;
};

export class DialPacer extends DialPacerObject<Env> {
  protected override clock() {
    return systemClock;
  }
}

const flows = new FlowCache();
const guards = new Map<string, StartGuard>();
const urls = new CallbackUrls('https://voice.bench');

/** Seeds and claims a tenant's attempts, then dials them a batch a request, as the queue would ask. */
export default {
  async fetch(request, env, execution) {
    if (new URL(request.url).pathname === '/seed') {
      return Response.json(await seed(env, await request.json<SeedOrder>()));
    }
    await dial(env, execution, await request.json<DialOrder>());
    return Response.json({});
  },
} satisfies ExportedHandler<Env>;

async function seed(env: Env, { tenantId, contacts }: SeedOrder): Promise<string[]> {
  const ctx = contextOf(env.DATA, tenantId);
  await seedContacts(env.DATA, tenantId, contacts);
  const campaignId = await seedCampaign(ctx);
  await enrolAllDue(ctx, campaignId);
  const { jobs } = await claimDue(ctx, { campaignId, limit: contacts });
  return jobs.map(({ callId }) => callId);
}

/** The consumer's own path; only speech and the calls' sessions are left out of the preparation. */
async function dial(env: Env, execution: ExecutionContext, order: DialOrder): Promise<void> {
  const ctx = contextOf(env.DATA, order.tenantId);
  const { account, carrierUrl } = order;
  const guard = guards.get(account.sid) ?? new StartGuard();
  guards.set(account.sid, guard);
  await dialBatch(
    ctx,
    {
      account: { ...account, maxConcurrentCalls: 100_000 },
      carrier: new TwilioCarrier({
        baseUrl: carrierUrl,
        accountSid: account.sid,
        authToken: 'a token of the bench',
        fetch: (outgoing) => fetch(outgoing),
      }),
      urls,
      pacer: env.DIAL_PACERS.getByName(account.sid),
      guard,
      session: () => ({ dialled: async () => undefined }),
      prepare: (ids) => planAttempts(ctx, flows, ids),
      background: (work) => execution.waitUntil(work),
      log: consoleLog,
      dialLater: async (jobs, delaySeconds) => {
        const body = JSON.stringify({ jobs, delaySeconds });
        await fetch(`${carrierUrl}/later`, { method: 'POST', body });
      },
      pauseCampaign: async (_, reason) => {
        throw new Error(reason);
      },
    },
    order.callIds,
  );
}

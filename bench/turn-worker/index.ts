import { DurableObject } from 'cloudflare:workers';
import { phoneNumber } from '../../src/db/schema/control.ts';
import { publishScript } from '../../src/scripts/publish-script.ts';
import { saveScript } from '../../src/scripts/save-script.ts';
import type { VoiceEnv } from '../../workers/voice/env.ts';
import voice from '../../workers/voice/index.ts';
import { servicesOf } from '../../workers/voice/services.ts';

export {
  AgentDesk,
  CallSession,
  DialPacer,
  MessagePacer,
  SpeechPacer,
  TenantFeed,
} from '../../workers/voice/objects.ts';

type Env = VoiceEnv & { readonly BENCH_ROWS: DurableObjectNamespace<OneRow> };

/** What a test tenant is made of, as the bench posts it. */
export type Seed = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly e164: string;
  readonly script: string;
};

const TWIML =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Thank you for calling.</Say></Response>';

/** The least that a stateful answer can do: one row of one object, committed. */
export class OneRow extends DurableObject<Env> {
  commit(body: string): number {
    const { sql } = this.ctx.storage;
    sql.exec('CREATE TABLE IF NOT EXISTS one (n INTEGER PRIMARY KEY, body TEXT NOT NULL)');
    return sql.exec('INSERT INTO one (body) VALUES (?)', body).rowsWritten;
  }
}

/** workers/voice as it is, with two routes beside it that it is measured against. */
export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/bench/')) return voice.fetch(request, env, ctx);
    if (pathname === '/bench/seed') return Response.json(await seed(env, await request.json()));
    const body = await request.text();
    const [, , kind, name = ''] = pathname.split('/');
    if (kind === 'object') await env.BENCH_ROWS.getByName(name).commit(body);
    return new Response(TWIML, { headers: { 'content-type': 'text/xml' } });
  },
  scheduled: voice.scheduled,
  queue: voice.queue,
} satisfies ExportedHandler<Env>;

/** A tenant with one number that a published script answers. */
async function seed(env: Env, { accountSid, authToken, e164, script }: Seed) {
  const { databases, sealer, newId, clock, tenant } = servicesOf(env);
  const known = await databases.platform.carrierAccounts();
  if (!known.some(({ sid }) => sid === accountSid)) {
    await databases.platform.insertCarrierAccount({
      ...{ sid: accountSid, tokenSealed: await sealer.seal(authToken) },
      ...{ callsPerSecond: 1, maxConcurrentCalls: 10_000, createdAt: clock.now() },
    });
  }
  const tenantId = newId('ten');
  await databases.platform.insertTenant({
    ...{ id: tenantId, name: 'Bench', plan: 'FULL', state: 'active', dataShard: 0 },
    ...{ timeZone: 'America/New_York', callingCodes: ['1'], isOuterWindowLifted: true },
    ...{ carrierAccountSid: accountSid, createdAt: clock.now() },
  });
  const ctx = await tenant(tenantId);
  const { id: scriptId } = await saveScript(ctx, { name: 'Bench', content: script });
  await publishScript(ctx, { scriptId });
  await ctx.control.run(
    ctx.control.insert(phoneNumber, {
      ...{ id: newId('num'), e164, twilioSid: null, inboundScriptId: scriptId },
      createdAt: clock.now(),
    }),
  );
  return { tenantId };
}

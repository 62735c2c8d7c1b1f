import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CarrierCallRow } from '../cli/local/simulator-client.ts';
import { type Stack, startStack } from '../cli/local/stack.ts';
import type { AccountSummary } from '../workers/simulator/carrier/summary.ts';
import type { Figure } from './figure.ts';
import { thousandCalls } from './inbound-direct.ts';

const SIZES = [100, 300];
const OVER_WITHIN_MS = 180_000;
const SCRIPT = `[start]
This is Harbour Dental. Will you come? Press 1 for yes.
-> 1, @yes: END #confirmed
-> else: END #no_response
`;
const PRESSES_1 = { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1' } }] }] };

/** Callers of one tenant: a thousand at the Worker itself, fewer through the whole local stack. */
export async function inboundBench(): Promise<Figure[]> {
  const figures = await thousandCalls();
  for (const calls of SIZES) figures.push(...(await callIn(calls)));
  return figures;
}

async function callIn(count: number): Promise<Figure[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'destiny-bench-inbound-'));
  const options = { stateDir, timeScale: 1, seed: 1, callsPerSecond: 1, cronEveryMs: 5000 };
  const stack = await startStack(options);
  try {
    const { to, tenantId } = await numberOf(stack);
    const account = `/accounts/${stack.secrets.accountSid}`;
    const one = { to, from: '+14155559999', persona: PRESSES_1 };
    await stack.simulator.request('POST', `${account}/inbound`, one);
    await over(stack, 1);
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: count }, (_, i) => {
        const from = `+1415${String(5_550_000 + i)}`;
        return stack.simulator.request<CarrierCallRow>('POST', `${account}/inbound`, {
          ...{ to, from, persona: PRESSES_1 },
        });
      }),
    );
    const rungMs = performance.now() - startedAt;
    await over(stack, count + 1);
    const summary = await stack.simulator.request<AccountSummary>('GET', `${account}/summary`);
    const confirmed = await confirmedOf(stack, tenantId, count + 1);
    const what = `${count} calls at once`;
    return [
      { bench: 'inbound', what, value: rungMs, unit: 'ms until all of them rang' },
      {
        bench: 'inbound',
        what,
        value: summary.byStatus.completed ?? 0,
        unit: 'answered',
        least: count + 1,
      },
      {
        bench: 'inbound',
        what,
        value: confirmed,
        unit: 'came to their scripted end',
        least: count + 1,
      },
      { bench: 'inbound', what, value: summary.errorCount, unit: 'errors at the carrier', most: 0 },
      { bench: 'inbound', what, value: summary.turnWebhookMs.p50 ?? 0, unit: 'ms of TwiML, p50' },
      {
        bench: 'inbound',
        what,
        value: summary.turnWebhookMs.p99 ?? 0,
        unit: 'ms of TwiML, p99',
        most: 1000,
      },
    ];
  } finally {
    await stack.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function numberOf({ api, simulator, secrets }: Stack) {
  await api.request('PUT', `/carrier-accounts/${secrets.accountSid}`, {
    ...{ authToken: secrets.authToken, callsPerSecond: 1, maxConcurrentCalls: 5_000 },
  });
  const tenant = await api.request<{ id: string }>('POST', '/tenants', {
    ...{ name: 'Bench', plan: 'FULL', timeZone: 'America/New_York', callingCodes: ['1'] },
    carrierAccountSid: secrets.accountSid,
  });
  const body = { name: 'Bench', content: SCRIPT };
  const script = await api.request<{ id: string }>('POST', '/scripts', body, tenant.id);
  await api.request('POST', `/scripts/${script.id}/publish`, undefined, tenant.id);
  const to = '+12125551000';
  await simulator.twilio('POST', '/IncomingPhoneNumbers.json', { PhoneNumber: to });
  const path = `/tenants/${tenant.id}/numbers`;
  const number = await api.request<{ id: string }>('POST', path, { e164: to });
  await api.request('POST', `/numbers/${number.id}/webhooks/repair`, undefined, tenant.id);
  const answers = { inboundScriptId: script.id };
  const match = { 'if-match': '"1"' };
  await api.request('PATCH', `/numbers/${number.id}`, answers, tenant.id, match);
  return { to, tenantId: tenant.id };
}

/** Until so many calls are over at the carrier. */
async function over({ simulator, secrets }: Stack, calls: number): Promise<void> {
  const deadline = Date.now() + OVER_WITHIN_MS;
  for (;;) {
    const path = `/accounts/${secrets.accountSid}/summary`;
    const { byStatus } = await simulator.request<AccountSummary>('GET', path);
    const { completed = 0, busy = 0, failed = 0, 'no-answer': unanswered = 0 } = byStatus;
    if (completed + busy + failed + unanswered >= calls || Date.now() > deadline) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Calls that the ledger knows as confirmed; it may be some seconds behind. */
async function confirmedOf({ api }: Stack, tenantId: string, wanted: number): Promise<number> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    let found = 0;
    for (let cursor = ''; ; ) {
      const path = `/calls?outcome=confirmed&limit=500${cursor}`;
      const page = await api.request<{ calls: unknown[]; nextCursor: string | null }>(
        ...(['GET', path, undefined, tenantId] as const),
      );
      found += page.calls.length;
      if (page.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    if (found >= wanted || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

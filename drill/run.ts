import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DemoCampaign,
  demoTenants,
  prepareAccount,
  prepareCampaign,
} from '../cli/demo/campaign.ts';
import { makeSpeech, untilFinished } from '../cli/demo/drive.ts';
import { gather } from '../cli/demo/gather.ts';
import { type Person, people } from '../cli/demo/people.ts';
import { seededRandom } from '../cli/demo/random.ts';
import { splitEvenly } from '../cli/demo/tenants.ts';
import { type Stack, startStack } from '../cli/local/stack.ts';
import { ROOT } from '../cli/local/wrangler.ts';
import type { DrillPlan, DrillRun } from './drill-plan.ts';
import { wait } from './during.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export type DrillResult = Verdict & { readonly seconds: number; readonly logs: string | null };

/** Late callbacks and repeated messages may still be under way when the campaign is finished. */
const SETTLES_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 5000;
const LAUNCH_TRIES = 20;

/** The whole product is started for each drill, on empty databases. A failed one keeps its logs. */
export async function runDrill(plan: DrillPlan, seed: number): Promise<DrillResult> {
  const startedAt = Date.now();
  const root = join(ROOT, '.destiny');
  mkdirSync(root, { recursive: true });
  const stateDir = mkdtempSync(join(root, `drill-${plan.name}-`));
  let stack: Stack | null = null;
  let verdict: Verdict | null = null;
  try {
    stack = await startStack({
      stateDir,
      timeScale: plan.timeScale,
      seed,
      callsPerSecond: plan.callsPerSecond,
      cronEveryMs: 1000,
    });
    verdict = await drill(stack, join(stateDir, 'logs'), plan, seed);
  } catch (error) {
    verdict = { figures: NOTHING, problems: [error instanceof Error ? error.message : `${error}`] };
  } finally {
    await stack?.stop();
  }
  const isPassed = verdict.problems.length === 0;
  if (isPassed) rmSync(stateDir, { recursive: true, force: true });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  return { ...verdict, seconds, logs: isPassed ? null : join(stateDir, 'logs') };
}

const NOTHING = {
  ...{ calls: 0, duplicateDials: 0, lostContacts: 0, lostEvents: 0, wrongStates: 0 },
  ...{ scripted: 0, talked: 0, struck: 0 },
};

async function drill(stack: Stack, logs: string, plan: DrillPlan, seed: number): Promise<Verdict> {
  const persons = people(plan.contacts, seed);
  await prepareAccount(stack, persons, plan.callsPerSecond, Math.max(500, plan.contacts));
  const demos = await prepareAll(stack, persons, plan.tenants ?? 1);
  if (plan.isSpeechFirst !== false) await makeSpeech(stack, demos, () => undefined);
  if (plan.settings !== undefined) await stack.killApp(plan.settings);
  await setFaults(stack, plan);
  console.log(`  ${plan.name}: calling ...`);
  const run: DrillRun = { stack, demos, random: seededRandom(seed), logs };
  await Promise.all(demos.map((demo) => launch(stack, demo)));
  await plan.during?.(run);
  await untilFinished(stack, demos, () => undefined);
  console.log(`  ${plan.name}: all finished; comparing ...`);
  // The books are read without faults; what they hold was written with them.
  await stack.simulator.request('DELETE', '/faults');
  if (plan.settings !== undefined) await stack.killApp();
  return settled(run, plan, persons);
}

async function prepareAll(
  stack: Stack,
  persons: readonly Person[],
  tenants: number,
): Promise<DemoCampaign[]> {
  const parts = splitEvenly(persons, tenants);
  const demos: DemoCampaign[] = [];
  for (const [i, tenant] of demoTenants(tenants).entries()) {
    demos.push(await prepareCampaign(stack, parts[i] ?? [], tenant));
  }
  return demos;
}

async function setFaults({ simulator, secrets }: Stack, plan: DrillPlan): Promise<void> {
  for (const fault of plan.faults ?? []) {
    const scope = fault.kind.startsWith('google') ? {} : { accountSid: secrets.accountSid };
    await simulator.request('POST', '/faults', { ...fault, ...scope });
  }
}

/** As a person would on failing databases: again, until it is running. */
async function launch({ api }: Stack, { campaignId, tenantId }: DemoCampaign): Promise<void> {
  const path = `/campaigns/${campaignId}`;
  for (let tries = 1; ; tries++) {
    try {
      await api.request('POST', `${path}/launch`, undefined, tenantId);
      return;
    } catch (error) {
      const now = await api
        .request<{ state: string }>('GET', path, undefined, tenantId)
        .catch(() => null);
      if (now?.state === 'running') return;
      if (tries === LAUNCH_TRIES) throw error;
      await wait(500);
    }
  }
}

async function settled(run: DrillRun, plan: DrillPlan, persons: readonly Person[]) {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const gathered = await gather(run.stack, run.demos);
    const verdict = verdictOf(gathered, persons, plan.demands, ownStrikes(run.logs));
    if (verdict.problems.length === 0 || Date.now() > deadline) {
      const more = (await plan.after?.(run, gathered)) ?? [];
      return { ...verdict, problems: [...verdict.problems, ...more] };
    }
    await wait(LOOK_EVERY_MS);
  }
}

/** workers/faults logs each. */
function ownStrikes(logs: string): number {
  return readFileSync(join(logs, 'app.log'), 'utf8').split('"fault on purpose"').length - 1;
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type DemoCampaign,
  demoTenants,
  prepareAccount,
  prepareCampaign,
} from './demo/campaign.ts';
import { startDrill, switchFaultsOn } from './demo/drill.ts';
import { callEverybody, makeSpeech } from './demo/drive.ts';
import { type Gathered, gather } from './demo/gather.ts';
import { runMix } from './demo/mix/run.ts';
import { type Person, people } from './demo/people.ts';
import { liveLine, progressLine } from './demo/progress.ts';
import { type DemoReport, disagreements, reportOf } from './demo/report.ts';
import { type DemoProgress, splitEvenly } from './demo/tenants.ts';
import { traceLines } from './demo/trace.ts';
import { type Stack, startStack } from './local/stack.ts';
import { ROOT } from './local/wrangler.ts';

const USAGE = `npm run demo -- [--contacts N] [--cps C] [--seed S] [--time-scale T] [--json FILE]
                [--mix] [--tenants N] [--faults] [--kill TIMES] [--trace] [--save-audio DIR] [--keep]`;

const options = readOptions();
const stateRoot = join(ROOT, '.destiny');
mkdirSync(stateRoot, { recursive: true });
const stateDir = mkdtempSync(join(stateRoot, 'demo-'));

let stack: Stack | null = null;
process.on('SIGINT', async () => {
  await stack?.stop();
  process.exit(130);
});
try {
  console.log('Starting the Workers and the simulator ...');
  stack = await startStack({
    stateDir,
    timeScale: options.timeScale,
    seed: options.seed,
    callsPerSecond: options.cps,
    cronEveryMs: 1000,
  });
  if (options.faults) await switchFaultsOn(stack);
  if (options.mix) await mix(stack);
  else await campaigns(stack);
} catch (error) {
  console.error(`\nThe demonstration failed: ${error instanceof Error ? error.message : error}`);
  console.error(`Logs: ${join(stateDir, 'logs')}`);
  options.keep = true;
  process.exitCode = 1;
} finally {
  await stack?.stop();
  if (!options.keep) rmSync(stateDir, { recursive: true, force: true });
}

/** Everything at the same time, for two tenants. */
async function mix(running: Stack): Promise<void> {
  const { report, faults } = await runMix(running, options);
  printReport(report);
  if (options.json !== null) {
    writeFileSync(resolve(options.json), `${JSON.stringify(report, null, 2)}\n`);
  }
  for (const fault of faults) console.error(`! ${fault}`);
  console.log(faults.length === 0 ? 'Both sides agree.' : 'The two sides do not agree.');
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function campaigns(running: Stack): Promise<void> {
  const persons = people(options.contacts, options.seed);
  await prepareAccount(running, persons, options.cps);
  const demos = await prepareAll(running, persons);
  await run(running, demos);
  const gathered = await gather(running, demos);
  const report = reportOf(gathered, options);
  await show(running, gathered, report);
}

function printReport(report: object): void {
  console.table(
    Object.fromEntries(
      Object.entries(report).map(([name, value]) => [
        name,
        { value: typeof value === 'object' ? JSON.stringify(value) : value },
      ]),
    ),
  );
}

/** Each tenant with its own part of the people. */
async function prepareAll(running: Stack, persons: readonly Person[]): Promise<DemoCampaign[]> {
  const parts = splitEvenly(persons, options.tenants);
  const demos: DemoCampaign[] = [];
  for (const [i, tenant] of demoTenants(options.tenants).entries()) {
    demos.push(await prepareCampaign(running, parts[i] ?? [], tenant));
  }
  return demos;
}

async function run(running: Stack, demos: readonly DemoCampaign[]): Promise<void> {
  const line = liveLine(process.stdout);
  const draw = (rate: number | null, secondsLeft: number | null) => (progress: DemoProgress) =>
    line.show(progressLine(progress, { ...options, rate, secondsLeft }));
  console.log('Making the speech ...');
  await makeSpeech(running, demos, draw(null, null));
  line.end();
  console.log('Calling ...');
  const startedAt = Date.now();
  const drill = startDrill(running, options);
  await callEverybody(running, demos, (progress) => {
    const dialled = Object.values(progress.calls).reduce((sum, n) => sum + n, 0);
    const { due = 0, active = 0 } = progress.contacts;
    const seconds = Math.max(1, (Date.now() - startedAt) / 1000);
    const isBusy = dialled < options.contacts;
    draw(isBusy ? dialled / seconds : null, (due + active) / options.cps)(progress);
  });
  line.end();
  await drill.end();
}

async function show(running: Stack, gathered: Gathered, report: DemoReport): Promise<void> {
  printReport(report);
  if (options.trace) {
    const talked = gathered.ledger.findLast((call) => call.outcome === 'confirmed');
    for (const text of talked === undefined ? [] : traceLines(talked)) console.log(text);
  }
  if (options.saveAudio !== null) await saveAudio(running, gathered, options.saveAudio);
  if (options.json !== null) {
    writeFileSync(resolve(options.json), `${JSON.stringify(report, null, 2)}\n`);
  }
  const faults = disagreements(gathered, report, options.kill > 0);
  for (const fault of faults.slice(0, 20)) console.error(`! ${fault}`);
  for (const fault of gathered.summary.errors.slice(0, 5)) console.error('carrier:', fault);
  console.log(
    faults.length === 0
      ? 'The ledger and the phone company agree on every call.'
      : `The ledger and the phone company disagree (${faults.length}).`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** What the first callee who talked heard, from the simulator. */
async function saveAudio(running: Stack, gathered: Gathered, folder: string): Promise<void> {
  const first = gathered.carrier.find((call) => call.status === 'completed');
  if (first === undefined) return;
  mkdirSync(resolve(folder), { recursive: true });
  const file = join(resolve(folder), 'callee-1.wav');
  const path = `/accounts/${running.secrets.accountSid}/calls/${first.sid}/heard.wav`;
  writeFileSync(file, await running.simulator.bytes(path));
  console.log(`What ${first.to} heard: ${file}`);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        contacts: { type: 'string', default: '100' },
        cps: { type: 'string', default: '5' },
        seed: { type: 'string', default: '7' },
        'time-scale': { type: 'string', default: '10' },
        json: { type: 'string' },
        trace: { type: 'boolean', default: false },
        'save-audio': { type: 'string' },
        faults: { type: 'boolean', default: false },
        tenants: { type: 'string', default: '1' },
        kill: { type: 'string', default: '0' },
        keep: { type: 'boolean', default: false },
        mix: { type: 'boolean', default: false },
      },
    });
    return {
      contacts: number('contacts', values.contacts, 1, 10_000),
      cps: number('cps', values.cps, 0.1, 100),
      seed: number('seed', values.seed, 0, 2 ** 31),
      timeScale: number('time-scale', values['time-scale'], 1, 100),
      json: values.json ?? null,
      trace: values.trace,
      tenants: number('tenants', values.tenants, 1, 20),
      faults: values.faults,
      kill: number('kill', values.kill, 0, 100),
      saveAudio: values['save-audio'] ?? null,
      keep: values.keep,
      mix: values.mix,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw new Error(`--${name} must be a number from ${least} to ${most}, not "${text}".`);
}

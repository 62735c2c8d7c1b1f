import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DrillPlan } from './drill-plan.ts';
import { PLANS } from './plans.ts';
import { type DrillResult, runDrill } from './run.ts';

const USAGE = `npm run drill -- [--only NAME] [--seed S] [--json FILE]
Drills: ${PLANS.map(({ name }) => name).join(', ')}`;

type Row = DrillResult & { readonly name: string; readonly what: string };

/** A drill waits for leases and retries most of its time, so two share the cores. */
const AT_ONCE = 2;

const options = readOptions();
const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`;
console.log(`${machine}, seed ${options.seed}`);
const rows: Row[] = [];
const chosen = PLANS.filter(({ name }) => options.only === null || options.only === name);
await inLanes(
  chosen.filter(({ isAlone }) => isAlone !== true),
  AT_ONCE,
);
await inLanes(
  chosen.filter(({ isAlone }) => isAlone === true),
  1,
);
console.table(Object.fromEntries(rows.map((row) => [row.name, columns(row)])));
if (options.json !== null) {
  writeFileSync(
    resolve(options.json),
    `${JSON.stringify({ machine, ...options, rows }, null, 2)}\n`,
  );
}
process.exitCode = rows.every(({ problems }) => problems.length === 0) ? 0 : 1;

async function inLanes(plans: readonly DrillPlan[], lanes: number): Promise<void> {
  const left = [...plans];
  const lane = async () => {
    for (let plan = left.shift(); plan !== undefined; plan = left.shift())
      rows.push(await run(plan));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function run(plan: DrillPlan): Promise<Row> {
  const { name, what } = plan;
  console.log(`${name}: ${plan.contacts} contacts; ${what} ...`);
  const result = await runDrill(plan, options.seed);
  for (const problem of result.problems) console.error(`! ${name}: ${problem}`);
  if (result.logs !== null) console.error(`Logs of ${name}: ${result.logs}`);
  return { name, what, ...result };
}

function columns({ figures, problems, seconds, what }: Row) {
  return {
    'what was done': what,
    calls: figures.calls,
    'faults struck': figures.struck,
    'duplicate dials': figures.duplicateDials,
    'lost contacts': figures.lostContacts,
    'lost events': figures.lostEvents,
    'wrong final states': figures.wrongStates,
    'scripted ends': `${figures.scripted} of ${figures.talked}`,
    seconds,
    verdict: problems.length === 0 ? 'passed' : 'FAILED',
  };
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        seed: { type: 'string', default: '7' },
        json: { type: 'string' },
      },
    });
    const only = values.only ?? null;
    if (only !== null && !PLANS.some(({ name }) => name === only)) {
      throw new Error(`There is no drill "${only}".`);
    }
    const seed = Number(values.seed);
    if (!Number.isInteger(seed) || seed < 0) throw new Error(`--seed must be a whole number.`);
    return { only, seed, json: values.json ?? null };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PLANS } from './plans.ts';
import { type DrillResult, runDrill } from './run.ts';

const USAGE = `npm run drill -- [--only NAME] [--seed S] [--json FILE]
Drills: ${PLANS.map(({ name }) => name).join(', ')}`;

const options = readOptions();
const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`;
console.log(`${machine}, seed ${options.seed}`);
const rows: (DrillResult & { readonly name: string; readonly what: string })[] = [];
for (const plan of PLANS) {
  if (options.only !== null && options.only !== plan.name) continue;
  console.log(`${plan.name}: ${plan.contacts} contacts; ${plan.what} ...`);
  const result = await runDrill(plan, options.seed);
  rows.push({ name: plan.name, what: plan.what, ...result });
  for (const problem of result.problems) console.error(`! ${problem}`);
  if (result.logs !== null) console.error(`Logs: ${result.logs}`);
}
console.table(Object.fromEntries(rows.map((row) => [row.name, columns(row)])));
if (options.json !== null) {
  writeFileSync(
    resolve(options.json),
    `${JSON.stringify({ machine, ...options, rows }, null, 2)}\n`,
  );
}
process.exitCode = rows.every(({ problems }) => problems.length === 0) ? 0 : 1;

function columns({ figures, problems, seconds, what }: (typeof rows)[number]) {
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

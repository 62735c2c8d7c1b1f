import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { analyticsBench } from './analytics.ts';
import { audioBench } from './audio.ts';
import { callsPageBench } from './calls-page.ts';
import { costBench } from './cost.ts';
import { feedBench } from './feed.ts';
import type { Bench, Figure } from './figure.ts';
import { growthBench } from './growth.ts';
import { importBench } from './import.ts';
import { inboundBench } from './inbound.ts';
import { launchBench } from './launch.ts';
import { pacingBench } from './pacing.ts';
import { promptBench } from './prompt.ts';
import { scriptBench } from './script.ts';
import { speechBench } from './speech.ts';
import { startupBench } from './startup.ts';
import { turnBench } from './turn.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  script: scriptBench,
  audio: audioBench,
  prompt: promptBench,
  launch: launchBench,
  pacing: pacingBench,
  import: importBench,
  feed: feedBench,
  analytics: analyticsBench,
  inbound: inboundBench,
  cost: costBench,
  speech: speechBench,
  turn: turnBench,
  'calls-page': callsPageBench,
  startup: startupBench,
  growth: growthBench,
};
const USAGE = 'npm run bench -- [--only NAME] [--json FILE]';

const options = readOptions();
const machine = describeMachine();
console.log(
  `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; Node ${machine.node}, wrangler ${machine.wrangler}, workerd ${machine.workerd}`,
);

const figures: Figure[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (options.only === null || options.only === name) figures.push(...(await bench()));
}
console.table(
  figures.map((figure) => ({ ...figure, value: rounded(figure.value), ...verdict(figure) })),
);
if (options.json !== null) {
  writeFileSync(resolve(options.json), `${JSON.stringify({ machine, figures }, null, 2)}\n`);
}

function readOptions(): { only: string | null; json: string | null } {
  try {
    const { values } = parseArgs({
      options: { only: { type: 'string' }, json: { type: 'string' } },
    });
    if (values.only !== undefined && !Object.hasOwn(BENCHES, values.only)) {
      throw new Error(`There is no bench "${values.only}": ${Object.keys(BENCHES).join(', ')}.`);
    }
    return { only: values.only ?? null, json: values.json ?? null };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

function verdict({ value, least, most }: Figure): { verdict?: 'pass' | 'MISS' } {
  if (least === undefined && most === undefined) return {};
  const isKept = value >= (least ?? value) && value <= (most ?? value);
  return { verdict: isKept ? 'pass' : 'MISS' };
}

function describeMachine() {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown processor',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    wrangler: versionOf('wrangler'),
    workerd: versionOf('workerd'),
  };
}

function versionOf(name: string): string {
  const fromWrangler = createRequire(createRequire(import.meta.url).resolve('wrangler'));
  const { version }: { version: string } = fromWrangler(`${name}/package.json`);
  return version;
}

/** Three figures that mean something; more would promise what a bench cannot keep. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

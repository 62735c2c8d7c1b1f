import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './local/wrangler.ts';

/** `npm test`: types, lint and the page, then every test; ends with the line `N passed, N failed`. */
const resultFile = join(ROOT, '.destiny', 'test-results.json');
mkdirSync(join(ROOT, '.destiny'), { recursive: true });

let passed = 0;
let failed = 0;
for (const [name, ...args] of [
  ['types', 'tsc'],
  ['types of the page', 'tsc', '-p', 'web'],
  ['lint', 'biome', 'ci', '--error-on-warnings', '.'],
  ['the page and its sizes', process.execPath, 'cli/build.ts'],
]) {
  const ok = run(args);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
  if (ok) passed += 1;
  else failed += 1;
}
const vitest = [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${resultFile}`,
];
const isGreen = run([...vitest, ...process.argv.slice(2)]);
const results = JSON.parse(readFileSync(resultFile, 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
};
passed += results.numPassedTests;
failed += results.numFailedTests;
// A file that does not load fails without counting a test.
if (!isGreen && results.numFailedTests === 0) failed += 1;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function run([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

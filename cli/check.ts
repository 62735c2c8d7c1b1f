import { spawnSync } from 'node:child_process';
import { ROOT } from './local/wrangler.ts';

/** Types, lint, format: what needs no running Worker. */
const CHECKS: readonly (readonly [string, ...string[]])[] = [
  ['tsc'],
  ['tsc', '-p', 'web'],
  ['biome', 'ci', '--error-on-warnings', '.'],
];

for (const [command, ...args] of CHECKS) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

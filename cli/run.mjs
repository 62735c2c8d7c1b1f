// Runs a project command on a machine that has only Node and npm: installs what is missing, then
// hands over to the Node that the `node` package brings. Plain JavaScript: an old Node reads it.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

function isInstalled() {
  const marker = at('node_modules', '.package-lock.json');
  if (!existsSync(marker) || !existsSync(at('node_modules', 'node', 'bin'))) return false;
  return statSync(marker).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
}

function run(command, args, environment) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: environment,
    shell: process.platform === 'win32',
  });
  return result.status ?? 1;
}

if (!isInstalled()) {
  console.log('Installing the packages of package-lock.json (once) ...');
  // Not `npm ci`: it refuses a lock file that lacks the optional binaries of other platforms.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = run('npm', args, process.env);
  if (status !== 0) process.exit(status);
}

const [script, ...args] = process.argv.slice(2);
const bin = at('node_modules', '.bin');
const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  WRANGLER_SEND_METRICS: 'false',
  // Its warnings about the local S3 endpoint would stand above our own words.
  WRANGLER_LOG: 'error',
};
process.exit(run(join(bin, 'node'), [at('cli', script), ...args], environment));

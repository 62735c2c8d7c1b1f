import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');
const run = promisify(execFile);

let out = '';
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'destiny-bundle-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Builds a Worker as a deployment would; answers the gzipped size of its scripts in KB. */
async function bundle(name: string, config: string): Promise<number> {
  const outdir = join(out, name);
  await run(
    process.execPath,
    [WRANGLER, 'deploy', '--dry-run', '--outdir', outdir, '--config', config],
    { cwd: ROOT, env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' } },
  );
  const scripts = readdirSync(outdir).filter((file) => /\.m?js$/.test(file));
  expect(scripts).not.toEqual([]);
  if (name === 'voice') {
    const text = scripts.map((file) => readFileSync(join(outdir, file), 'utf8')).join('');
    expect(text).not.toMatch(/better-auth|openapi/i);
  }
  const bytes = scripts.map(
    (file) => gzipSync(readFileSync(join(outdir, file)), { level: 9 }).length,
  );
  return bytes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** architecture.md: a caller waits for workers/voice to start; the simulator's voice is 21 MB. */
test.each([
  { name: 'voice', config: 'wrangler.toml', mostKb: 150 },
  { name: 'api', config: 'workers/api/wrangler.toml', mostKb: 700 },
  { name: 'simulator', config: 'workers/simulator/wrangler.toml', mostKb: null },
])(
  'workers/$name builds, and is no larger than it may be',
  async ({ name, config, mostKb }) => {
    const kb = await bundle(name, config);
    console.info(`workers/${name}: ${kb.toFixed(1)} KB gzipped`);
    if (mostKb !== null) expect(kb).toBeLessThanOrEqual(mostKb);
  },
  120_000,
);

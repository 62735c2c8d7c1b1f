import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../local/wrangler.ts';

export const PAGE_DIR = join(ROOT, 'web', 'dist');
const SIMULATORS = 'http://127.0.0.1:*';
const STAMP = join(ROOT, '.destiny', 'page-stamp');

/** What the built page is made of; a change in none of it needs no new build. */
const SOURCES = [
  'web/{index.html,vite.config.ts}',
  'web/{src,public,build}/**/*',
  'src/{agents,contract,flow,live,script,shared}/**/*.ts',
  'package-lock.json',
];

/** Builds the page unless what lies in web/dist was built from the same sources. */
export function ensurePage(): void {
  const stamp = stampOfSources();
  const isBuilt = existsSync(join(PAGE_DIR, 'index.html')) && readStamp() === stamp;
  if (!isBuilt) {
    // A process of its own: React is built for production whatever NODE_ENV is here.
    const { status } = spawnSync(process.execPath, [join(ROOT, 'cli', 'build.ts')], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (status !== 0) throw new Error('The page could not be built; see `npm run build`.');
  }
  letCallSimulator();
}

/** On a laptop an agent's line ends at the simulator, a server beside the page's own. */
function letCallSimulator(): void {
  const file = join(PAGE_DIR, '_headers');
  const headers = readFileSync(file, 'utf8');
  if (headers.includes(SIMULATORS)) return;
  writeFileSync(file, headers.replace("connect-src 'self'", `connect-src 'self' ${SIMULATORS}`));
}

export function noteBuilt(): void {
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, stampOfSources());
}

function readStamp(): string | null {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : null;
}

function stampOfSources(): string {
  const hash = createHash('sha256');
  const entries = SOURCES.flatMap((pattern) =>
    globSync(pattern, { cwd: ROOT, withFileTypes: true }),
  );
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

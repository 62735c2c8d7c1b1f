import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const WRANGLER = join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js');

/** Whatever ends this process ends what it started; a process group outlives its parent otherwise. */
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const { pid } of children) if (pid !== undefined) killGroup(pid, 'SIGTERM');
});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(143));

/**
 * Starts wrangler in its own process group. `settings` reach the Workers as their environment
 * (several configurations at once take neither --var nor --env-file), so nothing else is passed on.
 */
export function startWrangler(
  args: readonly string[],
  options: {
    readonly settings: Readonly<Record<string, string>>;
    readonly logFile: string;
    /** Where Pages looks for its configuration. */
    readonly cwd?: string;
  },
): ChildProcess {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const child = spawn(process.execPath, [WRANGLER, ...args], {
    cwd: options.cwd ?? ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      ...(process.env.TMPDIR === undefined ? {} : { TMPDIR: process.env.TMPDIR }),
      WRANGLER_SEND_METRICS: 'false',
      // Workers of two stacks have the same names: in one registry, one's cron would tick the other.
      WRANGLER_REGISTRY_PATH: join(dirname(options.logFile), 'registry'),
      CI: 'true',
      CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true',
      // Its local traces write rows for every request and step of the Workers.
      X_LOCAL_OBSERVABILITY: 'false',
      ...options.settings,
    },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const log = createWriteStream(options.logFile, { flags: 'a' });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  return child;
}

/** Ends a process and everything it started; resolves when it is gone. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM') {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  killGroup(child.pid, signal);
  const timer = setTimeout(() => endProcess(child, 'SIGKILL'), 5_000);
  await gone;
  clearTimeout(timer);
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone already.
  }
}

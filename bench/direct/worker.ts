import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { unstable_getMiniflareWorkerOptions } from 'wrangler';
import { migrate } from '../../cli/local/migrate.ts';
import { freePorts } from '../../cli/local/ports.ts';
import { localSecrets } from '../../cli/local/secrets.ts';
import { ROOT } from '../../cli/local/wrangler.ts';
import { type StateKind, stateFolder } from './state-folder.ts';

/** What is used of wrangler's own miniflare, which the registry's newest tag is older than. */
type Miniflare = { readonly ready: Promise<URL>; dispose(): Promise<void> };
type MiniflareModule = {
  readonly Miniflare: new (options: unknown) => Miniflare;
  readonly convertV4MiniflareOptions: (options: unknown) => unknown;
};

export type DirectWorker = {
  /** Of workerd's own socket: no development proxy stands before it. */
  readonly origin: string;
  readonly close: () => Promise<void>;
};

const CONFIG = join(ROOT, 'wrangler.toml');
const fromWrangler = createRequire(createRequire(import.meta.url).resolve('wrangler'));
const { Miniflare, convertV4MiniflareOptions }: MiniflareModule = fromWrangler('miniflare');

/** Bundles a Worker as a deploy would. */
export function bundle(entry: string, outdir: string, config = CONFIG): void {
  const wrangler = join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
  const args = ['deploy', join(ROOT, entry), '-c', config, '--dry-run', '--outdir', outdir];
  const { status, stderr } = spawnSync(process.execPath, [wrangler, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
  });
  if (status !== 0) throw new Error(`${entry} did not bundle: ${stderr}`);
}

/**
 * The voice Worker with the routes that it is measured against, on workerd's own socket: real
 * objects, queues and databases, and nothing of the development server on the way.
 */
export async function startDirect(
  entry: string,
  state: StateKind,
  store: 'none' | 'local' = 'none',
): Promise<DirectWorker> {
  const stateDir = stateFolder(state);
  const outdir = join(stateDir, 'dist');
  bundle(entry, outdir);
  await migrate(stateDir);
  const [port = 0, direct = 0] = await freePorts(2);
  const origin = `http://127.0.0.1:${direct}`;
  const { workerOptions, externalWorkers } = unstable_getMiniflareWorkerOptions(CONFIG);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port,
      ...(process.env.INSPECT ? { inspectorPort: Number(process.env.INSPECT) } : {}),
      resourcePersistencePath: join(stateDir, 'store', 'v3'),
      workers: [
        {
          ...workerOptions,
          name: 'destiny-voice',
          modules: true,
          modulesRoot: outdir,
          scriptPath: join(outdir, 'index.js'),
          modulesRules: undefined,
          bindings: {
            ...voiceSettings(stateDir, origin),
            ...(store === 'local' ? localStore(port) : {}),
          },
          durableObjects: Object.assign({}, workerOptions.durableObjects, {
            BENCH_ROWS: { className: 'OneRow', useSQLite: true },
          }),
          unsafeDirectSockets: [{ host: '127.0.0.1', port: direct }],
        },
        ...externalWorkers,
      ],
    }),
  );
  await miniflare.ready;
  return {
    origin,
    close: async () => {
      await miniflare.dispose();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** The S3 API of wrangler's own R2, on the port of the development server. */
function localStore(port: number): Record<string, string> {
  return {
    S3_ENDPOINT: `http://127.0.0.1:${port}/cdn-cgi/local/r2/s3/destiny-objects`,
    S3_ACCESS_KEY_ID: 'local-access-key',
    S3_SECRET_ACCESS_KEY: 'local-secret-key',
  };
}

/** Nobody is dialled and nothing is spoken: no world outside is needed. */
export function voiceSettings(stateDir: string, origin: string): Record<string, string> {
  const secrets = localSecrets(stateDir);
  return {
    PUBLIC_BASE_URL: origin,
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    AUDIO_SECRET: secrets.audioSecret,
    GOOGLE_SERVICE_ACCOUNT: JSON.stringify(secrets.serviceAccount),
    TWILIO_BASE_URL: origin,
    GOOGLE_TTS_BASE_URL: origin,
    S3_ENDPOINT: `${origin}/s3`,
    S3_ACCESS_KEY_ID: 'none',
    S3_SECRET_ACCESS_KEY: 'none',
  };
}

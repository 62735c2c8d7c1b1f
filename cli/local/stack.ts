import type { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePage } from '../page/ensure-page.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { mailedToken } from './mail-log.ts';
import { migrate } from './migrate.ts';
import { freePorts } from './ports.ts';
import { type LocalSecrets, localSecrets } from './secrets.ts';
import { type SimulatorClient, simulatorClient } from './simulator-client.ts';
import { endProcess, ROOT, startWrangler } from './wrangler.ts';

export type StackOptions = {
  /** Databases, objects, logs and secrets live here. */
  readonly stateDir: string;
  /** How much faster than life people talk and wait at the other end; never the pace of dialing. */
  readonly timeScale: number;
  readonly seed: number;
  readonly callsPerSecond: number;
  readonly cronEveryMs: number;
  /** Another configuration of workers/voice than its own, such as one that counts. */
  readonly voiceConfig?: string;
  /** Settings of the product that are to differ. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type Stack = {
  readonly appUrl: string;
  readonly secrets: LocalSecrets;
  readonly api: ApiClient;
  readonly simulator: SimulatorClient;
  /** Of the newest link that was mailed to somebody; null when there is none. */
  readonly mailedToken: (email: string) => string | null;
  /** Takes the app down without warning (SIGKILL), and starts it again on what is on the disk. */
  readonly killApp: (settings?: Readonly<Record<string, string>>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const READY_WITHIN_MS = 120_000;
const TICK_WITHIN_MS = 10_000;
const LEAST_API_CRON_MS = 15_000;

/**
 * The whole product on this machine: the app (workers/api with workers/voice) and, as a process of
 * its own because it plays the outside world, the simulator.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const secrets = localSecrets(options.stateDir);
  ensurePage();
  await migrate(options.stateDir);
  const [appPort = 0, simulatorPort = 0, ...inspectors] = await freePorts(4);
  const appUrl = `http://127.0.0.1:${appPort}`;
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const logs = join(options.stateDir, 'logs');

  const simulatorProcess = startWrangler(
    [
      ...['dev', '-c', join(ROOT, 'workers/simulator/wrangler.toml')],
      ...portArgs(simulatorPort, inspectors[0]),
      ...['--persist-to', join(options.stateDir, 'simulator')],
    ],
    {
      settings: simulatorSettings(options, secrets),
      logFile: join(logs, 'simulator.log'),
    },
  );
  const startApp = (more: Readonly<Record<string, string>> = {}) =>
    startWrangler(
      [
        ...['dev', '-c', join(ROOT, 'workers/api/wrangler.toml')],
        ...[
          '-c',
          options.voiceConfig ?? join(ROOT, 'wrangler.toml'),
          ...portArgs(appPort, inspectors[1]),
        ],
        ...['--persist-to', join(options.stateDir, 'store')],
      ],
      {
        settings: { ...appSettings(appUrl, simulatorUrl, secrets), ...options.settings, ...more },
        logFile: join(logs, 'app.log'),
      },
    );
  let appProcess = startApp();
  const appReady = () => whenReady(`${appUrl}/api/v1/health`, appProcess, join(logs, 'app.log'));
  const logCron = (line: string) =>
    appendFileSync(join(logs, 'cron.log'), `${new Date().toISOString()} ${line}\n`);
  const crons = [
    cronTicker(appUrl, 'destiny-voice', options.cronEveryMs, logCron),
    // Figures and prices do not move faster because people do.
    cronTicker(appUrl, 'destiny-api', Math.max(options.cronEveryMs, LEAST_API_CRON_MS), logCron),
  ];
  const stop = async () => {
    for (const cron of crons) cron.stop();
    await Promise.all([simulatorProcess, appProcess].map((child) => endProcess(child)));
  };
  try {
    await Promise.all([
      whenReady(`${simulatorUrl}/_sim/health`, simulatorProcess, join(logs, 'simulator.log')),
      appReady(),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  for (const cron of crons) cron.start();
  return {
    appUrl,
    secrets,
    api: apiClient(appUrl, secrets),
    simulator: simulatorClient(simulatorUrl, secrets),
    mailedToken: (email) => mailedToken(join(logs, 'app.log'), email),
    killApp: async (settings) => {
      await endProcess(appProcess, 'SIGKILL');
      appProcess = startApp(settings);
      await appReady();
    },
    stop,
  };
}

function portArgs(port: number, inspectorPort = 0): string[] {
  return [
    ...['--port', String(port), '--ip', '127.0.0.1', '--inspector-port', String(inspectorPort)],
    ...['--show-interactive-dev-session=false', '--log-level', 'warn'],
  ];
}

function appSettings(appUrl: string, simulatorUrl: string, secrets: LocalSecrets) {
  return {
    PUBLIC_BASE_URL: appUrl,
    APP_URL: appUrl,
    AUTH_SECRET: secrets.authSecret,
    SETUP_TOKEN: secrets.setupToken,
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    AUDIO_SECRET: secrets.audioSecret,
    TWILIO_BASE_URL: simulatorUrl,
    GOOGLE_TTS_BASE_URL: simulatorUrl,
    GOOGLE_SERVICE_ACCOUNT: JSON.stringify(secrets.serviceAccount),
    S3_ENDPOINT: `${appUrl}/cdn-cgi/local/r2/s3/destiny-objects`,
    S3_ACCESS_KEY_ID: 'local-access-key',
    S3_SECRET_ACCESS_KEY: 'local-secret-key',
    // Everything on this machine has a private address.
    ALLOW_PRIVATE_WEBHOOKS: 'yes',
  };
}

function simulatorSettings(options: StackOptions, secrets: LocalSecrets) {
  return {
    SIM_CONTROL_TOKEN: secrets.simulatorToken,
    TIME_SCALE: String(options.timeScale),
    GOOGLE_PUBLIC_JWK: JSON.stringify(secrets.publicJwk),
    GOOGLE_CLIENT_EMAIL: secrets.serviceAccount.client_email,
    DEFAULT_ACCOUNT_SID: secrets.accountSid,
    DEFAULT_AUTH_TOKEN: secrets.authToken,
    DEFAULT_CPS: String(options.callsPerSecond),
  };
}

async function whenReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`A Worker did not start; see ${logFile}`);
    const isReady = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} did not answer in time; see ${logFile}`);
}

/** Wrangler has no clock for cron, so this is it; a tick that is still at work is not overtaken. */
function cronTicker(appUrl: string, worker: string, everyMs: number, log: (line: string) => void) {
  let timer: NodeJS.Timeout | null = null;
  let isRunning = true;
  const url = `${appUrl}/cdn-cgi/explorer/api/local/scheduled?worker=${worker}`;
  const tick = async () => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ cron: '* * * * *' }),
        signal: AbortSignal.timeout(TICK_WITHIN_MS),
      });
      // A body that nobody reads keeps its connection.
      const text = await response.text();
      if (!response.ok) log(`cron of ${worker} answered ${response.status}: ${text}`);
    } catch (error) {
      log(`cron of ${worker} did not answer: ${error}`);
    }
    if (isRunning) timer = setTimeout(tick, everyMs);
  };
  return {
    start: () => void tick(),
    stop: () => {
      isRunning = false;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from '../../cli/local/stack.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/api.md'), 'utf8');
const stateDir = mkdtempSync(join(tmpdir(), 'destiny-tour-'));
const TOUR_WITHIN_MS = 90_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    ...{ stateDir, timeScale: 100, seed: 7, callsPerSecond: 1, cronEveryMs: 1000 },
  });
});
afterAll(async () => {
  await stack.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

test('the tour of docs/api.md runs as it stands, and the phone company sees the call', async () => {
  const script = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block).join('\n');
  const { accountSid, authToken, setupToken } = stack.secrets;
  const { code, output } = await runShell(script, {
    API: `${stack.appUrl}/api/v1`,
    SETUP_TOKEN: setupToken,
    TWILIO_SID: accountSid,
    TWILIO_TOKEN: authToken,
  });
  expect(code, output).toBe(0);
  expect(output).toContain('"toNumber":"+12125550001"');
  expect(output).not.toContain('"code":');
  const { calls } = await stack.simulator.request<{ calls: { to: string; from: string }[] }>(
    'GET',
    `/accounts/${accountSid}/calls`,
  );
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ to: '+12125550001', from: '+12125550199' });
}, 120_000);

function runShell(script: string, env: Readonly<Record<string, string>>) {
  return new Promise<{ readonly code: number | null; readonly output: string }>((done) => {
    const shell = spawn('bash', ['-euo', 'pipefail'], {
      env: { ...process.env, ...env },
      timeout: TOUR_WITHIN_MS,
    });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    }
    shell.on('close', (code) => done({ code, output }));
    shell.stdin.end(script);
  });
}

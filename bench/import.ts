import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_EMAIL } from '../cli/local/api-client.ts';
import { type Stack, startStack } from '../cli/local/stack.ts';
import type { Figure } from './figure.ts';

const ROWS = 200_000;
/** Every so many rows one has no phone number. */
const BAD_EVERY = 1_000;
const MAPPING = { number: 'Phone', externalId: 'Id', fields: { firstName: 'Name', city: 'City' } };

type Import = {
  readonly id: string;
  readonly state: string;
  readonly bytes: number;
  readonly bytesDone: number;
  readonly added: number;
  readonly changed: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly error: string | null;
};

/** A file through the whole local stack: once in peace, once with the app killed twice. */
export async function importBench(): Promise<Figure[]> {
  return [...(await importFile(0)), ...(await importFile(2))];
}

async function importFile(kills: number): Promise<Figure[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'destiny-bench-import-'));
  const others = new Set(workerdProcesses());
  const options = { stateDir, timeScale: 1, seed: 1, callsPerSecond: 1, cronEveryMs: 1000 };
  const stack = await startStack(options);
  try {
    const { key, request } = await tenantOf(stack);
    const { id } = await request<Import>('POST', '/imports', { name: 'Bench' });
    await upload(stack, id, key);
    const idleMb = residentMb(others);
    let peakMb = idleMb;
    const startedAt = performance.now();
    await request('POST', `/imports/${id}/run`, { mapping: MAPPING });
    let killed = 0;
    let own = await request<Import>('GET', `/imports/${id}`);
    while (own.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 200));
      own = await request<Import>('GET', `/imports/${id}`);
      peakMb = Math.max(peakMb, residentMb(others));
      if (killed < kills && own.bytesDone > (own.bytes * (killed + 1)) / (kills + 1)) {
        killed += 1;
        await stack.killApp();
      }
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const bad = ROWS / BAD_EVERY;
    const wrong =
      Math.abs(own.added - (ROWS - bad)) + own.changed + own.duplicates + (own.error ? 1 : 0);
    const missing = await missingLines(stack, id, key);
    const what = `${ROWS} rows, ${kills} kills`;
    return [
      { bench: 'import', what, value: seconds, unit: 's' },
      { bench: 'import', what, value: ROWS / seconds, unit: 'rows a second' },
      { bench: 'import', what, value: peakMb - idleMb, unit: 'MB more than idle', most: 128 },
      { bench: 'import', what, value: peakMb, unit: 'MB of workerd: all Workers, D1, R2, queues' },
      { bench: 'import', what, value: wrong, unit: 'rows lost or doubled', most: 0 },
      { bench: 'import', what, value: missing, unit: 'refused rows not told of', most: 0 },
    ];
  } finally {
    await stack.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function tenantOf(stack: Stack) {
  const { api, secrets } = stack;
  const account = { authToken: secrets.authToken, callsPerSecond: 1, maxConcurrentCalls: 5 };
  await api.request('PUT', `/carrier-accounts/${secrets.accountSid}`, account);
  const tenant = await api.request<{ id: string }>('POST', '/tenants', {
    ...{ name: 'Bench', plan: 'OUTBOUND', timeZone: 'America/New_York', callingCodes: ['1'] },
    carrierAccountSid: secrets.accountSid,
  });
  // The first request of a tenant makes its key.
  await api.request('GET', '/lists', undefined, tenant.id);
  const request = <T>(method: string, path: string, body?: unknown) =>
    api.request<T>(method, path, body, tenant.id);
  return { key: await keyFor(stack, tenant.id), request };
}

/** For bodies and answers that are no JSON. */
async function keyFor({ appUrl, secrets }: Stack, tenantId: string): Promise<Headers> {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${appUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const person = { email: ADMIN_EMAIL, password: secrets.adminPassword };
  const cookies = (await post('/auth/sign-in', person)).headers.getSetCookie();
  const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
  await post(`/tenants/${tenantId}/act-as`, { reason: 'bench' }, { cookie });
  const wish = { name: 'bench', scopes: ['contacts:read', 'contacts:write'] };
  const made = await post('/api-keys', wish, { cookie, 'destiny-tenant': tenantId });
  const { key } = (await made.json()) as { key: string };
  return new Headers({ authorization: `Bearer ${key}` });
}

async function upload({ appUrl }: Stack, id: string, key: Headers): Promise<void> {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const number = i % BAD_EVERY === 0 ? 'unknown' : `+1212${String(2_000_000 + i)}`;
    return `p${i},${number},"Person ${i}, of the file",Springfield`;
  });
  const headers = new Headers(key);
  headers.set('content-type', 'text/csv');
  const response = await fetch(`${appUrl}/api/v1/imports/${id}/file`, {
    ...{ method: 'PUT', headers, body: `Id,Phone,Name,City\n${rows.join('\n')}\n` },
  });
  if (!response.ok) throw new Error(`The upload answered ${response.status}`);
}

/** Bad rows whose line and reason the result file does not name. */
async function missingLines({ appUrl }: Stack, id: string, key: Headers): Promise<number> {
  const response = await fetch(`${appUrl}/api/v1/imports/${id}/result`, { headers: key });
  const text = await response.text();
  const told = new Set(text.split('\r\n').map((line) => /^(\d+),invalid_number,/.exec(line)?.[1]));
  const bad = Array.from({ length: ROWS / BAD_EVERY }, (_, i) => String(i * BAD_EVERY + 2));
  return bad.filter((line) => !told.has(line)).length;
}

/** Of the largest workerd that this bench started; 0 where there is no /proc. */
function residentMb(others: ReadonlySet<string>): number {
  const own = workerdProcesses().filter((pid) => !others.has(pid));
  const sizes = own.map((pid) => {
    const found = /^VmRSS:\s+(\d+)/m.exec(readOr(`/proc/${pid}/status`));
    return Number(found?.[1] ?? 0) / 1024;
  });
  return Math.max(0, ...sizes);
}

function workerdProcesses(): string[] {
  return pids().filter((pid) => readOr(`/proc/${pid}/comm`).includes('workerd'));
}

function pids(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

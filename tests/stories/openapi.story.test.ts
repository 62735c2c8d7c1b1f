import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { hc } from 'hono/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routeEntries } from '../../src/contract/api.ts';
import type { ApiApp } from '../../src/http/api/client.ts';
import {
  type ApiHarness,
  expectStatus,
  newTenant,
  owner,
  startApi,
} from '../support/api-harness.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'destiny-openapi-'));

let api: ApiHarness;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the document is OpenAPI 3.1, and Redocly finds nothing to say of it', async () => {
  const { text, body } = expectStatus(await api.ask('GET', '/openapi.json'), 200);
  expect(body.openapi).toBe('3.1.0');
  const file = join(folder, 'openapi.json');
  writeFileSync(file, text);
  const lint = await run(
    process.execPath,
    [join(ROOT, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', file, '--extends=recommended'],
    {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  const said = `${lint.stdout}${lint.stderr}`;
  expect(said).toContain('Your API description is valid');
  expect(said).not.toMatch(/\d+ (warning|error)/);
}, 60_000);

test('every route of the contract is in the document and on the reference page', async () => {
  const document = (await api.ask('GET', '/openapi.json')).body as unknown as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const page = expectStatus(await api.ask('GET', '/reference'), 200).text;
  for (const [name, spec] of routeEntries()) {
    expect(document.paths[spec.path]?.[spec.method]?.operationId).toBe(name);
    expect(page).toContain(`<code>${spec.method.toUpperCase()} ${spec.path}</code>`);
  }
});

test('the typed client of hono speaks to it', async () => {
  const { key } = await newTenant(api, await owner(api));
  const client = hc<ApiApp>('http://localhost', {
    headers: key,
    fetch: (input: string | URL | Request, init?: RequestInit) =>
      api.send(String(input).replace('http://localhost', ''), init),
  });
  const saved = await client.api.v1.scripts.$post({
    json: { name: 'Typed', content: '[start]\nHello.\n-> END\n' },
  });
  expect(saved.status).toBe(201);
  const { id } = await saved.json();
  const read = await client.api.v1.scripts[':id'].$get({ param: { id } });
  const { name, revision } = await read.json();
  expect({ name, revision }).toEqual({ name: 'Typed', revision: 1 });
  // @ts-expect-error a body without its name does not compile
  const wrong = await client.api.v1.scripts.$post({ json: { content: '' } });
  expect(wrong.status).toBe(422);
});

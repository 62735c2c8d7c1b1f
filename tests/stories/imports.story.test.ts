import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ApiHarness,
  expectProblem,
  expectStatus,
  newTenant,
  owner,
  startApi,
} from '../support/api-harness.ts';

let api: ApiHarness;
let key: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await startApi();
  key = (await newTenant(api, await owner(api))).key;
});
afterAll(() => api.stop());

const send = (path: string, text: string, type = 'text/csv') =>
  api.ask('PUT', path, { text, headers: { ...key, 'content-type': type } });

async function begin(name: string, kind = 'contacts') {
  const made = await api.ask('POST', '/imports', { body: { name, kind }, headers: key });
  return `/imports/${expectStatus(made, 201).body.id}`;
}

async function ended(path: string) {
  await expect
    .poll(async () => (await api.ask('GET', path, { headers: key })).body.state, {
      timeout: 30_000,
      interval: 100,
    })
    .toMatch(/^(checked|done|failed)$/);
  return (await api.ask('GET', path, { headers: key })).body;
}

test('a file is sent, tried, run; its refused rows come back as a file', async () => {
  const rows = Array.from(
    { length: 3_000 },
    (_, i) => `p${i};(212) 555-${String(i).padStart(4, '0')};"Person; ${i}"`,
  );
  rows[1500] = 'bad;=1+1;Nobody';
  const path = await begin('May');
  const sent = expectStatus(
    await send(`${path}/file`, `Id;Phone;Name\r\n${rows.join('\r\n')}`),
    200,
  );
  expect(sent.body).toMatchObject({
    ...{ state: 'uploaded', columns: ['Id', 'Phone', 'Name'], delimiter: ';' },
  });
  const list = await api.ask('POST', '/lists', { body: { name: 'May' }, headers: key });
  const mapping = {
    ...{ number: 'Phone', externalId: 'Id', fields: { firstName: 'Name' } },
    listId: list.body.id,
  };
  const ask = { body: { mapping }, headers: key };
  expectStatus(await api.ask('POST', `${path}/check`, ask), 202);
  expect(await ended(path)).toMatchObject({ state: 'checked', added: 2_999, rejected: 1 });
  expectStatus(await api.ask('POST', `${path}/run`, ask), 202);
  expect(await ended(path)).toMatchObject({ state: 'done', added: 2_999, rejected: 1 });
  const result = expectStatus(await api.ask('GET', `${path}/result`, { headers: key }), 200);
  expect(result.headers.get('content-type')).toContain('text/csv');
  expect(result.text).toBe(
    'line,code,reason\r\n1502,invalid_number,"""=1+1"" is no phone number; write it like +15551234567."\r\n',
  );
  const found = await api.ask('GET', '/contacts?externalId=p7', { headers: key });
  expect(found.body.contacts).toMatchObject([
    { number: '+12125550007', fields: { firstName: 'Person; 7' } },
  ]);
});

test('numbers not to be called are imported, listed, and lifted with a reason', async () => {
  const path = await begin('Old list', 'suppressions');
  expectStatus(await send(`${path}/file`, 'Phone\n+12125550801\n+12125550802\n'), 200);
  const ask = { body: { mapping: { number: 'Phone' } }, headers: key };
  expectStatus(await api.ask('POST', `${path}/run`, ask), 202);
  expect(await ended(path)).toMatchObject({ state: 'done', added: 2 });
  const lift = { body: { number: '+12125550801', reason: 'She asked to' }, headers: key };
  expectStatus(await api.ask('POST', '/suppressions/lift', lift), 204);
  expectProblem(await api.ask('POST', '/suppressions/lift', lift), 404, 'not_found');
  const note = { e164: '+12125550803', source: 'Letter of May 3' };
  expectStatus(await api.ask('POST', '/suppressions', { body: note, headers: key }), 204);
  const { suppressions } = (await api.ask('GET', '/suppressions', { headers: key })).body;
  expect(suppressions).toMatchObject([
    { number: '+12125550802', reason: 'import', source: 'Old list' },
    { number: '+12125550803', reason: 'manual', source: 'Letter of May 3' },
  ]);
});

test('what is no CSV file, or no file at all, is refused and leaves the import as it was', async () => {
  const path = await begin('Wrong');
  expectProblem(
    await send(`${path}/file`, 'a,b', 'application/json'),
    415,
    'unsupported_media_type',
  );
  expectProblem(await send(`${path}/file`, 'only a header'), 422, 'invalid_input');
  const ask = { body: { mapping: { number: 'Phone' } }, headers: key };
  expectProblem(await api.ask('POST', `${path}/run`, ask), 409, 'conflict');
  const read = await api.ask('GET', path, { headers: key });
  expect(read.body).toMatchObject({ state: 'waiting', columns: [] });
});

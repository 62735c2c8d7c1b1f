import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';

const worker = (name: string, vars: Record<string, string>) => ({
  config: {
    name,
    main: './tests/stories/fixtures/speech-pacer-worker.ts',
    compatibility_date: '2026-11-01',
    vars,
    durable_objects: { bindings: [{ name: 'PACER', class_name: 'Pacer' }] },
    migrations: [{ tag: 'v1', new_sqlite_classes: ['Pacer'] }],
  },
});
const harness = createTestHarness({
  workers: [
    worker('standard', {}),
    worker('fast', { SPEECH_REQUESTS_PER_MINUTE: '60000' }),
    worker('broken', { SPEECH_REQUESTS_PER_MINUTE: 'many' }),
  ],
});

beforeAll(async () => void (await harness.listen()));
afterAll(() => harness.close());

type Answer = { delaysMs: number[]; message: string };

async function reserve(
  project: string,
  request: { n: number; priority: string },
  workerName = 'standard',
): Promise<Answer> {
  const response = await harness
    .getWorker(workerName)
    .fetch(`/${project}`, { method: 'POST', body: JSON.stringify(request) });
  return (await response.json()) as Answer;
}

test('reservations add up, and survive the object being put out of memory', async () => {
  const first = await reserve('a', { n: 100, priority: 'publish' });
  expect(first.delaysMs.filter((delay) => delay === 0)).toHaveLength(6);
  await harness.getWorker('standard').evictDurableObject('PACER', { name: '/a' });
  const second = await reserve('a', { n: 1, priority: 'publish' });
  expect(second.delaysMs[0]).toBeGreaterThan(60_000);
});

test('each project has a pace of its own', async () => {
  await reserve('b', { n: 100, priority: 'publish' });
  expect((await reserve('c', { n: 1, priority: 'publish' })).delaysMs).toEqual([0]);
});

test('the limit comes from SPEECH_REQUESTS_PER_MINUTE', async () => {
  const { delaysMs } = await reserve('a', { n: 100, priority: 'campaign' }, 'fast');
  expect(Math.max(...delaysMs)).toBe(0);
});

test('a limit that is no number is named in the error', async () => {
  const { message } = await reserve('a', { n: 1, priority: 'call' }, 'broken');
  expect(message).toContain('Set SPEECH_REQUESTS_PER_MINUTE');
});

test.each([
  [{ n: 0, priority: 'call' }, 'Ask for 1 to 100 slots'],
  [{ n: 1.5, priority: 'call' }, 'Ask for 1 to 100 slots'],
  [{ n: 101, priority: 'call' }, 'Ask for 1 to 100 slots'],
])('%j is refused', async (request, message) => {
  expect((await reserve('d', request)).message).toContain(message);
});

import { createTestHarness } from 'wrangler';

export type BenchWorker = {
  /** Posts JSON and reads JSON; anything but success is an error. */
  readonly ask: <T>(path: string, body?: unknown) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** The Worker of `bench/NAME-worker` in a workerd of its own, its database migrated. */
export async function startWorker(name: string): Promise<BenchWorker> {
  const harness = createTestHarness({
    workers: [{ configPath: `./bench/${name}-worker/wrangler.toml` }],
  });
  await harness.listen();
  await harness.getWorker(`destiny-bench-${name}`).applyD1Migrations('DATA');
  return {
    ask: async <T>(path: string, body?: unknown) => {
      const response = await harness.fetch(path, {
        method: 'POST',
        body: JSON.stringify(body ?? {}),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return (await response.json()) as T;
    },
    close: () => harness.close(),
  };
}

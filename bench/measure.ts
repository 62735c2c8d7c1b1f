/** Middle of the times of `runs` runs, in milliseconds; two runs before them warm up. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  for (let i = 0; i < 2; i++) await work();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** Middle time of one `work` in milliseconds, where one is too short for the clock. */
export async function medianMsOfEach(
  runs: number,
  times: number,
  work: () => unknown,
): Promise<number> {
  const many = async () => {
    for (let i = 0; i < times; i++) await work();
  };
  return (await medianMs(runs, many)) / times;
}

/** Like `medianMsOfEach` for work that awaits nothing: an await would cost more than it. */
export async function medianMsOfEachSync(
  runs: number,
  times: number,
  work: () => unknown,
): Promise<number> {
  const many = () => {
    for (let i = 0; i < times; i++) work();
  };
  return (await medianMs(runs, many)) / times;
}

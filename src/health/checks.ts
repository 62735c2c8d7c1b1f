/** One thing the platform needs, whether it is in reach, and what to do when it is not. */
export type HealthCheck = {
  readonly name: string;
  readonly isHealthy: boolean;
  /** What people see while it fails. */
  readonly cause: string | null;
  readonly remedy: string | null;
};

export type Probe = {
  readonly name: string;
  readonly cause: string;
  readonly remedy: string;
  /** Throws when the thing is out of reach. */
  readonly check: () => Promise<unknown>;
};

/** Runs every probe side by side; one that fails hides no other. */
export function runProbes(probes: readonly Probe[]): Promise<HealthCheck[]> {
  return Promise.all(
    probes.map(async ({ name, cause, remedy, check }) => {
      try {
        await check();
        return { name, isHealthy: true, cause: null, remedy: null };
      } catch {
        return { name, isHealthy: false, cause, remedy };
      }
    }),
  );
}

/** The databases a Worker cannot do without. */
export function databaseProbes(databases: Readonly<Record<string, D1Database>>): Probe[] {
  return Object.entries(databases).map(([name, database]) => ({
    name: `D1 ${name}`,
    cause: `The database ${name} does not answer, so pages that need it answer 500.`,
    remedy: `Check the binding ${name} and that its migrations were applied.`,
    check: () => database.prepare('SELECT 1').first(),
  }));
}

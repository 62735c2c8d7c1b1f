import type { Gathered } from '../cli/demo/gather.ts';
import type { DrillRun } from './drill-plan.ts';

/** Calls that the wrong tenant placed, or can read by their id. */
export async function isolationFaults(
  { stack, demos }: DrillRun,
  { tenants, carrier }: Gathered,
): Promise<string[]> {
  const found: string[] = [];
  const fromOf = new Map(carrier.map(({ url, from }) => [callIdOf(url), from]));
  for (const { demo, calls } of tenants) {
    const strangers = calls.filter(
      ({ id }) => (fromOf.get(id) ?? demo.fromNumber) !== demo.fromNumber,
    );
    if (strangers.length > 0)
      found.push(`${strangers.length} calls left by another tenant's number`);
    const id = calls[0]?.id;
    for (const other of demos.filter(({ tenantId }) => tenantId !== demo.tenantId)) {
      const answer = await stack.api
        .request('GET', `/calls/${id}`, undefined, other.tenantId)
        .then(() => 'answered 200', String);
      if (!answer.includes('answered 404')) found.push(`a call of another tenant: ${answer}`);
    }
  }
  return found;
}

function callIdOf(url: string | null): string | undefined {
  return /\/c\/([^/]+)\//.exec(url ?? '')?.[1];
}

import { and, eq } from 'drizzle-orm';
import { scriptVersion } from '../db/schema/script.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import type { Flow } from '../flow/types.ts';
import { DestinyError } from '../shared/errors.ts';
import { type SpeechPlan, speechPlan } from './speech-plan.ts';

export type PublishedFlow = {
  readonly flow: Flow;
  readonly hash: string;
  readonly plan: SpeechPlan;
};

/** Enough for every campaign an isolate works on at a time. */
const MOST_FLOWS = 50;

/** Published flows of one isolate. A version never changes, so an entry is never stale. */
export class FlowCache {
  readonly #flows = new Map<string, PublishedFlow>();

  async get(db: TenantDb, scriptId: string, version: number): Promise<PublishedFlow> {
    const key = `${db.tenantId}/${scriptId}/${version}`;
    const known = this.#flows.get(key);
    if (known !== undefined) return known;
    const row = await db.findOne(
      scriptVersion,
      and(eq(scriptVersion.scriptId, scriptId), eq(scriptVersion.version, version)) ??
        eq(scriptVersion.scriptId, scriptId),
    );
    if (row === null) {
      throw new DestinyError('not_found', `Script ${scriptId} has no version ${version}.`);
    }
    const found = { flow: row.flowJson, hash: row.hash, plan: speechPlan(row.flowJson) };
    this.#flows.set(key, found);
    const oldest = this.#flows.keys().next().value;
    if (this.#flows.size > MOST_FLOWS && oldest !== undefined) this.#flows.delete(oldest);
    return found;
  }
}

import { eq } from 'drizzle-orm';
import type { FindSpeech } from '../audio/ensure-speech.ts';
import type { RecipePart } from '../audio/recipe.ts';
import type { CarrierAccountRow, InboundNumber, PlatformDb } from '../db/platform-db.ts';
import { script } from '../db/schema/script.ts';
import type { FlowCache, PublishedFlow } from '../scripts/flow-cache.ts';
import type { ScriptSpeechJob } from '../scripts/script-speech.ts';
import { literalClips } from '../scripts/script-speech.ts';
import type { Clock } from '../shared/clock.ts';
import type { TenantContext } from '../tenants/context.ts';

/** A change of a number, a script or a plan reaches callers this late. */
const FRESH_MS = 10_000;
/** More than the numbers that ring in one isolate. */
const MOST_LINES = 2000;

/** Whom a called number belongs to, and what answers it. */
export type InboundLine = {
  readonly number: InboundNumber;
  readonly ctx: TenantContext;
  /** Null: nobody answers this number. */
  readonly answer: {
    readonly scriptId: string;
    readonly version: number;
    readonly published: PublishedFlow;
    /** The audio of its literal sentences. */
    readonly clips: ReadonlyMap<string, RecipePart>;
  } | null;
};

export type InboundDirectoryDeps = {
  readonly clock: Clock;
  readonly platform: Pick<PlatformDb, 'inboundNumber' | 'carrierAccountBySid'>;
  readonly flows: FlowCache;
  readonly tenant: (row: InboundNumber['tenant']) => TenantContext;
  readonly findSpeech: (ctx: TenantContext) => FindSpeech;
  /** Has missing sentences made, for the callers after this one. */
  readonly requestSpeech: (job: ScriptSpeechJob) => void;
};

/**
 * What one isolate knows of called numbers and accounts, for ten seconds: a thousand callers at once
 * ask the database once, not three thousand times.
 */
export class InboundDirectory {
  readonly #deps: InboundDirectoryDeps;
  readonly #lines = new Map<
    string,
    { readonly at: number; readonly line: Promise<InboundLine | null> }
  >();
  readonly #accounts = new Map<
    string,
    { readonly at: number; readonly account: Promise<CarrierAccountRow | null> }
  >();

  constructor(deps: InboundDirectoryDeps) {
    this.#deps = deps;
  }

  /** Null for a number of nobody. */
  async line(e164: string): Promise<InboundLine | null> {
    const now = this.#deps.clock.now();
    const known = this.#lines.get(e164);
    if (known !== undefined && now - known.at < FRESH_MS) return known.line;
    const line = this.#load(e164);
    keep(this.#lines, e164, { at: now, line });
    line.catch(() => this.#lines.delete(e164));
    return line;
  }

  async account(sid: string): Promise<CarrierAccountRow | null> {
    const now = this.#deps.clock.now();
    const known = this.#accounts.get(sid);
    if (known !== undefined && now - known.at < FRESH_MS) return known.account;
    const account = this.#deps.platform.carrierAccountBySid(sid);
    keep(this.#accounts, sid, { at: now, account });
    account.catch(() => this.#accounts.delete(sid));
    return account;
  }

  async #load(e164: string): Promise<InboundLine | null> {
    const number = await this.#deps.platform.inboundNumber(e164);
    if (number === null) return null;
    const ctx = this.#deps.tenant(number.tenant);
    return { number, ctx, answer: await this.#answerOf(ctx, number.inboundScriptId) };
  }

  async #answerOf(ctx: TenantContext, scriptId: string | null): Promise<InboundLine['answer']> {
    if (scriptId === null) return null;
    const own = await ctx.db.findOne(script, eq(script.id, scriptId));
    if (own === null || own.publishedVersion === 0) return null;
    const version = own.publishedVersion;
    const published = await this.#deps.flows.get(ctx.db, scriptId, version);
    const literal = literalClips(published, ctx.tenant);
    const { settings } = published.flow;
    const clips = await this.#deps.findSpeech(ctx)({ settings, clips: literal });
    if (clips.size < literal.length) {
      this.#deps.requestSpeech({ tenantId: ctx.tenant.id, scriptId, version });
    }
    return { scriptId, version, published, clips };
  }
}

function keep<T>(entries: Map<string, T>, key: string, entry: T): void {
  // Set anew it is the youngest; the oldest goes first.
  entries.delete(key);
  entries.set(key, entry);
  const oldest = entries.keys().next().value;
  if (entries.size > MOST_LINES && oldest !== undefined) entries.delete(oldest);
}

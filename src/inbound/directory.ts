import { eq } from 'drizzle-orm';
import type { FindSpeech } from '../audio/ensure-speech.ts';
import type { RecipePart } from '../audio/recipe.ts';
import type { InboundNumber, PlatformDb } from '../db/platform-db.ts';
import { script } from '../db/schema/script.ts';
import type { FlowCache, PublishedFlow } from '../scripts/flow-cache.ts';
import type { ScriptSpeechJob } from '../scripts/script-speech.ts';
import { literalClips } from '../scripts/script-speech.ts';
import type { Clock } from '../shared/clock.ts';
import type { Sealer } from '../shared/seal.ts';
import type { TenantContext } from '../tenants/context.ts';
import { CallerLookup } from './caller-lookup.ts';
import { newestContacts } from './newest-contacts.ts';
import { Remembered } from './remembered.ts';

/** Whom a called number belongs to, and what answers it. */
export type InboundLine = {
  readonly number: InboundNumber;
  readonly ctx: TenantContext;
  readonly callers: Pick<CallerLookup, 'find'>;
  /** Null: nobody answers this number. */
  readonly answer: {
    readonly scriptId: string;
    readonly version: number;
    readonly published: PublishedFlow;
    /** The audio of its literal sentences. */
    readonly clips: ReadonlyMap<string, RecipePart>;
  } | null;
};

/** An account whose signatures are verified; the token stays in memory, unsealed, no longer than the rest. */
export type KnownAccount = {
  readonly sid: string;
  readonly tokenSealed: string;
  readonly authToken: string;
};

export type InboundDirectoryDeps = {
  readonly sealer: Pick<Sealer, 'open'>;
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
  readonly #lines: Remembered<InboundLine | null>;
  readonly #accounts: Remembered<KnownAccount | null>;

  constructor(deps: InboundDirectoryDeps) {
    this.#deps = deps;
    this.#lines = new Remembered(deps.clock, (e164) => this.#load(e164));
    this.#accounts = new Remembered(deps.clock, (sid) => this.#loadAccount(sid));
  }

  /** Null for a number of nobody. */
  line(e164: string): Promise<InboundLine | null> {
    return this.#lines.get(e164);
  }

  account(sid: string): Promise<KnownAccount | null> {
    return this.#accounts.get(sid);
  }

  async #loadAccount(sid: string): Promise<KnownAccount | null> {
    const row = await this.#deps.platform.carrierAccountBySid(sid);
    if (row === null) return null;
    const { tokenSealed } = row;
    return { sid, tokenSealed, authToken: await this.#deps.sealer.open(tokenSealed) };
  }

  async #load(e164: string): Promise<InboundLine | null> {
    const number = await this.#deps.platform.inboundNumber(e164);
    if (number === null) return null;
    const ctx = this.#deps.tenant(number.tenant);
    const answer = await this.#answerOf(ctx, number.inboundScriptId);
    const callers = new CallerLookup(this.#deps.clock, (e164s) => newestContacts(ctx.db, e164s));
    return { number, ctx, answer, callers };
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

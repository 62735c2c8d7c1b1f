import { inList } from '../db/in-list.ts';
import { clip } from '../db/schema/script.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import { NORMALISER_VERSION } from '../flow/speak/version.ts';
import type { FlowSettings } from '../flow/types.ts';
import type { Clock } from '../shared/clock.ts';
import type { ObjectStore } from '../store/store.ts';
import type { ClipCache } from './clip-cache.ts';
import { sentenceKey } from './key.ts';
import { type ClipOrder, type MadeClip, primeClips } from './prime.ts';
import { occurring } from './pronunciation.ts';
import type { RecipePart } from './recipe.ts';
import { type Speech, SpeechError } from './speech.ts';
import type { SpeechPriority, SpeechSlots } from './speech-pacer.ts';
import { tenantAudioSecret } from './tenant-secret.ts';

export type EnsureSpeechInput = {
  readonly settings: Pick<FlowSettings, 'voice' | 'language' | 'speed' | 'pronunciations'>;
  readonly clips: readonly { readonly text: string; readonly kind: 'static' | 'dynamic' }[];
  readonly priority: SpeechPriority;
  /** Makes no more than so many; what is over is in `left`. */
  readonly makeAtMost?: number;
};

export type EnsuredSpeech = {
  /** The audio of each text that exists now. */
  readonly parts: ReadonlyMap<string, RecipePart>;
  /** Texts that had to be made. */
  readonly made: ReadonlySet<string>;
  /** Texts that are missing because of `makeAtMost`. */
  readonly left: ReadonlySet<string>;
  /** Why something could not be made; a fault that may pass hides a text that is at fault. */
  readonly failure: SpeechError | null;
};

export type EnsureSpeech = (input: EnsureSpeechInput) => Promise<EnsuredSpeech>;

export type FindSpeech = (
  input: Pick<EnsureSpeechInput, 'settings' | 'clips'>,
) => Promise<ReadonlyMap<string, RecipePart>>;

export type EnsureSpeechDeps = {
  readonly audioSecret: string;
  readonly speech: Speech;
  readonly pacer: SpeechSlots;
  readonly store: ObjectStore;
  readonly clips: ClipCache;
  readonly clock: Clock;
  readonly random: () => number;
};

/** Looks one tenant's sentences up in the index and makes those that are not there yet. */
export function ensureSpeechWith(db: TenantDb, deps: EnsureSpeechDeps): EnsureSpeech {
  const secret = tenantAudioSecret(deps.audioSecret, db.tenantId);
  return async ({ settings, clips, priority, makeAtMost }) => {
    const orders = await withKeys(await secret, settings, clips);
    const parts = await partsOf(db, orders);
    const lacking = orders.filter((order) => !parts.has(order.key));
    const missing = lacking.slice(0, makeAtMost);
    const results = await primeClips({
      ...deps,
      tenant: db.tenantId,
      missing,
      voice: settings.voice,
      language: settings.language,
      speed: settings.speed,
      priority,
      onMade: (made) => index(db, missing, made, deps.clock.now()),
    });
    for (const result of results) if ('bytes' in result) parts.set(result.key, result);
    const faults = results.flatMap((one) => ('error' in one ? [speechError(one.error)] : []));
    return {
      parts: new Map(orders.flatMap((order) => partOf(order, parts))),
      left: new Set(lacking.slice(missing.length).map(({ text }) => text)),
      made: new Set(missing.filter(({ key }) => parts.has(key)).map(({ text }) => text)),
      failure: faults.find((fault) => fault.class !== 'invalid') ?? faults[0] ?? null,
    };
  };
}

/** The audio that exists of these sentences, by their texts; nothing is made. */
export function findSpeechWith(db: TenantDb, audioSecret: string): FindSpeech {
  const secret = tenantAudioSecret(audioSecret, db.tenantId);
  return async ({ settings, clips }) => {
    const orders = await withKeys(await secret, settings, clips);
    const parts = await partsOf(db, orders);
    return new Map(orders.flatMap((order) => partOf(order, parts)));
  };
}

/** The keys of these sentences' audio, made or not. */
export async function clipKeys(
  tenantId: string,
  audioSecret: string,
  settings: EnsureSpeechInput['settings'],
  clips: EnsureSpeechInput['clips'],
): Promise<string[]> {
  const orders = await withKeys(await tenantAudioSecret(audioSecret, tenantId), settings, clips);
  return orders.map(({ key }) => key);
}

async function partsOf(db: TenantDb, orders: readonly Order[]): Promise<Map<string, RecipePart>> {
  const keys = orders.map((order) => order.key);
  const known = await db.find(clip, inList(clip.key, keys));
  return new Map(known.map(({ key, kind, bytes }) => [key, { key, kind, bytes }]));
}

type Order = ClipOrder & { readonly key: string };

async function withKeys(
  secret: CryptoKey,
  settings: EnsureSpeechInput['settings'],
  clips: EnsureSpeechInput['clips'],
): Promise<Order[]> {
  const different = new Map(clips.map((one) => [one.text, one]));
  return Promise.all(
    [...different.values()].map(async ({ text, kind }) => {
      const { voice, language, speed } = settings;
      const pronunciations = occurring(settings.pronunciations ?? {}, text);
      const form = {
        voice,
        language,
        speed,
        normalizerVersion: NORMALISER_VERSION,
        pronunciations,
        text,
      };
      return { text, kind, pronunciations, key: await sentenceKey(secret, form) };
    }),
  );
}

function partOf(order: Order, parts: ReadonlyMap<string, RecipePart>): [string, RecipePart][] {
  const part = parts.get(order.key);
  return part === undefined ? [] : [[order.text, part]];
}

async function index(
  db: TenantDb,
  orders: readonly Order[],
  made: MadeClip,
  now: number,
): Promise<void> {
  const characters = orders.find((order) => order.key === made.key)?.text.length ?? 0;
  await db.run(db.raw(INSERT_CLIP, made.key, made.kind, made.bytes, characters, now));
}

function speechError(error: unknown): SpeechError {
  if (error instanceof SpeechError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SpeechError('transient', message, { cause: error });
}

const INSERT_CLIP = `INSERT INTO clip (tenant_id, key, kind, bytes, characters, made_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO UPDATE SET kind = excluded.kind, bytes = excluded.bytes, made_at = excluded.made_at`;

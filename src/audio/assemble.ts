import { DestinyError } from '../shared/errors.ts';
import { type ObjectStore, readAll } from '../store/store.ts';
import type { ClipCache } from './clip-cache.ts';
import { clipPath } from './clip-path.ts';
import type { ByteRange } from './range.ts';
import type { Recipe, RecipePart } from './recipe.ts';
import { wavHeader, wavPadding } from './wav-header.ts';

export type LoadClip = (part: RecipePart) => Promise<Uint8Array>;

/**
 * Loads clips of one tenant, from the cache before the store. A clip that is missing, or has
 * another length than its recipe says, is a DestinyError `unknown_audio`.
 */
export function clipLoader(tenant: string, store: ObjectStore, clips: ClipCache): LoadClip {
  return async (part) => {
    const path = clipPath(tenant, part);
    const cached = clips.get(path);
    if (cached?.length === part.bytes) return cached;
    const object = await store.get(path);
    if (object === null) throw unknownAudio();
    if (object.bytes !== part.bytes) {
      await object.body.cancel();
      throw unknownAudio();
    }
    const clip = await readAll(object);
    if (clip.length !== part.bytes) throw unknownAudio();
    clips.set(path, clip);
    return clip;
  };
}

export function unknownAudio(): DestinyError {
  return new DestinyError('unknown_audio', 'There is no such audio; publish the script again.');
}

/** Of the six connections an invocation may hold, two are left for the edge cache and the rest. */
const READS_MAX = 4;

/**
 * A prompt, or a range of it, with all its clips at hand. Whole, because a stream that breaks off
 * may be kept by a cache as if it had ended: the Cache API of workerd does.
 */
export async function assemble(
  recipe: Recipe,
  range: ByteRange,
  load: LoadClip,
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = new Uint8Array(range.last + 1 - range.first);
  const pieces = piecesOf(recipe, load).filter(
    ({ start, bytes }) => start <= range.last && start + bytes > range.first,
  );
  let next = 0;
  const worker = async () => {
    for (let piece = pieces[next++]; piece !== undefined; piece = pieces[next++]) {
      const content = await piece.open();
      const skipped = Math.max(0, range.first - piece.start);
      const wanted = content.subarray(skipped, range.last + 1 - piece.start);
      answer.set(wanted, piece.start + skipped - range.first);
    }
  };
  await Promise.all(Array.from({ length: READS_MAX }, worker));
  return answer;
}

type Piece = {
  readonly start: number;
  readonly bytes: number;
  readonly open: () => Uint8Array | Promise<Uint8Array>;
};

function piecesOf({ parts, format }: Recipe, load: LoadClip): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const add = (bytes: number, open: Piece['open']) => {
    if (bytes > 0) pieces.push({ start, bytes, open });
    start += bytes;
  };
  const audioBytes = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  if (format === 'wav') {
    const header = wavHeader(audioBytes);
    add(header.length, () => header);
  }
  for (const part of parts) add(part.bytes, () => load(part));
  if (format === 'wav') add(wavPadding(audioBytes), () => new Uint8Array(1));
  return pieces;
}

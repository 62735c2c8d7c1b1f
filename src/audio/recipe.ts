import type { ClipKind, ClipRef } from './clip-path.ts';
import { WAV_HEADER_BYTES, wavPadding } from './wav-header.ts';

/** One clip of a prompt; `bytes` is the length of its raw mu-law (8,000 a second), at least 1. */
export type RecipePart = ClipRef & { readonly bytes: number };
export type RecipeFormat = 'wav' | 'ulaw';
export type Recipe = { readonly parts: readonly RecipePart[]; readonly format: RecipeFormat };

export const RECIPE_PARTS_MAX = 64;
/** Almost nine minutes of speech. */
export const RECIPE_BYTES_MAX = 4_194_304;

const LETTERS: Readonly<Record<ClipKind, string>> = { static: 's', dynamic: 'd' };
const KINDS: Readonly<Record<string, ClipKind>> = { s: 'static', d: 'dynamic' };
// 128 bits fill 21 characters and a third of the last one: one spelling for each key.
const PART = /^([sd])([\w-]{21}[AQgw])-([1-9a-z][0-9a-z]{0,5})$/;

/**
 * The file name of a prompt: its parts joined by dots, each a letter for the folder (`s` static,
 * `d` dynamic), the 22 characters of the key, a hyphen and the length in base 36; then `.wav` or
 * `.ulaw`. It says everything needed to answer the headers without reading a byte.
 */
export function encodeRecipe({ parts, format }: Recipe): string {
  const names = parts.map(({ kind, key, bytes }) => `${LETTERS[kind]}${key}-${bytes.toString(36)}`);
  return `${names.join('.')}.${format}`;
}

/** null for anything `encodeRecipe` would not have written, or beyond the limits. */
export function parseRecipe(name: string): Recipe | null {
  const match = /^(.+)\.(wav|ulaw)$/.exec(name);
  const names = match?.[1]?.split('.') ?? [];
  if (names.length === 0 || names.length > RECIPE_PARTS_MAX) return null;
  const parts: RecipePart[] = [];
  for (const text of names) {
    const [, letter = '', key = '', length = ''] = PART.exec(text) ?? [];
    const kind = KINDS[letter];
    if (kind === undefined) return null;
    parts.push({ kind, key, bytes: Number.parseInt(length, 36) });
  }
  if (audioBytes(parts) > RECIPE_BYTES_MAX) return null;
  return { parts, format: match?.[2] === 'wav' ? 'wav' : 'ulaw' };
}

/** Length of the whole answer: the audio, for WAV with its header and padding. */
export function recipeBytes({ parts, format }: Recipe): number {
  const audio = audioBytes(parts);
  return format === 'ulaw' ? audio : WAV_HEADER_BYTES + audio + wavPadding(audio);
}

/** Runs of parts that each fit in one recipe, in order. */
export function chunkParts(parts: readonly RecipePart[]): RecipePart[][] {
  const chunks: RecipePart[][] = [];
  let chunk: RecipePart[] = [];
  for (const part of parts) {
    const isFull =
      chunk.length === RECIPE_PARTS_MAX || audioBytes([...chunk, part]) > RECIPE_BYTES_MAX;
    if (isFull && chunk.length > 0) {
      chunks.push(chunk);
      chunk = [];
    }
    chunk.push(part);
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}

const audioBytes = (parts: readonly RecipePart[]): number =>
  parts.reduce((sum, { bytes }) => sum + bytes, 0);

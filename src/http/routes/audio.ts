import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import { assemble, clipLoader, unknownAudio } from '../../audio/assemble.ts';
import type { ClipCache } from '../../audio/clip-cache.ts';
import { holdMusic } from '../../audio/hold-music.ts';
import { type ByteRange, matchesEtag, parseRange } from '../../audio/range.ts';
import { parseRecipe, type Recipe, recipeBytes } from '../../audio/recipe.ts';
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { isId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import type { ObjectStore } from '../../store/store.ts';
import { problemResponse } from '../problem.ts';

export type AudioDeps = {
  readonly store: ObjectStore;
  /** Lives as long as the isolate. */
  readonly clips: ClipCache;
  /** `caches.default`; leave out where there is none. */
  readonly edge?: Pick<Cache, 'match' | 'put'>;
  readonly log: Log;
  readonly newRequestId: () => string;
};

type Prompt = {
  readonly tenant: string;
  readonly recipe: Recipe;
  readonly bytes: number;
  readonly etag: string;
};

/** Twilio asks for a prompt with no credentials: the unguessable keys in its name are the right. */
const YEAR_S = 31_536_000;
/** A person's words must be gone soon after they are erased; caches cannot be told. */
const PERSONAL_S = 3600;

/** `GET /audio/:tenant/:recipe`: a prompt, put together from its clips. */
export function audioRoutes(deps: AudioDeps): Hono {
  const app = new Hono();
  app.get('/audio/hold.wav', (c) => {
    const headers = { 'cache-control': `public, max-age=${YEAR_S}` };
    return c.body(holdMusic(), 200, { 'content-type': 'audio/wav', ...headers });
  });
  app.get('/audio/:tenant/:recipe', async (c) => {
    const prompt = await promptOf(c.req.param('tenant'), c.req.param('recipe'));
    if (matchesEtag(c.req.header('if-none-match') ?? null, prompt.etag)) {
      return new Response(null, { status: 304, headers: headersOf(prompt) });
    }
    if (c.req.method === 'HEAD') {
      return new Response(null, {
        headers: { ...headersOf(prompt), 'content-length': String(prompt.bytes) },
      });
    }
    return answer(c, deps, prompt);
  });
  app.onError((error, c) => problemResponse(c, error, deps.newRequestId(), deps.log));
  return app;
}

async function promptOf(tenant: string, name: string): Promise<Prompt> {
  const recipe = isId('ten', tenant) ? parseRecipe(name) : null;
  if (recipe === null) throw unknownAudio();
  const digest = await crypto.subtle.digest('SHA-256', utf8(`${tenant}/${name}`));
  const etag = `"${toBase64Url(new Uint8Array(digest, 0, 16))}"`;
  return { tenant, recipe, bytes: recipeBytes(recipe), etag };
}

const isPersonal = ({ recipe }: Prompt): boolean =>
  recipe.parts.some(({ kind }) => kind === 'dynamic');

function headersOf(prompt: Prompt): Record<string, string> {
  const { recipe, etag } = prompt;
  return {
    // Twilio refuses audio/basic and application/octet-stream (errors 12300 and 13420).
    'content-type': recipe.format === 'wav' ? 'audio/wav' : 'audio/ulaw',
    'accept-ranges': 'bytes',
    'cache-control': isPersonal(prompt)
      ? `public, max-age=${PERSONAL_S}`
      : `public, max-age=${YEAR_S}, immutable`,
    etag,
  };
}

async function answer(c: Context, deps: AudioDeps, prompt: Prompt): Promise<Response> {
  const range = requestedRange(c, prompt);
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { 'content-range': `bytes */${prompt.bytes}`, 'cache-control': 'no-store' },
    });
  }
  if (range !== null) {
    const contentRange = `bytes ${range.first}-${range.last}/${prompt.bytes}`;
    return new Response(await body(deps, prompt, range), {
      status: 206,
      headers: { ...headersOf(prompt), 'content-range': contentRange },
    });
  }
  const edgeKey = new URL(c.req.path, c.req.url).toString();
  const kept = await deps.edge?.match(edgeKey).catch(() => undefined);
  if (kept !== undefined) return kept;
  const everything = { first: 0, last: prompt.bytes - 1 };
  const response = new Response(await body(deps, prompt, everything), {
    headers: headersOf(prompt),
  });
  if (deps.edge !== undefined && !isPersonal(prompt)) {
    c.executionCtx.waitUntil(deps.edge.put(edgeKey, response.clone()).catch(() => {}));
  }
  return response;
}

function requestedRange(c: Context, { bytes, etag }: Prompt): ByteRange | 'unsatisfiable' | null {
  const ifRange = c.req.header('if-range');
  if (ifRange !== undefined && ifRange !== etag) return null;
  return parseRange(c.req.header('range') ?? null, bytes);
}

function body({ store, clips }: AudioDeps, { tenant, recipe }: Prompt, range: ByteRange) {
  return assemble(recipe, range, clipLoader(tenant, store, clips));
}

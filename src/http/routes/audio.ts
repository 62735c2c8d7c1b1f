import { type Context, Hono } from 'hono';
import { assemble, clipLoader, unknownAudio } from '../../audio/assemble.ts';
import type { ClipCache } from '../../audio/clip-cache.ts';
import { type ByteRange, matchesEtag, parseRange } from '../../audio/range.ts';
import { parseRecipe, type Recipe, recipeBytes } from '../../audio/recipe.ts';
import type { ObjectStore } from '../../audio/store.ts';
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { DestinyError } from '../../shared/errors.ts';
import { isId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';

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
const RETRY_AFTER_S = 2;

/** `GET /audio/:tenant/:recipe`: a prompt, put together from its clips. */
export function audioRoutes(deps: AudioDeps): Hono {
  const app = new Hono();
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
  app.onError((error, c) => problem(c, deps, error));
  return app;
}

async function promptOf(tenant: string, name: string): Promise<Prompt> {
  const recipe = isId('ten', tenant) ? parseRecipe(name) : null;
  if (recipe === null) throw unknownAudio();
  const digest = await crypto.subtle.digest('SHA-256', utf8(`${tenant}/${name}`));
  const etag = `"${toBase64Url(new Uint8Array(digest, 0, 16))}"`;
  return { tenant, recipe, bytes: recipeBytes(recipe), etag };
}

function headersOf({ recipe, etag }: Prompt): Record<string, string> {
  return {
    // Twilio refuses audio/basic and application/octet-stream (errors 12300 and 13420).
    'content-type': recipe.format === 'wav' ? 'audio/wav' : 'audio/ulaw',
    'accept-ranges': 'bytes',
    'cache-control': `public, max-age=${YEAR_S}, immutable`,
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
    return new Response(await body(c, deps, prompt, range), {
      status: 206,
      headers: { ...headersOf(prompt), 'content-range': contentRange },
    });
  }
  const edgeKey = new URL(c.req.path, c.req.url).toString();
  const kept = await deps.edge?.match(edgeKey);
  if (kept !== undefined) return kept;
  const everything = { first: 0, last: prompt.bytes - 1 };
  const response = new Response(await body(c, deps, prompt, everything), {
    headers: headersOf(prompt),
  });
  if (deps.edge !== undefined) {
    c.executionCtx.waitUntil(deps.edge.put(edgeKey, response.clone()).catch(() => {}));
  }
  return response;
}

function requestedRange(c: Context, { bytes, etag }: Prompt): ByteRange | 'unsatisfiable' | null {
  const ifRange = c.req.header('if-range');
  if (ifRange !== undefined && ifRange !== etag) return null;
  return parseRange(c.req.header('range') ?? null, bytes);
}

/** Throws what keeps the first clip from being read; a later failure breaks the stream off. */
async function body(
  c: Context,
  { store, clips, log }: AudioDeps,
  { tenant, recipe }: Prompt,
  range: ByteRange,
): Promise<ReadableStream> {
  const chunks = assemble(recipe, range, clipLoader(tenant, store, clips));
  const first = await chunks.next();
  // The runtime sends Content-Length only for a stream whose length it knows.
  const { readable, writable } = new FixedLengthStream(range.last + 1 - range.first);
  const writer = writable.getWriter();
  const pump = async () => {
    for (let chunk = first; !chunk.done; chunk = await chunks.next()) {
      await writer.write(chunk.value);
    }
    await writer.close();
  };
  const pumped = pump().catch(async (error: unknown) => {
    const code = error instanceof DestinyError ? error.code : 'disconnected';
    log('warn', 'audio.broken_off', { tenant, code });
    await writer.abort(error).catch(() => {});
  });
  c.executionCtx.waitUntil(pumped);
  return readable;
}

function problem(c: Context, { log, newRequestId }: AudioDeps, error: Error): Response {
  const code = error instanceof DestinyError ? error.code : 'internal';
  const requestId = newRequestId();
  const status = code === 'unknown_audio' ? 404 : code === 'store_failed' ? 503 : 500;
  if (status !== 404) log('error', 'audio.failed', { requestId, code, path: c.req.path });
  return Response.json(
    {
      type: 'about:blank',
      title: status === 404 ? 'Not found' : 'Audio is not available',
      status,
      code,
      detail: error instanceof DestinyError ? error.message : 'Something went wrong; try again.',
      requestId,
    },
    {
      status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
      },
    },
  );
}

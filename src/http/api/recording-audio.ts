import type { OpenAPIHono } from '@hono/zod-openapi';
import { findSound } from '../../recordings/find-recording.ts';
import { checkLink } from '../../recordings/recording-link.ts';
import { DestinyError } from '../../shared/errors.ts';
import type { ApiDeps } from './context.ts';
import { type ApiEnv, takeFromBudget } from './mount.ts';
import { addressOf } from './run.ts';

/** Plays a recording to whoever holds its link: no cookie, so a player or another program can. */
export function mountRecordingAudio(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.get('/recordings/:id/audio', async (c) => {
    await takeFromBudget(c, deps, addressOf(c));
    const { store } = deps;
    const now = deps.identity.clock.now();
    const { linkSecret } = deps.recordings;
    const link = await checkLink(linkSecret, c.req.param('id'), c.req.query(), now);
    const { key, bytes } = await findSound(await deps.tenant(link.tenantId), link.recordingId);
    const headers = {
      ...{ 'content-type': 'audio/x-wav', 'cache-control': 'private, max-age=3600' },
      'accept-ranges': 'bytes',
    };
    const gone = () => new DestinyError('not_found', 'The sound is not in the store.');
    const range = rangeOf(c.req.header('range'), bytes);
    if (range === null) {
      const sound = await store.get(key);
      if (sound === null) throw gone();
      const length = { 'content-length': String(sound.bytes) };
      return new Response(sound.body, { headers: { ...headers, ...length } });
    }
    const { from, to } = range;
    const part = await store.getRange(key, from, to - from + 1);
    if (part === null) throw gone();
    const place = { 'content-range': `bytes ${from}-${to}/${bytes}` };
    return new Response(part, { status: 206, headers: { ...headers, ...place } });
  });
}

/** What one answer holds at most: a player asks for the next part by itself. */
const PART_BYTES = 1024 * 1024;

/** RFC 9110 section 14.2: one range, and what cannot be met is answered whole. */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): { readonly from: number; readonly to: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return from > to ? null : { from, to: Math.min(to, from + PART_BYTES - 1) };
}

import { DurableObject } from 'cloudflare:workers';
import { Buffer } from 'node:buffer';
import { systemClock } from '../clock.ts';
import type { Env } from '../env.ts';
import { decodeMedia } from '../speech/media.ts';
import { join } from '../speech/wav.ts';
import type { Media } from '../twiml/line.ts';
import { freshness } from './freshness.ts';
import { HttpFailure, httpClient } from './http.ts';

const FETCH_FAILURE = 11200;
const FETCH_TIMEOUT_MS = 15_000;
/** A row holds at most 2 MB. */
const PART_BYTES = 1_000_000;
const SHARDS = 4;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS media (
    url TEXT PRIMARY KEY, sha256 TEXT NOT NULL, content_type TEXT NOT NULL, bytes INTEGER NOT NULL,
    ms REAL NOT NULL, etag TEXT, fresh_until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS blob (
    sha256 TEXT NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (sha256, part)
  ) WITHOUT ROWID;`;

type Row = {
  readonly sha256: string;
  readonly content_type: string;
  readonly bytes: number;
  readonly ms: number;
  readonly etag: string | null;
  readonly fresh_until: number;
};

export function mediaProxyOf(env: Env, accountSid: string, url: string) {
  let hash = 0;
  for (let index = 0; index < url.length; index += 1) {
    hash = (Math.imul(hash, 31) + url.charCodeAt(index)) >>> 0;
  }
  return env.MEDIA.getByName(`${accountSid}:${hash % SHARDS}`);
}

/** The carrier's media proxy: fetches what <Play> names and keeps it as the headers allow. */
export class MediaProxy extends DurableObject<Env> {
  readonly #clock = systemClock;
  readonly #http = httpClient((url, init) => fetch(url, init), systemClock);

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(SCHEMA);
  }

  async load(url: string, useCache: boolean): Promise<Media> {
    const startedAt = this.#clock.now();
    const known = useCache ? this.#find(url) : undefined;
    if (known !== undefined && known.fresh_until > startedAt) return fromCache(known, 0, 0);
    const validator = known?.etag ?? undefined;
    const headers = {
      Accept: '*/*',
      'User-Agent': 'TwilioProxy/1.1',
      ...(validator === undefined ? {} : { 'If-None-Match': validator }),
    };
    try {
      const reply = await this.#http(url, { headers }, FETCH_TIMEOUT_MS);
      const { firstByteMs, totalMs } = reply;
      const kept = freshness(reply.headers, this.#clock.now());
      if (reply.status === 304 && known !== undefined) {
        this.#refresh(url, kept.freshUntil);
        return fromCache(known, firstByteMs, totalMs);
      }
      const contentType = baseType(reply.headers.get('content-type'));
      const fetched = { contentType, cached: false, firstByteMs, totalMs };
      if (reply.status !== 200) {
        return { ok: false, code: FETCH_FAILURE, reason: `HTTP ${reply.status}`, ...fetched };
      }
      const decoded = decodeMedia(contentType, reply.body);
      if (!decoded.ok) return { ...decoded, ...fetched };
      const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', decoded.mulaw)).toString(
        'hex',
      );
      const row: Row = {
        sha256,
        content_type: contentType,
        bytes: reply.body.byteLength,
        ms: decoded.ms,
        etag: reply.headers.get('etag'),
        fresh_until: kept.freshUntil,
      };
      this.#keep(url, row, decoded.mulaw, kept.mayStore);
      return { ok: true, bytes: row.bytes, ms: row.ms, sha256, ...fetched };
    } catch (cause) {
      if (!(cause instanceof HttpFailure)) throw cause;
      const totalMs = this.#clock.now() - startedAt;
      const fetched = { contentType: '', cached: false, firstByteMs: totalMs, totalMs };
      return { ok: false, code: FETCH_FAILURE, reason: cause.message, ...fetched };
    }
  }

  /** The decoded audio that a call heard. */
  audio(sha256: string): Uint8Array<ArrayBuffer> | null {
    const parts = this.ctx.storage.sql
      .exec<{ data: ArrayBuffer }>('SELECT data FROM blob WHERE sha256 = ? ORDER BY part', sha256)
      .toArray();
    return parts.length === 0 ? null : join(parts.map((part) => new Uint8Array(part.data)));
  }

  #find(url: string): Row | undefined {
    return this.ctx.storage.sql.exec<Row>('SELECT * FROM media WHERE url = ?', url).toArray()[0];
  }

  #refresh(url: string, freshUntil: number): void {
    this.ctx.storage.sql.exec('UPDATE media SET fresh_until = ? WHERE url = ?', freshUntil, url);
  }

  #keep(url: string, row: Row, mulaw: Uint8Array<ArrayBuffer>, mayStore: boolean): void {
    const { sql } = this.ctx.storage;
    const isKnown = sql.exec('SELECT 1 FROM blob WHERE sha256 = ? LIMIT 1', row.sha256).toArray();
    if (isKnown.length === 0) {
      for (let part = 0; part * PART_BYTES < mulaw.byteLength; part += 1) {
        const data = mulaw.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
        sql.exec('INSERT INTO blob (sha256, part, data) VALUES (?, ?, ?)', row.sha256, part, data);
      }
    }
    if (!mayStore) return;
    sql.exec(
      'INSERT OR REPLACE INTO media (url, sha256, content_type, bytes, ms, etag, fresh_until) VALUES (?, ?, ?, ?, ?, ?, ?)',
      url,
      row.sha256,
      row.content_type,
      row.bytes,
      row.ms,
      row.etag,
      row.fresh_until,
    );
  }
}

function fromCache(row: Row, firstByteMs: number, totalMs: number): Media {
  const { sha256, bytes, ms } = row;
  const contentType = row.content_type;
  return { ok: true, sha256, bytes, ms, contentType, cached: true, firstByteMs, totalMs };
}

function baseType(header: string | null): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

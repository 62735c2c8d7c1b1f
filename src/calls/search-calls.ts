import type { Statement } from '../db/statement.ts';
import { type CallStatus, isTerminal } from '../telephony/status.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { Place } from './list-calls.ts';

/** Null: any. */
export type CallFilter = {
  readonly status: CallStatus | null;
  readonly outcome: string | null;
  readonly direction: string | null;
  readonly campaignId: string | null;
  readonly number: string | null;
  readonly contact: string | null;
  readonly sid: string | null;
  /** Epoch ms. */
  readonly from: number;
};

export type Search = {
  /** Answers places, newest first. */
  readonly statement: Statement;
  /** Where a search that went on for long enough has stopped; null when it saw all. */
  readonly searchedTo: Place | null;
};

/** Calls that one page looks at, when what it looks for stands in no index. */
const MOST_LOOKED_AT = 20_000;
/** Beginnings of numbers that more calls than this have are searched for by time. */
const MOST_BY_NUMBER = 2000;

/** The way through the ledger on which the fewest calls are looked at. */
export async function searchOf(
  ctx: TenantContext,
  filter: CallFilter,
  before: Place,
  limit: number,
): Promise<Search> {
  const all = (statement: Statement): Search => ({ statement, searchedTo: null });
  if (filter.sid !== null) return all(statementOf(ctx, BY_SID, filter, before, limit));
  if (filter.status !== null && !isTerminal(filter.status)) {
    return all(statementOf(ctx, OPEN, filter, before, limit));
  }
  const ids = filter.number === null ? null : await idsByNumber(ctx, filter.number);
  if (ids !== null) {
    return all(statementOf(ctx, BY_IDS, filter, before, limit, JSON.stringify(ids)));
  }
  const [floorOf, search] =
    filter.campaignId === null ? [FLOOR, BY_TIME] : [FLOOR_OF_CAMPAIGN, BY_CAMPAIGN];
  const { status, outcome, direction, number, contact, from } = filter;
  const isSelective = [status, outcome, direction, number, contact].some((one) => one !== null);
  const { createdAt, id } = before;
  const values = [createdAt, id, from, filter.campaignId, MOST_LOOKED_AT - 1];
  const [floor = null] = isSelective
    ? await ctx.db.rows<Place>(ctx.db.raw(floorOf, ...values))
    : [];
  return {
    statement: statementOf(ctx, search, filter, before, limit, null, floor),
    searchedTo: floor,
  };
}

function statementOf(
  ctx: TenantContext,
  text: string,
  filter: CallFilter,
  before: Place,
  limit: number,
  ids: string | null = null,
  floor: Place | null = null,
): Statement {
  const { status, outcome, direction, campaignId, number, contact, sid, from } = filter;
  const span = [before.createdAt, before.id, floor?.createdAt ?? from, floor?.id ?? ''];
  const wanted = [campaignId, status, outcome, direction, number, contact, sid];
  return ctx.db.raw(text, ...span, ...wanted, ids, limit);
}

/** All calls with people whose number begins so; null when they are many, or it is no beginning. */
async function idsByNumber(ctx: TenantContext, number: string): Promise<string[] | null> {
  if (!number.startsWith('+')) return null;
  const rows = await ctx.db.rows<{ id: string }>(
    ctx.db.raw(IDS_BY_NUMBER, number, `${number}:`, MOST_BY_NUMBER + 1),
  );
  return rows.length > MOST_BY_NUMBER ? null : rows.map(({ id }) => id);
}

/** A colon stands right behind the digits, so these are all numbers with that beginning. */
const IDS_BY_NUMBER = `SELECT id FROM (
  SELECT id FROM attempt WHERE tenant_id = ?1 AND e164 >= ?2 AND e164 < ?3 LIMIT ?4)
UNION ALL SELECT id FROM (
  SELECT id FROM call WHERE tenant_id = ?1 AND direction = 'inbound'
    AND from_number >= ?2 AND from_number < ?3 LIMIT ?4)
LIMIT ?4`;

/** The last call that a search from here may look at. */
const floor = (where: string) => `SELECT created_at AS createdAt, id FROM call
WHERE ${where} AND created_at <= ?2 AND (created_at, id) < (?2, ?3) AND created_at >= ?4
ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ?6`;
const FLOOR = floor('tenant_id = ?1');
const FLOOR_OF_CAMPAIGN = floor('tenant_id = ?1 AND campaign_id = ?5');

const SPAN = `k.created_at <= ?2 AND (k.created_at, k.id) < (?2, ?3)
  AND k.created_at >= ?4 AND (k.created_at, k.id) >= (?4, ?5)`;

/** Whatever way leads to a call, it has to be what was asked for. */
const WANTED = `(?6 IS NULL OR k.campaign_id = ?6)
  AND (?7 IS NULL OR k.status = ?7) AND (?8 IS NULL OR k.outcome = ?8)
  AND (?9 IS NULL OR k.direction = ?9)
  AND (?10 IS NULL OR iif(substr(?10, 1, 1) = '+',
    substr(iif(k.direction = 'inbound', k.from_number, k.to_number), 1, length(?10)) = ?10,
    instr(iif(k.direction = 'inbound', k.from_number, k.to_number), ?10) > 0))
  AND (?11 IS NULL OR EXISTS (SELECT 1 FROM contact AS c
    WHERE c.tenant_id = ?1 AND c.id = k.contact_id AND (instr(lower(c.external_id), lower(?11)) > 0
      OR (instr(lower(c.fields), lower(?11)) > 0 AND EXISTS (
        SELECT 1 FROM json_each(c.fields) AS f WHERE instr(lower(f.value), lower(?11)) > 0)))))
  AND (?12 IS NULL OR k.twilio_sid = ?12)`;

const ordered = (way: string) => `SELECT k.created_at AS createdAt, k.id AS id
FROM ${way} AND ${SPAN} AND ${WANTED}
ORDER BY k.created_at DESC, k.id DESC LIMIT ?14`;

const BY_TIME = ordered('call AS k INDEXED BY call_created WHERE k.tenant_id = ?1');
const BY_CAMPAIGN = ordered(`call AS k INDEXED BY call_campaign
WHERE k.tenant_id = ?1 AND k.campaign_id = ?6`);
const BY_SID = ordered(`call AS k INDEXED BY call_sid
WHERE k.tenant_id = ?1 AND k.twilio_sid = ?12 AND k.twilio_sid IS NOT NULL`);
const BY_IDS = ordered(`json_each(?13) AS i CROSS JOIN call AS k
WHERE k.tenant_id = ?1 AND k.id = i.value`);
/** What is not over: outbound it has an attempt that is not, inbound it is in an index. */
const OPEN = `SELECT createdAt, id FROM (
  SELECT k.created_at AS createdAt, k.id AS id FROM attempt AS a CROSS JOIN call AS k
  WHERE a.tenant_id = ?1 AND a.state != 'ended' AND k.tenant_id = ?1 AND k.id = a.id
    AND ${SPAN} AND ${WANTED}
  UNION ALL
  SELECT k.created_at, k.id FROM call AS k INDEXED BY call_open_inbound
  WHERE k.tenant_id = ?1 AND k.direction = 'inbound' AND k.ended_at IS NULL
    AND ${SPAN} AND ${WANTED})
ORDER BY createdAt DESC, id DESC LIMIT ?14`;

import type { TenantContext } from '../tenants/context.ts';

type Delivery = { readonly id: string; readonly createdAt: number; readonly isAbout: number };

const PAGE_ROWS = 5000;

/** Deletes what servers of the tenant's were told of a person or are about to be, oldest first. */
export async function eraseDeliveries(ctx: TenantContext, words: readonly string[]): Promise<void> {
  const quoted = JSON.stringify(words.map((word) => JSON.stringify(word)));
  let last: Pick<Delivery, 'id' | 'createdAt'> = { id: '', createdAt: 0 };
  for (;;) {
    const page = await ctx.db.rows<Delivery>(
      ctx.db.raw(PAGE, quoted, last.createdAt, last.id, PAGE_ROWS),
    );
    const ids = page.filter(({ isAbout }) => isAbout === 1).map(({ id }) => id);
    if (ids.length > 0) await ctx.db.run(ctx.db.raw(FORGET, JSON.stringify(ids)));
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE_ROWS) return;
    last = end;
  }
}

const PAGE = `SELECT id, created_at AS createdAt, EXISTS (
  SELECT 1 FROM json_each(?2) AS w WHERE instr(payload, w.value) > 0) AS isAbout
FROM webhook_delivery
WHERE tenant_id = ?1 AND created_at >= ?3 AND (created_at, id) > (?3, ?4)
ORDER BY created_at, id LIMIT ?5`;

const FORGET = `DELETE FROM webhook_delivery
WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))`;

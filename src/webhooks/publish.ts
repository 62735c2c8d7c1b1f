import type { Statement } from '../db/statement.ts';
import type { TenantDb } from '../db/tenant-db.ts';
import { insertDeliveries } from './trigger-sql.ts';

/** The message of something that is no row of the tenant's; `id` makes a repetition add nothing. */
export function publishStatement(
  db: TenantDb,
  own: {
    /** One of `OTHER_TYPES`. */
    readonly type: string;
    /** Letters, digits, `_` and `-`: it stands in a header and in addresses. */
    readonly id: string;
    /** Epoch ms. */
    readonly at: number;
    readonly data: object;
  },
): Statement {
  const messageId = `${own.type.replace('.', '_')}-${own.id}`;
  return db.raw(PUBLISH, own.type, messageId, own.at, JSON.stringify(own.data));
}

const PUBLISH = insertDeliveries({
  ...{ tenant: '?1', type: '?2', messageId: '?3', at: '?4', data: 'json(?5)' },
});

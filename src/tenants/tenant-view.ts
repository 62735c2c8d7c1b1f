import type { TenantRow } from '../db/platform-db.ts';

/** A tenant as people see it; where its rows lie is nobody's business. */
export type TenantView = Omit<TenantRow, 'dataShard' | 'callingCodes'> & {
  readonly callingCodes: string[];
};

export function tenantView({ dataShard: _, ...row }: TenantRow): TenantView {
  return { ...row, callingCodes: [...row.callingCodes] };
}

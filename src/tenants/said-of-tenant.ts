import type { TenantRow } from '../db/platform-db.ts';

const USUAL_NOTICE = 'This call is recorded.';

/** What is heard before a call is recorded. */
export function recordingNotice(tenant: Pick<TenantRow, 'recordingNotice'>): string {
  return tenant.recordingNotice ?? USUAL_NOTICE;
}

/** What a call has to know of its tenant. */
export function saidOfTenant(tenant: Pick<TenantRow, 'name' | 'callingCodes'>) {
  return { callingCodes: tenant.callingCodes, screeningText: `This is ${tenant.name}.` };
}

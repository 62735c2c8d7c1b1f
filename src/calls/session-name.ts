/** Durable Object name of a call's session; the tenant in it keeps tenants apart by construction. */
export function sessionName(tenantId: string, callId: string): string {
  return `t:${tenantId}:c:${callId}`;
}

import { FEATURES, type Plan, type Rule } from '../contract/rule.ts';
import { DestinyError } from '../shared/errors.ts';
import type { Actor, Seat } from './actor.ts';

type TenantRule = Extract<Rule, { who: 'tenant' }>;

/** Refuses who may not do this outside of any tenant; a tenant's rule asks only for somebody. */
export function checkActor(rule: Rule, actor: Actor): void {
  if (rule.who === 'anyone') return;
  if (actor.type === 'nobody') {
    throw new DestinyError(
      'unauthenticated',
      'Sign in, or send an API key in the header "Authorization: Bearer <key>".',
    );
  }
  if (rule.who === 'tenant') return;
  if (actor.type === 'key') {
    throw new DestinyError('forbidden', 'An API key cannot do this; sign in as a person.');
  }
  if (rule.who === 'superadmin' && !actor.isSuperadmin) {
    throw new DestinyError('forbidden', 'Only the owner of the platform may do this.');
  }
}

/** Refuses what role, scope, plan or state of the tenant do not allow. */
export function checkTenant(
  rule: TenantRule,
  actor: Actor,
  seat: Seat,
  tenant: { readonly plan: Plan; readonly state: 'active' | 'suspended' },
  isWrite: boolean,
): void {
  if (actor.type === 'key') checkScope(rule, actor.scopes);
  else checkRole(rule, seat);
  if (rule.feature !== null && !FEATURES[tenant.plan].includes(rule.feature)) {
    throw new DestinyError(
      'plan_lacks_feature',
      `The plan ${tenant.plan} has no ${rule.feature} calls; ask the platform's owner for another.`,
    );
  }
  if (isWrite && tenant.state === 'suspended') {
    throw new DestinyError(
      'tenant_suspended',
      "The tenant is suspended: everything can be read, nothing changed; ask the platform's owner.",
    );
  }
}

function checkScope(rule: TenantRule, scopes: readonly string[]): void {
  if (rule.scope === null) {
    throw new DestinyError('forbidden', 'An API key cannot do this; sign in as a person.');
  }
  if (!scopes.includes(rule.scope)) {
    throw new DestinyError('forbidden', `This API key lacks the scope ${rule.scope}.`);
  }
}

function checkRole(rule: TenantRule, seat: Seat): void {
  if (seat.role === 'ADMIN' || (seat.role === 'AGENT' && rule.role === 'AGENT')) return;
  throw new DestinyError('forbidden', 'Only an ADMIN of the tenant may do this.');
}

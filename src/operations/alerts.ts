import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import type { AlertRow } from '../db/operations-db.ts';
import { alert, alertRule } from '../db/schema/alert.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import { ALERT_NAMES, ALERT_RULES, type AlertRule } from './alert-rules.ts';
import { ruleFor } from './watch.ts';

const tenantRules = ALERT_NAMES.filter((name) => ALERT_RULES[name].of === 'tenant');

/** The tenant's rules as they hold now. */
export async function listAlertRules(ctx: TenantContext) {
  const rows = await ctx.control.find(alertRule);
  return tenantRules.map((name) => {
    const { rule, isOn, threshold } = ruleFor(
      name,
      rows.find((row) => row.name === name),
    );
    const { threshold: defaultThreshold, meaning, remedy }: AlertRule = rule;
    return { name, isOn, threshold, defaultThreshold, meaning, remedy };
  });
}

/** A threshold of null is the platform's own. */
export async function editAlertRule(
  ctx: TenantContext,
  input: { readonly name: string; readonly isOn: boolean; readonly threshold: number | null },
): Promise<void> {
  if (!tenantRules.some((name) => name === input.name)) {
    throw new DestinyError(
      'not_found',
      `There is no rule ${input.name}; there are ${tenantRules.join(', ')}.`,
    );
  }
  const { name, isOn, threshold } = input;
  await ctx.control.run(ctx.control.raw(SET_RULE, name, isOn ? 1 : 0, threshold, ctx.clock.now()));
}

const SET_RULE = `INSERT INTO alert_rule (tenant_id, name, is_on, threshold, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO UPDATE SET is_on = ?3, threshold = ?4, changed_at = ?5`;

/** Newest first; identifiers grow with the time. */
export async function listAlerts(
  ctx: TenantContext,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<AlertRow[]> {
  const where = page.cursor === undefined ? undefined : lt(alert.id, page.cursor);
  return ctx.control.find(alert, where, { orderBy: desc(alert.id), limit: page.limit });
}

/** The first who looks after it is the one that is named. */
export async function acknowledgeAlert(
  ctx: TenantContext,
  input: { readonly id: string; readonly by: string },
): Promise<void> {
  const own = await ctx.control.findOne(alert, eq(alert.id, input.id));
  if (own === null) throw new DestinyError('not_found', `There is no alert ${input.id}.`);
  const set = { acknowledgedAt: ctx.clock.now(), acknowledgedBy: input.by };
  const open = and(eq(alert.id, input.id), isNull(alert.acknowledgedAt));
  if (open !== undefined) await ctx.control.run(ctx.control.update(alert, set, open));
}

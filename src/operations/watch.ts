import type { AlertRow, AlertRuleRow, OperationsDb } from '../db/operations-db.ts';
import type { Clock } from '../shared/clock.ts';
import type { NewId } from '../shared/ids.ts';
import { ALERT_RULES, type AlertName, type AlertRule, decide } from './alert-rules.ts';

/** Who tells people: the live feed, outgoing webhooks. `id` is the same when a change is told twice. */
export type AlertSink = {
  readonly publish: (event: AlertEvent) => Promise<void>;
};
export type AlertEvent = {
  readonly tenantId: string;
  readonly type: 'alert.raised' | 'alert.resolved';
  readonly id: string;
  readonly at: number;
  readonly data: {
    readonly alertId: string;
    readonly rule: string;
    readonly value: number;
    readonly threshold: number;
    readonly meaning: string;
    readonly remedy: string;
  };
};

export type WatchDeps = {
  readonly operations: OperationsDb;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: NewId;
};

/** What a rule is for one tenant: on or off, and its threshold. */
export function ruleFor(
  name: AlertName,
  own: Pick<AlertRuleRow, 'isOn' | 'threshold'> | undefined,
): { readonly rule: AlertRule; readonly isOn: boolean; readonly threshold: number } {
  const rule: AlertRule = ALERT_RULES[name];
  return { rule, isOn: own?.isOn ?? true, threshold: own?.threshold ?? rule.threshold };
}

/** Raises and resolves by what was measured; a rule that was switched off resolves what it raised. */
export async function takeMeasures(
  { operations, clock, newId }: WatchDeps,
  tenantId: string,
  measured: Readonly<Partial<Record<AlertName, number | null>>>,
  known: { readonly rules: readonly AlertRuleRow[]; readonly open: readonly AlertRow[] },
): Promise<void> {
  for (const [name, value] of Object.entries(measured) as [AlertName, number | null][]) {
    const own = known.rules.find((row) => row.tenantId === tenantId && row.name === name);
    const open = known.open.find((row) => row.tenantId === tenantId && row.rule === name);
    const { rule, isOn, threshold } = ruleFor(name, own);
    const next = decide(rule, threshold, isOn ? value : null, open !== undefined);
    const at = clock.now();
    if (next === 'raise' && value !== null) {
      await operations.raise({ tenantId, id: newId('alt'), rule: name, value, threshold, at });
    } else if (next === 'resolve' && open !== undefined) {
      await operations.resolve(tenantId, open.id, at);
    }
  }
}

const LEASE_MS = 60_000;
const MOST_TOLD = 100;

/**
 * Tells the sink what it has not been told, oldest first. One at a time holds an alert; who dies
 * in between leaves the change to be told again under the same id.
 */
export async function tellAlerts(
  { operations, clock }: Omit<WatchDeps, 'newId'>,
  sink: AlertSink,
): Promise<void> {
  for (const { tenantId, id } of await operations.untold(MOST_TOLD)) {
    const now = clock.now();
    const alert = await operations.leaseUntold(tenantId, id, now, now + LEASE_MS);
    if (alert === null) continue;
    if (alert.raisedToldAt === null) {
      await sink.publish(eventOf(alert, 'alert.raised', alert.raisedAt));
      await operations.markTold(tenantId, id, 'raised', clock.now());
    }
    if (alert.resolvedAt !== null && alert.resolvedToldAt === null) {
      await sink.publish(eventOf(alert, 'alert.resolved', alert.resolvedAt));
      await operations.markTold(tenantId, id, 'resolved', clock.now());
    }
    await operations.releaseTold(tenantId, id);
  }
}

function eventOf(alert: AlertRow, type: AlertEvent['type'], at: number): AlertEvent {
  const { tenantId, id, rule, value, threshold } = alert;
  const known: AlertRule | undefined = Object.entries(ALERT_RULES).find(
    ([name]) => name === rule,
  )?.[1];
  const { meaning = '', remedy = '' } = known ?? {};
  return {
    ...{ tenantId, type, at, id: `${id}:${type === 'alert.raised' ? 'raised' : 'resolved'}` },
    data: { alertId: id, rule, value, threshold, meaning, remedy },
  };
}

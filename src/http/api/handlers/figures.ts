import { RATES, USAGE_COUNTERS } from '../../../analytics/definitions.ts';
import { readCampaigns, readEdges, readOutcomes } from '../../../analytics/read-campaigns.ts';
import { readHeatmap, readSeries } from '../../../analytics/read-series.ts';
import { readSummary } from '../../../analytics/read-summary.ts';
import { readUsage } from '../../../analytics/read-usage.ts';
import { usageSpan } from '../../../analytics/usage-span.ts';
import type { FIGURE_ROUTES } from '../../../contract/routes/figures.ts';
import {
  acknowledgeAlert,
  editAlertRule,
  listAlertRules,
  listAlerts,
} from '../../../operations/alerts.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

export const figureHandlers: HandlersOf<typeof FIGURE_ROUTES> = {
  readSummary: async ({ tenant }, { query }) => readSummary(tenant, query),
  readSeries: async ({ tenant }, { query }) => ({ points: await readSeries(tenant, query) }),
  readOutcomes: async ({ tenant }, { query }) => ({ outcomes: await readOutcomes(tenant, query) }),
  readHeatmap: async ({ tenant }, { query }) => ({ cells: await readHeatmap(tenant, query) }),
  readCampaignFigures: async ({ tenant }, { query }) => ({
    campaigns: await readCampaigns(tenant, query),
  }),
  readEdges: async ({ tenant }, { params, query }) => ({
    edges: await readEdges(tenant, { ...query, scriptId: params.id, version: params.version }),
  }),
  readDefinitions: async () => ({
    definitions: [
      ...USAGE_COUNTERS.map(({ column, meaning }) => ({ name: column, meaning })),
      ...Object.entries(RATES).map(([name, { meaning }]) => ({ name, meaning })),
    ],
  }),
  readUsage: async ({ tenant }, { query }) => ({
    days: await readUsage(tenant, usageSpan(query, tenant.clock.now())),
  }),
  listAlertRules: async ({ tenant }) => ({ rules: await listAlertRules(tenant) }),
  editAlertRule: async ({ tenant, note }, { params, body }) => {
    note({ target: params.name, detail: body });
    await editAlertRule(tenant, { name: params.name, ...body });
    return undefined;
  },
  listAlerts: async ({ tenant }, { query }) => {
    const rows = await listAlerts(tenant, query);
    return {
      alerts: rows.map(({ id, rule, value, threshold, ...row }) => ({
        ...{ id, rule, value, threshold, raisedAt: row.raisedAt, resolvedAt: row.resolvedAt },
        ...{ acknowledgedAt: row.acknowledgedAt, acknowledgedBy: row.acknowledgedBy },
      })),
      nextCursor: nextCursor(rows, query.limit, ({ id }) => id),
    };
  },
  acknowledgeAlert: async ({ tenant, actor }, { params }) => {
    const by = actor.type === 'user' ? actor.email : actor.type === 'nobody' ? '' : actor.name;
    await acknowledgeAlert(tenant, { id: params.id, by });
    return undefined;
  },
};

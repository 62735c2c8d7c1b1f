import { routes } from '../route.ts';
import { ById, Page } from '../shapes/common.ts';
import * as figures from '../shapes/figures.ts';

const reads = {
  tag: 'Figures',
  rule: { who: 'tenant', role: 'AGENT', scope: 'analytics:read', feature: null },
  method: 'get',
  status: 200,
  audit: null,
} as const;
const alerts = { ...reads, tag: 'Alerts' } as const;
const steers = { who: 'tenant', role: 'ADMIN', scope: 'analytics:write', feature: null } as const;

export const FIGURE_ROUTES = routes({
  readSummary: {
    ...reads,
    path: '/analytics/summary',
    query: figures.ByPeriod,
    returns: figures.Summary,
    summary: 'Counts and rates of a period and of the one before it',
  },
  readSeries: {
    ...reads,
    path: '/analytics/series',
    query: figures.ByPeriod,
    returns: figures.Series,
    summary: 'Calls out by local hour or day, without gaps',
  },
  readOutcomes: {
    ...reads,
    path: '/analytics/outcomes',
    query: figures.ByPeriodAndCampaign,
    returns: figures.Outcomes,
    summary: 'Finished calls by outcome',
  },
  readHeatmap: {
    ...reads,
    path: '/analytics/heatmap',
    query: figures.ByPeriod,
    returns: figures.Heatmap,
    summary: 'Calls out and answers by hour of the week',
  },
  readCampaignFigures: {
    ...reads,
    path: '/analytics/campaigns',
    query: figures.ByPeriod,
    returns: figures.CampaignFigures,
    summary: 'Counts and rates of each campaign, most calls first',
  },
  readEdges: {
    ...reads,
    path: '/analytics/scripts/{id}/versions/{version}/edges',
    params: figures.ByScriptVersion,
    query: figures.ByPeriod,
    returns: figures.Edges,
    summary: 'Callers on each edge of a published script',
  },
  readDefinitions: {
    ...reads,
    path: '/analytics/definitions',
    returns: figures.Definitions,
    summary: 'What each figure and rate means',
  },
  readUsage: {
    ...reads,
    rule: { who: 'tenant', role: 'ADMIN', scope: 'analytics:read', feature: null },
    path: '/usage',
    query: figures.ByDays,
    returns: figures.Usage,
    summary: 'Use and cost of each day, the last 30 unless asked otherwise',
    refuses: ['invalid_input'],
  },
  listAlertRules: {
    ...alerts,
    path: '/alert-rules',
    returns: figures.AlertRules,
    summary: 'What is watched, and from which value on',
  },
  editAlertRule: {
    tag: alerts.tag,
    rule: steers,
    method: 'put',
    path: '/alert-rules/{name}',
    params: figures.ByRule,
    body: figures.EditAlertRule,
    status: 204,
    returns: null,
    summary: 'Switch a rule, or change its threshold',
    audit: 'alert_rule.changed',
    refuses: ['not_found'],
  },
  listAlerts: {
    ...alerts,
    path: '/alerts',
    query: Page,
    returns: figures.Alerts,
    summary: 'Alerts, newest first',
  },
  acknowledgeAlert: {
    tag: alerts.tag,
    rule: steers,
    method: 'post',
    path: '/alerts/{id}/acknowledge',
    params: ById,
    status: 204,
    returns: null,
    summary: 'Note that somebody looks after it',
    audit: 'alert.acknowledged',
    refuses: ['not_found'],
  },
});

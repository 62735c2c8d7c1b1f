import * as z from 'zod';
import { Id, Millis, Name } from './common.ts';

const Count = z.number().int();
const Rate = z.number().nullable().describe('0 to 1; null when there is nothing under the line');

export const ByPeriod = z.object({ period: z.enum(['24h', '7d', '30d']).default('7d') });
export const ByPeriodAndCampaign = ByPeriod.extend({ campaignId: Id.optional() });
export const ByScriptVersion = z.object({ id: Id, version: z.coerce.number().int().positive() });

export const Counts = z.object({
  finished: Count,
  answered: Count,
  machine: Count,
  busy: Count,
  noAnswer: Count,
  failed: Count,
  confirmed: Count,
  transferTried: Count,
  transferred: Count,
  fallback: Count,
  seconds: Count,
});
const Figures = z.object({
  outbound: Counts,
  inbound: Counts,
  rates: z.object({
    answerRate: Rate,
    confirmationRate: Rate,
    escalationRate: Rate,
    inboundEscalationRate: Rate,
    abandonedTransferRate: Rate,
  }),
});
export const Summary = z.object({
  span: z.object({ from: Millis, to: Millis }),
  current: Figures,
  previous: Figures.describe('The period of the same length before it'),
});
export const Series = z.object({
  points: z.array(
    Counts.extend({ at: Millis.describe('Begin of the local hour or day'), answerRate: Rate }),
  ),
});
export const Heatmap = z.object({
  cells: z.array(
    z.object({
      weekday: Count.describe("0 is Sunday, at the tenant's place"),
      hour: Count,
      finished: Count,
      answered: Count,
      answerRate: Rate,
    }),
  ),
});
export const Outcomes = z.object({
  outcomes: z.array(z.object({ outcome: z.string().nullable(), calls: Count })),
});
export const CampaignFigures = z.object({
  campaigns: z.array(
    Counts.extend({
      campaignId: z.string(),
      name: z.string(),
      answerRate: Rate,
      confirmationRate: Rate,
      escalationRate: Rate,
    }),
  ),
});
export const Edges = z.object({
  edges: z.array(
    z.object({
      from: z.string().nullable().describe('Null: the call began'),
      trigger: z.string().nullable().describe('Null: the script went on by itself'),
      to: z.string().nullable().describe('Null: the conversation ended'),
      callers: Count,
    }),
  ),
});
export const Definitions = z.object({
  definitions: z.array(z.object({ name: z.string(), meaning: z.string() })),
});

export const Day = z.iso.date().describe('YYYY-MM-DD, UTC');
export const ByDays = z.object({ from: Day.optional(), to: Day.optional() });
export const Usage = z.object({
  days: z.array(
    z.object({
      day: z.string(),
      calls: Count,
      callSeconds: Count,
      callMinutes: Count,
      speechCharacters: Count,
      messagesOut: Count,
      messageSegmentsOut: Count,
      messagesIn: Count,
      recordingSeconds: Count,
      callCostMicros: Count.describe('Millionths of a US dollar'),
      isCostFinal: z.boolean().describe('False while the cost of a call is an estimate'),
    }),
  ),
});
export const SystemUsage = z.object({
  tenants: z.array(z.object({ tenantId: z.string(), name: z.string(), usage: Usage.shape.days })),
  nextCursor: z.string().nullable(),
});

export const FromDay = z.object({ from: Day.optional() });
export const Recount = z.object({
  days: Count,
  wrong: Count.describe('Rows that were not as the ledger says'),
  nextDay: z.string().nullable().describe('Send it as `from`; null after the last day'),
});

export const AlertRule = z.object({
  name: z.string(),
  isOn: z.boolean(),
  threshold: z.number(),
  defaultThreshold: z.number(),
  meaning: z.string(),
  remedy: z.string(),
});
export const AlertRules = z.object({ rules: z.array(AlertRule) });
export const ByRule = z.object({ name: Name });
export const EditAlertRule = z.object({
  isOn: z.boolean(),
  threshold: z.number().positive().max(1_000_000).nullable().describe('Null: the default'),
});
export const Alert = z.object({
  id: z.string(),
  rule: z.string(),
  value: z.number(),
  threshold: z.number(),
  raisedAt: Millis,
  resolvedAt: Millis.nullable(),
  acknowledgedAt: Millis.nullable(),
  acknowledgedBy: z.string().nullable(),
});
export const Alerts = z.object({ alerts: z.array(Alert), nextCursor: z.string().nullable() });

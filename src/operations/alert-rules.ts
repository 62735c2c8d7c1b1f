/** What cron looks at once a minute. A rule of the platform has no tenant of its own. */
export type AlertRule = {
  readonly of: 'tenant' | 'platform';
  readonly meaning: string;
  readonly remedy: string;
  /** Raised at or above it. */
  readonly threshold: number;
  /** Resolved below this part of the threshold: what wavers around it is one alert, not many. */
  readonly clearsAt: number;
};

export const ALERT_RULES = {
  answer_rate_drop: {
    of: 'tenant',
    meaning: 'How far the answer rate of the last two hours lies below that of the week before.',
    remedy:
      'Check whether the calling numbers are labelled as spam, and the lists for bad numbers.',
    threshold: 0.5,
    clearsAt: 0.8,
  },
  speech_fallback: {
    of: 'tenant',
    meaning: 'Share of calls in the last hour in which Twilio spoke what Google should have.',
    remedy: "Check the Google service account's secret, that the API is enabled, and its quota.",
    threshold: 0.05,
    clearsAt: 0.8,
  },
  recordings_failing: {
    of: 'tenant',
    meaning: 'Recordings of the last hour that could not be kept.',
    remedy: "Check the bucket's permission and CORS, then retry the copy.",
    threshold: 3,
    clearsAt: 0.5,
  },
  abandoned_transfers: {
    of: 'tenant',
    meaning:
      'Share of people who were to be handed to an agent and reached none, in the worst campaign of the last thirty days.',
    remedy: 'Put more agents on, or dial more slowly.',
    threshold: 0.03,
    clearsAt: 0.8,
  },
  breaker_tripped: {
    of: 'tenant',
    meaning: 'Campaigns that the platform paused by itself.',
    remedy: "Read the campaign's reason, mend it, and launch it again.",
    threshold: 1,
    clearsAt: 1,
  },
  spend_near_limit: {
    of: 'tenant',
    meaning: "Part of the day's spending limit that is used up.",
    remedy: 'Raise the limit, or pause what is less important.',
    threshold: 0.8,
    clearsAt: 1,
  },
  spend_at_limit: {
    of: 'tenant',
    meaning: "Part of the day's spending limit that is used up; nothing more is dialled at 1.",
    remedy: 'Raise the limit, or wait for the next day.',
    threshold: 1,
    clearsAt: 1,
  },
  webhook_failing: {
    of: 'tenant',
    meaning: 'Webhook endpoints that took nothing for a quarter of an hour, or were switched off.',
    remedy: "Read the endpoint's deliveries, mend the server, then recover what failed.",
    threshold: 1,
    clearsAt: 1,
  },
  dead_letters: {
    of: 'platform',
    meaning: 'Messages that queues gave up on and nobody has looked at.',
    remedy: 'Read them in /system/dead-letters, mend the cause, and replay or discard them.',
    threshold: 1,
    clearsAt: 1,
  },
  cron_late: {
    of: 'platform',
    meaning: 'Minutes since workers/voice last had its cron tick.',
    remedy: 'Check the cron trigger of workers/voice and its log; without it nothing is dialled.',
    threshold: 3,
    clearsAt: 1,
  },
} as const satisfies Readonly<Record<string, AlertRule>>;

export type AlertName = keyof typeof ALERT_RULES;
export const ALERT_NAMES = Object.keys(ALERT_RULES) as [AlertName, ...AlertName[]];

/** What becomes of a rule's alert. `value` null: too little happened to tell, and nothing is raised. */
export function decide(
  rule: AlertRule,
  threshold: number,
  value: number | null,
  isOpen: boolean,
): 'raise' | 'resolve' | 'keep' {
  if (!isOpen) return value !== null && value >= threshold ? 'raise' : 'keep';
  return value === null || value < threshold * rule.clearsAt ? 'resolve' : 'keep';
}

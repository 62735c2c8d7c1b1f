/** Parameters: the tenant. */
export const SEED_CAMPAIGNS = `WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 19)
INSERT INTO campaign (tenant_id, id, name, kind, state, script_id, script_version, from_number,
  time_zone, opens_minute, closes_minute, retry_seconds, variables, is_primed, created_at)
SELECT ?1, 'cmp_' || n, 'Campaign ' || n, 'list', 'running', 'scr_1', 1, '+12125550100', 'UTC', 540,
  1200, '[]', '{}', 1, 0 FROM i`;

/**
 * Twenty campaigns, a fifth of the calls unanswered, machines, outcomes and a path of
 * five edges. Parameters: tenant, first call, how many, begin and span in ms, calls in all.
 */
export const SEED_CALLS = `WITH RECURSIVE i(n) AS (SELECT CAST(?2 AS INTEGER) UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?2 + ?3)
INSERT INTO call (tenant_id, id, direction, campaign_id, script_id, script_version, from_number,
  to_number, twilio_sid, status, outcome, answered_by, duration_seconds, turns, applied_up_to,
  created_at, ended_at, is_transfer_tried, is_transferred, cost_micros, path)
SELECT ?1, 'call_' || n, iif(n % 10 = 0, 'inbound', 'outbound'),
  iif(n % 10 = 0, NULL, 'cmp_' || (n % 20)), 'scr_1', 1, '+12125550100',
  printf('+1415%07d', n % 300000), printf('CA%032x', n),
  iif(n % 5 = 1, 'no-answer', iif(n % 97 = 3, 'canceled', iif(n % 31 = 2, 'busy', 'completed'))),
  iif(n = 17, 'rare', iif(n % 3 = 0, 'confirmed', iif(n % 7 = 0, 'declined', NULL))),
  iif(n % 11 = 4, 'machine_start', iif(n % 2 = 0, 'human', NULL)), n % 180, 3, 1,
  ?4 + (?5 * (n / 1000)) / (?6 / 1000) + n % 1000, ?4 + ?5, n % 13 = 6, n % 26 = 6, 14000,
  '["[null,null,\\"start\\"]","[\\"start\\",\\"yes\\",\\"date\\"]","[\\"date\\",null,\\"bye\\"]","[\\"bye\\",null,null]"]'
FROM i`;

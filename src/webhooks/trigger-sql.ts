import { ROW_TYPES, type WebhookType } from './event-types.ts';

/** An endpoint that wants this type; `?` stands where the type's name does. */
const wants = (type: string) =>
  `e.state = 'enabled' AND (e.types = '[]' OR EXISTS (SELECT 1 FROM json_each(e.types) t WHERE t.value = ${type}))`;

/**
 * Writes one delivery for each endpoint that wants it. `type`, `messageId`, `at` and `data` are SQL;
 * a repeated message adds nothing.
 */
export function insertDeliveries(own: {
  readonly tenant: string;
  readonly type: string;
  readonly messageId: string;
  readonly at: string;
  readonly data: string;
}): string {
  const iso = `strftime('%Y-%m-%dT%H:%M:%fZ', ${own.at} / 1000.0, 'unixepoch')`;
  const payload = `json_object('type', ${own.type}, 'timestamp', ${iso}, 'data', ${own.data})`;
  return (
    'INSERT INTO webhook_delivery (tenant_id, id, endpoint_id, message_id, type, payload, state, attempts, next_at, log, created_at) ' +
    `SELECT e.tenant_id, e.id || '-' || ${own.messageId}, e.id, ${own.messageId}, ${own.type}, ${payload}, 'pending', 0, 0, '[]', ${own.at} ` +
    `FROM webhook_endpoint e WHERE e.tenant_id = ${own.tenant} AND ${wants(own.type)} ON CONFLICT DO NOTHING`
  );
}

function triggerOf({ name, on, when, id, at, data }: WebhookType): string {
  const word = name.replace('.', '_');
  const row = on.event === 'DELETE' ? 'old' : 'new';
  const fields = Object.entries(data).map(([field, sql]) => `'${field}', ${sql}`);
  const insert = insertDeliveries({
    tenant: `${row}.tenant_id`,
    type: `'${name}'`,
    messageId: `'${word}-' || ${id}`,
    at,
    data: `json_object(${fields.join(', ')})`,
  });
  return `CREATE TRIGGER webhook_${word} AFTER ${on.event} ON ${on.table} WHEN ${when} BEGIN ${insert}; END;`;
}

/**
 * The triggers that write deliveries in the transaction of what they tell: no writer can forget
 * them, and what is rolled back is not told. Each is one line, as D1 splits migrations naively.
 */
export const WEBHOOK_TRIGGERS: readonly string[] = ROW_TYPES.map(triggerOf);

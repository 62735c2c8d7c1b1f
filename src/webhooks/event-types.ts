/**
 * What a webhook may tell, as data: the triggers, the API's list and the page's help texts are made
 * from it. `on` and `when` say which change of a row it is, `id` names that change, `at` is its
 * time (SQL over `new` and `old`, epoch ms), `data` the fields of the message.
 */
export type WebhookType = {
  readonly name: string;
  readonly meaning: string;
  readonly on: { readonly event: 'INSERT' | 'UPDATE' | 'DELETE'; readonly table: string };
  readonly when: string;
  readonly id: string;
  readonly at: string;
  readonly data: Readonly<Record<string, string>>;
};

const CALL = {
  ...{ id: 'new.id', direction: 'new.direction', campaignId: 'new.campaign_id' },
  ...{ contactId: 'new.contact_id', from: 'new.from_number', to: 'new.to_number' },
  ...{ twilioSid: 'new.twilio_sid', status: 'new.status', outcome: 'new.outcome' },
  ...{ answeredBy: 'new.answered_by', answeredAt: 'new.answered_at', endedAt: 'new.ended_at' },
  ...{ durationSeconds: 'new.duration_seconds', errorCode: 'new.error_code' },
};
const MESSAGE = {
  ...{ id: 'new.id', threadId: 'new.thread_id', from: 'new.from_number', to: 'new.to_number' },
  ...{ state: 'new.state', body: 'new.body', segments: 'new.segments' },
  ...{ errorCode: 'new.error_code', callId: 'new.call_id', campaignId: 'new.campaign_id' },
};
const RECORDING = {
  ...{ id: 'new.id', callId: 'new.call_id', source: 'new.source', bytes: 'new.bytes' },
  ...{ durationSeconds: 'new.duration_seconds', errorCode: 'new.error_code' },
};
const suppressionOf = (row: 'new' | 'old') => ({
  ...{ number: `${row}.e164`, reason: `${row}.reason`, source: `${row}.source` },
  ...{ callId: `${row}.call_id`, createdAt: `${row}.created_at` },
});
/** Rows that keep no time of their change: the time of the transaction. */
const NOW = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`;

const becomes = (column: string, value: string) =>
  `new.${column} = '${value}' AND old.${column} != '${value}'`;

const call = (name: string, when: string, id: string, at: string, meaning: string) => ({
  ...{ name, when, id, at, meaning, data: CALL },
  on: { event: 'UPDATE', table: 'call' } as const,
});
const sent = (state: string, meaning: string) => ({
  name: `message.${state}`,
  on: { event: 'UPDATE', table: 'message' } as const,
  when: becomes('state', state),
  id: 'new.id',
  at: NOW,
  data: MESSAGE,
  meaning,
});
const recorded = (state: string, meaning: string) => ({
  name: `recording.${state}`,
  on: { event: 'UPDATE', table: 'recording' } as const,
  when: becomes('state', state),
  id: `new.id || '-' || ${NOW}`,
  at: NOW,
  data: RECORDING,
  meaning,
});
const campaign = (state: string, meaning: string) => ({
  name: `campaign.${state}`,
  on: { event: 'UPDATE', table: 'campaign' } as const,
  when: `new.kind = 'list' AND ${becomes('state', state)}`,
  id: `new.id || '-' || ${NOW}`,
  at: NOW,
  data: {
    ...{ id: 'new.id', name: 'new.name', state: 'new.state', stateBefore: 'old.state' },
    reason: 'new.paused_reason',
  },
  meaning,
});
const imported = (state: string, meaning: string) => ({
  name: `import.${state}`,
  on: { event: 'UPDATE', table: 'contact_import' } as const,
  when: becomes('state', state),
  id: 'new.id',
  at: NOW,
  data: { id: 'new.id', name: 'new.name', kind: 'new.kind', state: 'new.state' },
  meaning,
});

export const ROW_TYPES: readonly WebhookType[] = [
  call(
    'call.answered',
    'old.answered_at IS NULL AND new.answered_at IS NOT NULL',
    'new.id',
    'new.answered_at',
    'Somebody, or a machine, picked up.',
  ),
  call(
    'call.outcome',
    'new.outcome IS NOT NULL AND new.outcome IS NOT old.outcome',
    `new.id || '-' || ${NOW}`,
    NOW,
    'The script, or an agent after the call, said what came of it.',
  ),
  call(
    'call.finished',
    'old.ended_at IS NULL AND new.ended_at IS NOT NULL',
    'new.id',
    'new.ended_at',
    'The call is over, or the carrier never placed it.',
  ),
  {
    name: 'message.received',
    on: { event: 'INSERT', table: 'message' },
    when: "new.direction = 'inbound'",
    id: 'new.id',
    at: 'new.created_at',
    data: MESSAGE,
    meaning: 'Somebody wrote to one of your numbers.',
  },
  sent('delivered', 'The network says that a text reached its phone.'),
  sent('undelivered', 'The network says that a text did not reach its phone.'),
  sent('failed', 'A text could not be sent.'),
  recorded('stored', 'A recording can be listened to.'),
  recorded('failed', 'A recording could not be kept.'),
  {
    name: 'suppression.added',
    on: { event: 'INSERT', table: 'suppression' },
    when: 'true',
    id: "new.rowid || '-' || new.created_at",
    at: 'new.created_at',
    data: suppressionOf('new'),
    meaning: 'A number may not be contacted any more.',
  },
  {
    name: 'suppression.lifted',
    on: { event: 'DELETE', table: 'suppression' },
    when: 'true',
    id: "old.rowid || '-' || old.created_at",
    at: NOW,
    data: suppressionOf('old'),
    meaning: 'A number may be contacted again.',
  },
  campaign('scheduled', 'A campaign was given a time to begin.'),
  campaign('running', 'A campaign was launched or resumed.'),
  campaign('paused', 'A campaign was paused, by a person or by the platform.'),
  campaign('stopped', 'A campaign was ended by a person.'),
  campaign('finished', 'A campaign has nobody left to contact.'),
  imported('done', 'An import has been through its whole file.'),
  imported('failed', 'An import could not be finished.'),
];

/** Told by the program, not by a row of the tenant's. */
export const OTHER_TYPES = [
  { name: 'alert.raised', meaning: 'Something needs looking after.' },
  { name: 'alert.resolved', meaning: 'It does not any more.' },
  { name: 'webhook.test', meaning: 'You asked for a test.' },
] as const;

export const WEBHOOK_TYPES: readonly { readonly name: string; readonly meaning: string }[] = [
  ...ROW_TYPES.map(({ name, meaning }) => ({ name, meaning })),
  ...OTHER_TYPES,
];

import type { ApiEnv } from './env.ts';

/** Every queue that has a dead-letter queue, by its name in wrangler.toml, and its binding here. */
export const QUEUE_BINDINGS = {
  'destiny-dial': 'DIAL',
  'destiny-cancel': 'CANCEL',
  'destiny-redirect': 'REDIRECT',
  'destiny-messages': 'MESSAGES',
  'destiny-prime': 'PRIME',
  'destiny-ledger': 'LEDGER',
  'destiny-imports': 'IMPORTS',
  'destiny-recordings': 'RECORDINGS',
  'destiny-webhooks': 'WEBHOOKS',
} as const satisfies Readonly<Record<string, keyof ApiEnv>>;

type Sender = { send(body: unknown): Promise<unknown> };

/** A dead letter goes back as it came: its queue's consumer checks it as it does any message. */
export function queuesOf(env: ApiEnv): Readonly<Record<string, Sender>> {
  return Object.fromEntries(
    Object.entries(QUEUE_BINDINGS).map(([queue, binding]) => [queue, env[binding] as Sender]),
  );
}

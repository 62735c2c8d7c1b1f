import type { Log } from '../../../src/shared/log.ts';
import type { TenantContext } from '../../../src/tenants/context.ts';
import {
  type DeliverDueDeps,
  deliverDue,
  type WebhookJob,
} from '../../../src/webhooks/deliver-due.ts';
import type { WebhookQueue } from '../../../src/webhooks/wake.ts';

const LONGEST_DELAY_SECONDS = 600;

export type WebhookConsumerDeps = DeliverDueDeps & {
  readonly tenant: (tenantId: string) => Promise<TenantContext>;
  readonly queue: WebhookQueue;
  readonly log: Log;
};

/** Several messages of one tenant are one look at what is due. */
export async function consumeWebhooks(
  batch: MessageBatch<WebhookJob>,
  deps: WebhookConsumerDeps,
): Promise<void> {
  const byTenant = Map.groupBy(batch.messages, ({ body }) => body.tenantId);
  await Promise.all(
    [...byTenant].map(async ([tenantId, messages]) => {
      try {
        const again = await deliverDue(await deps.tenant(tenantId), deps);
        if (again !== null) {
          await deps.queue.send({ tenantId }, { delaySeconds: Math.ceil(again / 1000) });
        }
        for (const message of messages) message.ack();
      } catch (error) {
        deps.log('error', 'webhook work failed', { tenantId, error: String(error) });
        for (const message of messages) {
          message.retry({ delaySeconds: Math.min(2 ** message.attempts, LONGEST_DELAY_SECONDS) });
        }
      }
    }),
  );
}

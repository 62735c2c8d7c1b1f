import type { WEBHOOK_ROUTES } from '../../../contract/routes/webhook.ts';
import type { Actor } from '../../../identity/actor.ts';
import {
  cursorOf,
  listDeliveries,
  recoverFailed,
  redeliver,
  sendTest,
} from '../../../webhooks/deliveries.ts';
import {
  createEndpoint,
  deleteEndpoint,
  type EndpointRow,
  editEndpoint,
  findEndpoint,
  listEndpoints,
  rotateSecret,
} from '../../../webhooks/endpoints.ts';
import { WEBHOOK_TYPES } from '../../../webhooks/event-types.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

export const webhookHandlers: HandlersOf<typeof WEBHOOK_ROUTES> = {
  listWebhookTypes: async () => ({ types: [...WEBHOOK_TYPES] }),
  listEndpoints: async ({ tenant }, { query }) => {
    const rows = await listEndpoints(tenant, query);
    return {
      endpoints: rows.map(shown),
      nextCursor: nextCursor(rows, query.limit, ({ id }) => id),
    };
  },
  createEndpoint: async ({ deps, tenant, actor, note }, { body }) => {
    note({ detail: { url: body.url, types: body.types } });
    const createdBy = nameOf(actor);
    const { endpoint, secret } = await createEndpoint(tenant, deps.webhooks, {
      ...body,
      createdBy,
    });
    return { ...shown(endpoint), secret };
  },
  readEndpoint: async ({ tenant }, { params }) => shown(await findEndpoint(tenant, params.id)),
  editEndpoint: async ({ deps, tenant, note }, { params, body, revision }) => {
    note({ detail: body });
    return shown(await editEndpoint(tenant, deps.webhooks, { ...body, id: params.id, revision }));
  },
  deleteEndpoint: async ({ tenant }, { params }) => {
    await deleteEndpoint(tenant, params.id);
    return undefined;
  },
  rotateWebhookSecret: async ({ deps, tenant }, { params }) => {
    const { secret, previousUntil } = await rotateSecret(tenant, deps.webhooks, params.id);
    return { secret, previousSecretUntil: previousUntil };
  },
  testEndpoint: async ({ tenant }, { params }) => ({
    deliveryId: await sendTest(tenant, params.id),
  }),
  listDeliveries: async ({ tenant }, { params, query }) => {
    const rows = await listDeliveries(tenant, { ...query, endpointId: params.id });
    return {
      deliveries: rows.map(({ log, nextAt, ...row }) => ({
        ...{ id: row.id, messageId: row.messageId, type: row.type, payload: row.payload },
        ...{ state: row.state, attempts: row.attempts, createdAt: row.createdAt },
        ...{ tries: log, nextAt: row.state === 'pending' ? nextAt : null },
      })),
      nextCursor: nextCursor(rows, query.limit, cursorOf),
    };
  },
  redeliver: async ({ tenant }, { params }) => {
    await redeliver(tenant, { endpointId: params.id, deliveryId: params.deliveryId });
    return undefined;
  },
  recoverDeliveries: async ({ tenant, note }, { params, body }) => {
    const input = { endpointId: params.id, since: body.since };
    const deliveries = await recoverFailed(tenant, input);
    note({ detail: { since: body.since, deliveries } });
    return { deliveries };
  },
};

const nameOf = (actor: Actor) => (actor.type === 'nobody' ? '' : actor.id);

/** Never its secrets. */
const shown = ({ id, url, types, description, state, ...row }: EndpointRow) => ({
  ...{ id, url, types, description, isEnabled: state === 'enabled' },
  ...{ disabledReason: row.disabledReason, failingSince: row.failingSince },
  ...{ previousSecretUntil: row.previousUntil, revision: row.revision, createdAt: row.createdAt },
});

import * as z from 'zod';
import { Id, Millis, Page, Revision } from './common.ts';

const Url = z.string().min(1).max(2000).describe('https, at a public address');
const Types = z
  .array(z.string().min(1).max(64))
  .max(50)
  .describe('Names of GET /webhook-types; an empty list is everything');
const Description = z.string().trim().max(200);

export const CreateEndpoint = z.object({
  url: Url,
  types: Types.default([]),
  description: Description.default(''),
});
export const EditEndpoint = z.object({
  url: Url.optional(),
  types: Types.optional(),
  description: Description.optional(),
  isEnabled: z.boolean().optional(),
});
export const Endpoint = z.object({
  id: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  description: z.string(),
  isEnabled: z.boolean(),
  disabledReason: z
    .enum(['person', 'gone', 'failing'])
    .nullable()
    .describe('Gone: it answered 410. Failing: it took nothing for five days'),
  failingSince: Millis.nullable().describe('Null when the last delivery was taken'),
  previousSecretUntil: Millis.nullable().describe('Until then two secrets sign'),
  revision: Revision,
  createdAt: Millis,
});
const Secret = z.string().describe('whsec_ and 32 bytes in base64; shown this once');
export const CreatedEndpoint = Endpoint.extend({ secret: Secret });
export const Endpoints = z.object({
  endpoints: z.array(Endpoint),
  nextCursor: z.string().nullable(),
});
export const Rotated = z.object({ secret: Secret, previousSecretUntil: Millis });
export const TestSent = z.object({ deliveryId: z.string() });

export const ByDelivery = z.object({ id: Id, deliveryId: z.string().min(1).max(200) });
const DeliveryState = z.enum(['pending', 'delivered', 'failed']);
export const FindDeliveries = Page.extend({ state: DeliveryState.optional() });
export const Deliveries = z.object({
  deliveries: z.array(
    z.object({
      id: z.string(),
      messageId: z.string().describe('The header webhook-id'),
      type: z.string(),
      payload: z.string().describe('The body as it is sent'),
      state: DeliveryState,
      attempts: z.number().int(),
      nextAt: Millis.nullable().describe('When it is tried next; null when it is not'),
      tries: z
        .array(
          z.object({
            at: Millis,
            status: z.number().int().nullable(),
            error: z.string().nullable().describe('Why it does not count as delivered'),
            ms: z.number().int(),
            answer: z.string().describe('The first characters of the answer'),
          }),
        )
        .describe('The last ten, oldest first'),
      createdAt: Millis,
    }),
  ),
  nextCursor: z.string().nullable(),
});
export const Recover = z.object({ since: Millis });
export const Recovered = z.object({ deliveries: z.number().int() });
export const WebhookTypes = z.object({
  types: z.array(z.object({ name: z.string(), meaning: z.string() })),
});

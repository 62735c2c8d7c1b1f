import type { NUMBER_ROUTES } from '../../../contract/routes/number.ts';
import { checkWebhooks, repairWebhooks } from '../../../numbers/check-webhooks.ts';
import { checkOwnAccount } from '../../../numbers/context.ts';
import { editNumber, findNumber, type NumberRow } from '../../../numbers/edit-number.ts';
import { buyNumber, importNumbers } from '../../../numbers/take-numbers.ts';
import { isE164 } from '../../../shared/e164.ts';
import { DestinyError } from '../../../shared/errors.ts';
import { listNumbers } from '../../../tenants/list-numbers.ts';
import type { HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

export const numberHandlers: HandlersOf<typeof NUMBER_ROUTES> = {
  listNumbers: async ({ tenant }, { query }) => {
    const rows = await listNumbers(tenant, query);
    return {
      numbers: rows.map(shownNumber),
      nextCursor: nextCursor(rows, query.limit, ({ id }) => id),
    };
  },
  searchNumbers: async ({ deps, tenant }, { query }) => {
    const ctx = await deps.numbers(tenant);
    checkOwnAccount(ctx);
    const found = await ctx.inventory.search(query);
    return { numbers: found.map(({ e164, ...place }) => ({ number: e164, ...place })) };
  },
  importNumbers: async ({ deps, tenant, note }) => {
    const taken = await importNumbers(await deps.numbers(tenant), deps.platform);
    note({ detail: { imported: taken.imported.length, skipped: taken.skipped.length } });
    return taken;
  },
  buyNumber: async ({ deps, tenant, note }, { body }) => {
    if (!isE164(body.e164)) {
      throw new DestinyError('invalid_number', `"${body.e164}" is not an E.164 number.`);
    }
    note({ target: body.e164 });
    return buyNumber(await deps.numbers(tenant), deps.platform, body.e164);
  },
  readNumber: async ({ tenant }, { params }) => shownNumber(await findNumber(tenant, params.id)),
  editNumber: async ({ deps, tenant, note }, { params, body, revision }) => {
    note({ detail: body });
    const edit = { numberId: params.id, revision, ...body };
    const { number, answeredBy } = await editNumber(tenant, edit);
    if (answeredBy !== null) await deps.prime.send({ tenantId: tenant.tenant.id, ...answeredBy });
    return shownNumber(number);
  },
  checkWebhooks: async ({ deps, tenant }, { params }) =>
    checkWebhooks(await deps.numbers(tenant), params.id),
  repairWebhooks: async ({ deps, tenant }, { params }) =>
    repairWebhooks(await deps.numbers(tenant), params.id),
  listAccountNumbers: async ({ deps }, { params }) => {
    const owned = await (await deps.inventory(params.sid)).list();
    const { platform } = deps.platform;
    const numbers = await Promise.all(
      owned.map(async ({ e164, sid }) => ({
        ...{ number: e164, twilioSid: sid, tenantId: await platform.tenantOfNumber(e164) },
      })),
    );
    return { numbers };
  },
};

function shownNumber(row: NumberRow) {
  const { id, e164, twilioSid, inboundScriptId, recordsCalls, revision, createdAt } = row;
  return { id, number: e164, twilioSid, inboundScriptId, recordsCalls, revision, createdAt };
}

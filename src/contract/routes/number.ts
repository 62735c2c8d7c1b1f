import { routes } from '../route.ts';
import { ById, Page } from '../shapes/common.ts';
import * as number from '../shapes/number.ts';
import { AccountSid } from '../shapes/tenant.ts';

const reads = {
  tag: 'Numbers',
  rule: { who: 'tenant', role: 'AGENT', scope: 'numbers:read', feature: null },
  method: 'get',
  status: 200,
  audit: null,
} as const;
const writes = {
  tag: 'Numbers',
  rule: { who: 'tenant', role: 'ADMIN', scope: 'numbers:write', feature: null },
  method: 'post',
} as const;

export const NUMBER_ROUTES = routes({
  listNumbers: {
    ...reads,
    path: '/numbers',
    query: Page,
    returns: number.Numbers,
    summary: 'Numbers of the tenant',
  },
  searchNumbers: {
    ...reads,
    rule: writes.rule,
    path: '/numbers/available',
    query: number.SearchNumbers,
    returns: number.AvailableNumbers,
    summary: "Numbers that the tenant's own Twilio account could buy",
    refuses: ['conflict', 'carrier_failed'],
  },
  importNumbers: {
    ...writes,
    path: '/numbers/import',
    status: 200,
    returns: number.Imported,
    summary: "Take the numbers that the tenant's own Twilio account has",
    audit: 'number.imported',
    refuses: ['conflict', 'carrier_failed'],
  },
  buyNumber: {
    ...writes,
    path: '/numbers',
    body: number.BuyNumber,
    status: 201,
    returns: number.Bought,
    summary: "Buy a number with the tenant's own Twilio account",
    idempotent: 'required',
    audit: 'number.bought',
    refuses: ['invalid_number', 'conflict', 'carrier_failed'],
  },
  readNumber: {
    ...reads,
    path: '/numbers/{id}',
    params: ById,
    returns: number.PhoneNumber,
    summary: 'One number',
    refuses: ['not_found'],
  },
  editNumber: {
    ...writes,
    rule: { ...writes.rule, feature: 'inbound' },
    method: 'patch',
    path: '/numbers/{id}',
    params: ById,
    body: number.EditNumber,
    status: 200,
    returns: number.PhoneNumber,
    edits: true,
    summary: 'Say which script answers a number, and whether its calls are recorded',
    audit: 'number.changed',
    refuses: ['not_found', 'conflict'],
  },
  checkWebhooks: {
    ...reads,
    path: '/numbers/{id}/webhooks',
    params: ById,
    returns: number.WebhookCheck,
    summary: 'Whether Twilio asks us about calls and messages to a number',
    refuses: ['not_found', 'conflict', 'carrier_failed'],
  },
  repairWebhooks: {
    ...writes,
    path: '/numbers/{id}/webhooks/repair',
    params: ById,
    status: 200,
    returns: number.WebhookCheck,
    summary: 'Make Twilio ask us about calls and messages to a number',
    audit: 'number.webhooks_repaired',
    refuses: ['not_found', 'conflict', 'carrier_failed'],
  },
  listAccountNumbers: {
    tag: 'Platform',
    rule: { who: 'superadmin' },
    method: 'get',
    path: '/carrier-accounts/{sid}/numbers',
    params: AccountSid,
    status: 200,
    returns: number.AccountNumbers,
    summary: 'Numbers that a Twilio account has, and whose they are here',
    audit: null,
    refuses: ['not_found', 'carrier_failed'],
  },
});

import { routes } from '../route.ts';
import { ById, Page } from '../shapes/common.ts';
import { Created } from '../shapes/tenant.ts';
import * as work from '../shapes/work.ts';

const tenant = 'tenant';
const contacts = {
  tag: 'Contacts',
  reads: { who: tenant, role: 'AGENT', scope: 'contacts:read', feature: null },
  writes: { who: tenant, role: 'ADMIN', scope: 'contacts:write', feature: null },
} as const;
const reads = {
  tag: 'Campaigns',
  rule: { who: tenant, role: 'AGENT', scope: 'campaigns:read', feature: 'outbound' },
  method: 'get',
  status: 200,
  audit: null,
} as const;
const steers = {
  tag: 'Campaigns',
  rule: { who: tenant, role: 'ADMIN', scope: 'campaigns:write', feature: 'outbound' },
  method: 'post',
} as const;
const calls = { who: tenant, role: 'AGENT', scope: 'calls:read', feature: null } as const;

export const WORK_ROUTES = routes({
  listContacts: {
    ...{ tag: contacts.tag, rule: contacts.reads, method: 'get', path: '/contacts' },
    summary: 'Contacts, newest first',
    query: Page,
    status: 200,
    returns: work.Contacts,
    audit: null,
  },
  upsertContacts: {
    ...{ tag: contacts.tag, rule: contacts.writes, method: 'post', path: '/contacts' },
    summary: 'Add contacts, or change those whose externalId is known; a bad row stops no other',
    body: work.UpsertContacts,
    status: 200,
    returns: work.UpsertedContacts,
    idempotent: 'optional',
    audit: 'contacts.upserted',
  },
  readContact: {
    ...{ tag: contacts.tag, rule: contacts.reads, method: 'get', path: '/contacts/{id}' },
    summary: 'One contact',
    params: ById,
    status: 200,
    returns: work.Contact,
    audit: null,
    refuses: ['not_found'],
  },
  listCampaigns: {
    ...reads,
    ...{ path: '/campaigns', query: Page, returns: work.Campaigns },
    summary: 'Campaigns, newest first',
  },
  createCampaign: {
    ...steers,
    ...{ path: '/campaigns', status: 201, returns: Created },
    summary: 'Make a draft campaign on the published version of a script',
    body: work.CreateCampaign,
    idempotent: 'optional',
    audit: 'campaign.created',
    refuses: ['not_found', 'conflict', 'invalid_number'],
  },
  readCampaign: {
    ...reads,
    ...{ path: '/campaigns/{id}', params: ById, returns: work.CampaignProgress },
    summary: 'Where a campaign stands',
    refuses: ['not_found'],
  },
  enrolContacts: {
    ...steers,
    ...{ path: '/campaigns/{id}/contacts', status: 200, returns: work.Enrolled },
    summary: 'Put contacts into a campaign; unknown ones are not counted',
    params: ById,
    body: work.EnrolContacts,
    audit: 'campaign.contacts_enrolled',
    refuses: ['not_found', 'conflict'],
  },
  makeSpeech: {
    ...steers,
    ...{ path: '/campaigns/{id}/speech', status: 202, returns: null },
    summary: 'Make the speech ahead of the launch',
    params: ById,
    audit: 'campaign.speech_asked',
    refuses: ['not_found'],
  },
  launchCampaign: {
    ...steers,
    ...{ path: '/campaigns/{id}/launch', status: 200, returns: work.StateChanged },
    summary: 'Launch or resume',
    params: ById,
    audit: 'campaign.launched',
    refuses: ['not_found', 'conflict'],
  },
  pauseCampaign: {
    ...steers,
    ...{ path: '/campaigns/{id}/pause', status: 200, returns: work.StateChanged },
    summary: 'Pause; nobody new is dialled',
    params: ById,
    audit: 'campaign.paused',
    refuses: ['not_found', 'conflict'],
  },
  stopCampaign: {
    ...steers,
    ...{ path: '/campaigns/{id}/stop', status: 200, returns: work.StateChanged },
    summary: 'Stop for good',
    params: ById,
    audit: 'campaign.stopped',
    refuses: ['not_found', 'conflict'],
  },
  listCalls: {
    ...{ tag: 'Calls', rule: calls, method: 'get', path: '/calls' },
    summary: 'The ledger, newest first',
    query: work.ListCalls,
    status: 200,
    returns: work.Calls,
    audit: null,
  },
  readCall: {
    ...{ tag: 'Calls', rule: calls, method: 'get', path: '/calls/{id}' },
    summary: 'One call with its history',
    params: ById,
    status: 200,
    returns: work.CallWithEvents,
    audit: null,
    refuses: ['not_found'],
  },
  placeCall: {
    ...{ tag: 'Calls', method: 'post', path: '/calls' },
    rule: { who: tenant, role: 'ADMIN', scope: 'calls:write', feature: 'outbound' },
    summary: 'Call one number, by the same gate, pace and ledger as a campaign',
    body: work.PlaceCall,
    status: 202,
    returns: work.PlacedCall,
    idempotent: 'required',
    audit: 'call.placed',
    refuses: ['not_found', 'conflict', 'invalid_number', 'missing_variable'],
  },
});

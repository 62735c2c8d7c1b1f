import { exportCalls } from '../../../calls/export-calls.ts';
import { readFilters as foundBy } from '../../../calls/find-calls.ts';
import { listCalls } from '../../../calls/list-calls.ts';
import { readCall } from '../../../calls/read-call.ts';
import { campaignResults } from '../../../campaigns/campaign-results.ts';
import { cloneCampaign } from '../../../campaigns/clone-campaign.ts';
import { createCampaign } from '../../../campaigns/create-campaign.ts';
import { deleteDraft, editCampaign } from '../../../campaigns/edit-campaign.ts';
import { enrolContacts, enrolEverybody, enrolList } from '../../../campaigns/enrol-contacts.ts';
import type { CampaignRow } from '../../../campaigns/find-campaign.ts';
import { listCampaigns } from '../../../campaigns/list-campaigns.ts';
import { listEnrolments } from '../../../campaigns/list-enrolments.ts';
import { placeCall } from '../../../campaigns/place-call.ts';
import { preflightCampaign } from '../../../campaigns/preflight.ts';
import { readProgress } from '../../../campaigns/read-progress.ts';
import { requestSpeech } from '../../../campaigns/request-speech.ts';
import { scheduleCampaign, unscheduleCampaign } from '../../../campaigns/schedule-campaign.ts';
import { setCampaignState } from '../../../campaigns/set-state.ts';
import { listContacts, listFields, readContact } from '../../../contacts/list-contacts.ts';
import { suppressNumber } from '../../../contacts/suppress-number.ts';
import { upsertContacts } from '../../../contacts/upsert-contacts.ts';
import type { WORK_ROUTES } from '../../../contract/routes/work.ts';
import { eraseContact } from '../../../erasure/erase-contact.ts';
import { findSound } from '../../../recordings/find-recording.ts';
import { listRecordings } from '../../../recordings/list-recordings.ts';
import { LINK_LIVES_MS, signLink } from '../../../recordings/recording-link.ts';
import { retryRecording } from '../../../recordings/retry-recording.ts';
import type { ApiDeps, HandlersOf } from '../context.ts';
import { nextCursor } from '../page.ts';

const ownerOf = (deps: ApiDeps) => (e164: string) => deps.platform.platform.tenantOfNumber(e164);

export const workHandlers: HandlersOf<typeof WORK_ROUTES> = {
  listContacts: async ({ tenant }, { query }) => {
    return listContacts(tenant, query);
  },
  listContactFields: async ({ tenant }) => ({ fields: await listFields(tenant) }),
  upsertContacts: async ({ tenant, note }, { body }) => {
    const { contacts, rejected } = await upsertContacts(tenant, body.contacts);
    note({ detail: { contacts: contacts.length, rejected: rejected.length } });
    return { contacts: [...contacts], rejected: [...rejected] };
  },
  readContact: async ({ tenant }, { params }) => readContact(tenant, params.id),
  eraseContact: async ({ deps, tenant, note }, { params }) => {
    const erased = await eraseContact(tenant, deps.erasure, params.id);
    note({ detail: erased });
    return erased;
  },
  listCampaigns: async ({ tenant }, { query }) => {
    const rows = await listCampaigns(tenant, query);
    return {
      campaigns: rows.map(shownCampaign),
      nextCursor: nextCursor(rows, query.limit, ({ id }) => id),
    };
  },
  createCampaign: async ({ deps, tenant }, { body }) => createCampaign(tenant, body, ownerOf(deps)),
  suppressNumber: async ({ deps, tenant, note }, { body }) => {
    note({ target: body.e164 });
    await suppressNumber(tenant, deps.cancel, { ...body, reason: 'manual' });
    return undefined;
  },
  readCampaign: async ({ deps, tenant }, { params }) => {
    const progress = await readProgress(tenant, deps.progress(tenant), { campaignId: params.id });
    const shown = shownSettings(progress.campaign);
    return { ...progress, campaign: shown, revision: shown.revision };
  },
  editCampaign: async ({ deps, tenant, note }, { params, body, revision }) => {
    note({ detail: body });
    const edit = { campaignId: params.id, revision, changes: body };
    return shownSettings(await editCampaign(tenant, edit, ownerOf(deps)));
  },
  deleteCampaign: async ({ tenant }, { params }) => {
    await deleteDraft(tenant, params.id);
    return undefined;
  },
  preflightCampaign: async ({ deps, tenant }, { params }) => {
    const canText = async (e164: string) => {
      const [owned] = await (await deps.numbers(tenant)).inventory.list({ e164 });
      return owned?.canText !== false;
    };
    const found = await preflightCampaign(
      tenant,
      { ...deps.progress(tenant), canText },
      { campaignId: params.id },
    );
    const texts = found.texts && { ...found.texts, cannotSend: [...found.texts.cannotSend] };
    return { ...found, texts, missing: [...found.missing], warnings: [...found.warnings] };
  },
  enrolContacts: async ({ tenant, note }, { params, body }) => {
    const campaignId = params.id;
    const { contactIds, listId } = body;
    if (listId !== undefined) {
      const done = await enrolList(tenant, { campaignId, listId });
      note({ detail: { listId, ...done } });
      return done;
    }
    if (contactIds === undefined) {
      note({ detail: { all: true } });
      await enrolEverybody(tenant, { campaignId });
      return { enrolled: null };
    }
    const done = await enrolContacts(tenant, { campaignId, contactIds });
    note({ detail: done });
    return done;
  },
  makeSpeech: async ({ deps, tenant }, { params }) => {
    await requestSpeech(tenant, deps.prime, params.id);
    return undefined;
  },
  launchCampaign: async ({ deps, tenant }, { params }) => {
    const launched = await setCampaignState(tenant, deps.cancel, {
      campaignId: params.id,
      state: 'running',
    });
    await requestSpeech(tenant, deps.prime, params.id);
    return launched;
  },
  pauseCampaign: async ({ deps, tenant }, { params }) =>
    setCampaignState(tenant, deps.cancel, { campaignId: params.id, state: 'paused' }),
  stopCampaign: async ({ deps, tenant }, { params }) =>
    setCampaignState(tenant, deps.cancel, { campaignId: params.id, state: 'stopped' }),
  scheduleCampaign: async ({ deps, tenant, note }, { params, body }) => {
    note({ detail: body });
    return scheduleCampaign(tenant, deps.prime, { campaignId: params.id, ...body });
  },
  unscheduleCampaign: async ({ tenant }, { params }) => unscheduleCampaign(tenant, params.id),
  cloneCampaign: async ({ tenant, note }, { params, body }) => {
    note({ detail: { ...body, of: params.id } });
    return cloneCampaign(tenant, { campaignId: params.id, ...body });
  },
  listEnrolments: async ({ tenant }, { params, query }) => {
    const contacts = await listEnrolments(tenant, { campaignId: params.id, ...query });
    const next = nextCursor(contacts, query.limit, ({ contactId }) => contactId);
    return { contacts, nextCursor: next };
  },
  readCampaignResults: async ({ tenant }, { params }) => campaignResults(tenant, params.id),
  listCalls: async ({ tenant }, { query }) => {
    const { calls, nextCursor: next } = await listCalls(tenant, {
      ...foundBy(query),
      ...{ cursor: query.cursor, limit: query.limit },
    });
    return { calls: [...calls], nextCursor: next };
  },
  exportCalls: async ({ tenant }, { query }) => exportCalls(tenant, foundBy(query)),
  readCall: async ({ tenant }, { params }) => {
    const { call, events } = await readCall(tenant, { callId: params.id });
    return { call, events: [...events] };
  },
  listRecordings: async ({ tenant }, { params }) => ({
    recordings: await listRecordings(tenant, { callId: params.id }),
  }),
  retryRecording: async ({ deps, tenant }, { params }) =>
    retryRecording(tenant, deps.recordings.queue, params.id),
  issueRecordingUrl: async ({ deps, tenant, actor }, { params }) => {
    await findSound(tenant, params.id);
    const { linkSecret, baseUrl } = deps.recordings;
    const expiresAt = tenant.clock.now() + LINK_LIVES_MS;
    const query = await signLink(linkSecret, {
      ...{ tenantId: tenant.tenant.id, recordingId: params.id, expiresAt },
      issuedTo: actor.type === 'nobody' ? '' : actor.id,
    });
    return { url: `${baseUrl}/api/v1/recordings/${params.id}/audio?${query}`, expiresAt };
  },
  placeCall: async ({ deps, tenant, note }, { body }) => {
    note({ detail: { to: body.to, script: body.scriptId, purpose: body.purpose } });
    return placeCall(tenant, { tenantOfNumber: ownerOf(deps), dial: deps.dial }, body);
  },
};

function shownCampaign(row: CampaignRow) {
  const { id, name, state, pausedReason, scriptId, scriptVersion, fromNumber } = row;
  const { createdAt, launchedAt, finishedAt } = row;
  return {
    ...{ id, name, state, pausedReason, scriptId, scriptVersion, fromNumber },
    ...{ createdAt, launchedAt, finishedAt },
  };
}

function shownSettings(row: CampaignRow) {
  const { timeZone, opensMinute, closesMinute, retrySeconds, callerIds, variables } = row;
  const { machineDetection, ringSeconds, callLimitSeconds, channel } = row;
  const { breakerPercent, recordsCalls } = row;
  const { dailyAttemptsPerNumber, weeklyAttemptsPerNumber } = row;
  const { maxCallsPerSecond, maxConcurrentCalls, scheduledAt, revision } = row;
  return {
    ...shownCampaign(row),
    ...{ timeZone, opensMinute, closesMinute, variables, scheduledAt, revision },
    ...{ machineDetection, ringSeconds, callLimitSeconds, channel },
    ...{ breakerPercent, recordsCalls },
    ...{ dailyAttemptsPerNumber, weeklyAttemptsPerNumber },
    ...{ maxCallsPerSecond, maxConcurrentCalls },
    ...{ retrySeconds: [...retrySeconds], callerIds: [...callerIds] },
  };
}

import { accessToken, identityOf, TOKEN_SECONDS } from '../../../agents/access-token.ts';
import { softphoneOf } from '../../../agents/softphone-account.ts';
import { handOn, holdTalk } from '../../../agents/steer-talk.ts';
import type { AGENT_ROUTES } from '../../../contract/routes/agent.ts';
import type { Actor } from '../../../identity/actor.ts';
import { DestinyError } from '../../../shared/errors.ts';
import type { HandlersOf } from '../context.ts';

export const agentHandlers: HandlersOf<typeof AGENT_ROUTES> = {
  listAgents: async ({ deps, tenant }) => {
    const { agents, waiting, talks } = await deps.agents.desk(tenant.tenant.id).view();
    return { agents: [...agents], waiting: [...waiting], talks: [...talks] };
  },
  setOwnPresence: async ({ deps, tenant, actor, note }, { body }) => {
    note({ detail: body });
    const { id } = tenant.tenant;
    const agent = await deps.agents.desk(id).setPresence(id, agentOf(actor), body.presence);
    if (agent !== null) return agent;
    throw new DestinyError('not_found', 'The desk does not know you; connect to it first.');
  },
  readDeskSettings: async ({ deps, tenant }) => deps.agents.desk(tenant.tenant.id).settings(),
  setDeskSettings: async ({ deps, tenant, note }, { body }) => {
    const { id } = tenant.tenant;
    note({ target: id, detail: body });
    await deps.agents.desk(id).changeSettings(id, body);
    return body;
  },
  takeAgentToken: async ({ deps, tenant, actor }) => {
    const ctx = await deps.agents.softphone(tenant);
    const softphone = await softphoneOf(ctx);
    const secret = await ctx.sealer.open(softphone.softphoneSecretSealed);
    const identity = await identityOf(secret, tenant.tenant.id, agentOf(actor).id);
    const now = tenant.clock.now();
    const { sid: accountSid } = ctx.account;
    const token = await accessToken({
      ...{ accountSid, keySid: softphone.softphoneKeySid, secret, identity, now },
      applicationSid: softphone.softphoneAppSid,
    });
    const { carrierUrl } = deps.agents;
    return { token, identity, expiresAt: now + TOKEN_SECONDS * 1000, carrierUrl, accountSid };
  },
  holdTalk: async ({ deps, tenant, actor, note }, { params, body }) => {
    note({ detail: body });
    const own = { agentId: agentOf(actor).id, callId: params.id };
    await holdTalk(await deps.agents.steer(tenant), { ...own, isHeld: body.isHeld });
    return undefined;
  },
  handTalkOn: async ({ deps, tenant, actor, note }, { params, body }) => {
    note({ detail: { to: body.to } });
    const own = { agentId: agentOf(actor).id, callId: params.id };
    await handOn(await deps.agents.steer(tenant), { ...own, to: body.to });
    return undefined;
  },
  listenToTalk: async ({ deps, tenant, actor, note }, { params, body }) => {
    note({ detail: { mode: body.mode } });
    const desk = deps.agents.desk(tenant.tenant.id);
    const ticket = await desk.listenTo(agentOf(actor).id, params.id, body.mode);
    if (ticket !== null) return { ticket };
    throw new DestinyError('not_found', `Nobody talks in ${params.id} now.`);
  },
  wrapTalkUp: async ({ deps, tenant, actor, note }, { params, body }) => {
    note({ detail: { outcome: body.outcome } });
    const { id } = tenant.tenant;
    const agentId = agentOf(actor).id;
    if (!(await deps.agents.desk(id).hadTalk(agentId, params.id))) {
      throw new DestinyError('not_found', `You had no talk ${params.id} just now.`);
    }
    if (body.outcome !== null) {
      const session = deps.agents.session(id, params.id);
      await session.wrapUp(`${agentId}:${tenant.clock.now()}`, body.outcome, agentId);
    }
    await deps.agents.desk(id).wrapped(agentId);
    return undefined;
  },
};

/** A person, or a program that works as an agent. */
export function agentOf(actor: Actor): { readonly id: string; readonly name: string } {
  if (actor.type === 'nobody') throw new DestinyError('internal', 'An agent is somebody.');
  return { id: actor.id, name: actor.name };
}

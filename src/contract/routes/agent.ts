import { routes } from '../route.ts';
import * as agent from '../shapes/agent.ts';

const seen = {
  tag: 'Agents',
  rule: { who: 'tenant', role: 'AGENT', scope: 'agents:read', feature: 'inbound' },
  method: 'get',
  status: 200,
  audit: null,
} as const;
const works = {
  tag: 'Agents',
  rule: { who: 'tenant', role: 'AGENT', scope: 'agents:work', feature: 'inbound' },
  method: 'post',
  status: 200,
} as const;
const supervises = {
  tag: 'Agents',
  rule: { who: 'tenant', role: 'ADMIN', scope: null, feature: 'inbound' },
} as const;

export const AGENT_ROUTES = routes({
  listAgents: {
    ...seen,
    path: '/agents',
    returns: agent.Agents,
    summary: 'Who is at the desk, who waits, who talks',
  },
  setOwnPresence: {
    ...works,
    method: 'patch',
    path: '/agents/me',
    body: agent.SetPresence,
    returns: agent.Agent,
    audit: 'agent.presence',
    summary: 'Say that one is available or away; the desk must know one already',
    refuses: ['not_found'],
  },
  readDeskSettings: {
    ...seen,
    path: '/agents/settings',
    returns: agent.DeskSettings,
    summary: 'How callers are offered to agents',
  },
  setDeskSettings: {
    ...supervises,
    method: 'put',
    path: '/agents/settings',
    body: agent.DeskSettings,
    status: 200,
    returns: agent.DeskSettings,
    audit: 'desk.changed',
    summary: 'Change how callers are offered to agents',
  },
  takeAgentToken: {
    ...works,
    path: '/agent/token',
    returns: agent.AgentToken,
    audit: 'agent.token_taken',
    summary: 'A token that the page calls with, for an hour',
    refuses: ['carrier_failed', 'conflict'],
  },
  holdTalk: {
    ...works,
    path: '/agent/calls/{id}/hold',
    params: agent.ByCall,
    body: agent.Hold,
    status: 204,
    returns: null,
    audit: 'talk.held',
    summary: 'Let the caller of the own talk hear music, or talk with him again',
    refuses: ['not_found', 'carrier_failed'],
  },
  handTalkOn: {
    ...works,
    path: '/agent/calls/{id}/transfer',
    params: agent.ByCall,
    body: agent.HandOn,
    status: 204,
    returns: null,
    audit: 'talk.handed_on',
    summary: 'Hand the caller of the own talk on to agents or to a number',
    refuses: ['not_found', 'conflict', 'invalid_number', 'carrier_failed'],
  },
  listenToTalk: {
    ...supervises,
    method: 'post',
    path: '/agent/calls/{id}/listen',
    params: agent.ByCall,
    body: agent.Listen,
    status: 200,
    returns: agent.Ticket,
    audit: 'talk.listened',
    summary: 'A ticket to hear a talk, or to speak to its agent alone',
    refuses: ['not_found'],
  },
  wrapTalkUp: {
    ...works,
    path: '/agent/calls/{id}/wrap-up',
    params: agent.ByCall,
    body: agent.WrapUp,
    status: 204,
    returns: null,
    audit: 'talk.wrapped_up',
    summary: 'Say what came of the talk that one has just had, and be available again',
    refuses: ['not_found'],
  },
});

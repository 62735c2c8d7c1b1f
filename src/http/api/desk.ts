import { Hono } from 'hono';
import type { RouteSpec } from '../../contract/route.ts';
import { DestinyError } from '../../shared/errors.ts';
import { problemResponse } from '../problem.ts';
import type { ApiDeps } from './context.ts';
import { agentOf } from './handlers/agent.ts';
import { admitUpgrade } from './upgrade.ts';

const WORK: RouteSpec = {
  ...{ tag: 'Agents', method: 'get', path: '/agent/desk', summary: '', status: 200 },
  ...{ returns: null, audit: null },
  rule: { who: 'tenant', role: 'AGENT', scope: 'agents:work', feature: 'inbound' },
};

/** An agent's place at the tenant's desk, as a WebSocket; docs/agents.md has its frames. */
export function deskRoutes(deps: ApiDeps): Hono {
  const app = new Hono();
  app.onError((error, c) => problemResponse(c, error, deps.identity.newId('req'), deps.log));
  app.get('/agent/desk', async (c) => {
    const { tenantId: tenant, actor } = await admitUpgrade(deps, WORK, c);
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
      throw new DestinyError('invalid_input', 'Ask with Upgrade: websocket.');
    }
    const { id: agent, name } = agentOf(actor);
    const url = `https://desk/?${new URLSearchParams({ tenant, agent, name })}`;
    const request = new Request(url, { headers: { upgrade: 'websocket' } });
    return deps.agents.desk(tenant).fetch(request);
  });
  return app;
}

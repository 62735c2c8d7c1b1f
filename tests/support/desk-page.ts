import { env } from 'cloudflare:workers';
import type { AgentFrame, DeskFrame } from '../../src/agents/protocol.ts';
import type { AgentDesk } from '../../workers/voice/objects.ts';

export const desks = (env as unknown as { readonly AGENT_DESKS: DurableObjectNamespace<AgentDesk> })
  .AGENT_DESKS;

/** An agent's page at the tenant's desk. */
export async function sit(tenantId: string, id: string) {
  const query = new URLSearchParams({ tenant: tenantId, agent: id, name: id });
  const request = new Request(`https://desk/?${query}`, { headers: { upgrade: 'websocket' } });
  const { webSocket } = await desks.getByName(`t:${tenantId}`).fetch(request);
  if (webSocket === null) throw new Error('The desk did not open');
  const frames: DeskFrame[] = [];
  let wake = () => {};
  webSocket.accept();
  webSocket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(String(data)) as DeskFrame);
    wake();
  });
  const find = async <T extends DeskFrame['type']>(type: T, skip = 0) => {
    for (;;) {
      const found = frames.filter((frame) => frame.type === type)[skip];
      if (found !== undefined) return found as Extract<DeskFrame, { type: T }>;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const say = (frame: AgentFrame) => webSocket.send(JSON.stringify(frame));
  await find('hello');
  return { socket: webSocket, frames, find, say };
}

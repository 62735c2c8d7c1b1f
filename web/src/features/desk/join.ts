import { DeskClient, type DeskSocket, NO_DESK } from '../../../../src/agents/client.ts';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { openSoftphone } from '../../softphone/port.ts';
import { deskStore, leaveDesk } from './desk.ts';

/** Takes one's place at the desk of a tenant, once; it lasts until `leaveDesk` or the page ends. */
export function joinDesk(tenant: string): void {
  if (deskStore.get()?.tenant === tenant) return;
  leaveDesk();
  const line = openSoftphone(() => api('takeAgentToken', {}, { tenant }));
  let onTalkEnd: () => void = () => undefined;
  line.onEnd(() => {
    deskStore.change({ isMuted: false, listening: null });
    onTalkEnd();
  });
  const connect = async (ticket: string) => {
    deskStore.change({ trouble: null, isMuted: false });
    try {
      await line.connect(ticket);
    } catch (error) {
      deskStore.change({ trouble: troubleOf(error) });
      throw error;
    }
  };
  let isClosed = false;
  const client = new DeskClient({
    open: () => socketOf(tenant),
    softphone: {
      ...line,
      connect,
      onEnd: (listener) => {
        onTalkEnd = listener;
      },
    },
    onChange: (state) => {
      if (!isClosed) deskStore.change({ state });
    },
    wait: (ms, then) => void setTimeout(then, ms),
    random: Math.random,
  });
  deskStore.set({
    ...{ tenant, state: NO_DESK, isMuted: false, trouble: null, listening: null },
    accept: (offerId) => client.accept(offerId),
    decline: (offerId) => client.decline(offerId),
    set: (presence) => client.set(presence),
    wrapped: () => client.wrapped(),
    mute: (isMuted) => {
      line.mute(isMuted);
      deskStore.change({ isMuted });
    },
    sendDigits: (digits) => line.sendDigits(digits),
    hangUp: () => line.hangUp(),
    listen: async (listening, ticket) => {
      await connect(ticket);
      deskStore.change({ listening });
    },
    close: () => {
      isClosed = true;
      line.hangUp();
      client.close();
    },
  });
}

function troubleOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  const said = error instanceof Error ? error.message : '';
  return `The line could not be had. Look whether the page may use the microphone. ${said}`.trim();
}

function socketOf(tenant: string): DeskSocket {
  const url = new URL('/api/v1/agent/desk', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('tenant', tenant);
  return new WebSocket(url) as unknown as DeskSocket;
}

import { runInDurableObject } from 'cloudflare:test';
import { SessionStore } from '../../src/calls/session-store.ts';
import { packSetup, type SessionSetup } from '../../src/calls/session-types.ts';
import type { CallSession } from '../../workers/voice/objects.ts';
import {
  type CallRef,
  SID,
  sessionOf,
  setupOf,
  statusParams,
  statusPath,
  turnPath,
  webhook,
} from './session.ts';

let last = 0;

export type Talk = Awaited<ReturnType<typeof talk>>;

/** A call of this script as the carrier leads it, webhook by webhook. */
export async function talk(
  script: string,
  changed: Partial<SessionSetup> = {},
  tenantId = 'ten_talk',
) {
  last += 1;
  const ref: CallRef = { tenantId, callId: `call_${last}` };
  await sessionOf(ref).prepare(packSetup({ ...(await setupOf(ref, script)), ...changed }), []);
  const base = `/voice/t/${ref.tenantId}/c/${ref.callId}`;
  const post = async (path: string, params: Record<string, string> = {}) => {
    const response = await webhook(path, { CallSid: SID, ...params });
    return { status: response.status, xml: await response.text() };
  };
  return {
    ref,
    post,
    turn: async (nonce: number, params: Record<string, string> = {}) => {
      const { status, xml } = await post(turnPath(ref, nonce), params);
      if (status !== 200) throw new Error(`turn ${nonce} was answered ${status}: ${xml}`);
      return xml;
    },
    beside: (kind: string, params: Record<string, string>) => post(`${base}/${kind}`, params),
    status: (status: string, rest: Record<string, string> = {}) =>
      post(statusPath(ref), statusParams(status, 1, rest)),
    told: () =>
      runInDurableObject(sessionOf(ref), (_: CallSession, state) => {
        const store = new SessionStore(state.storage.sql);
        const setup = store.setup();
        if (setup === null) throw new Error('The session has no setup');
        return store.report(setup);
      }),
    types: async function () {
      return ((await this.told())?.events ?? []).map(({ type }) => type);
    },
  };
}

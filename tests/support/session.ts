import { env, exports } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { LedgerReport, SessionSetup } from '../../src/calls/session-types.ts';
import { compileScript } from '../../src/script/compile.ts';
import type { CallSession } from '../../workers/voice/objects.ts';
import { SCRIPT } from './campaign.ts';
import { AUTH_TOKEN, testSealer } from './tenant.ts';

export const sessionEnv = env as unknown as {
  readonly CALL_SESSIONS: DurableObjectNamespace<CallSession>;
  readonly LEDGER: Queue<LedgerReport>;
  readonly PUBLIC_BASE_URL: string;
};

/** Which call: its own session, whatever other tests of the file do. */
export type CallRef = { readonly tenantId: string; readonly callId: string };

export function sessionOf({ tenantId, callId }: CallRef) {
  return sessionEnv.CALL_SESSIONS.getByName(`t:${tenantId}:c:${callId}`);
}

export async function setupOf(ref: CallRef, script = SCRIPT): Promise<SessionSetup> {
  const { flow } = await compileScript(script, { mode: 'publish' });
  if (flow === null) throw new Error('The test script does not compile');
  return {
    ...ref,
    accountSid: `AC${'0'.repeat(32)}`,
    tokenSealed: await testSealer.seal(AUTH_TOKEN),
    flow,
    variables: { firstName: 'Maria', tenantName: 'Harbour Dental' },
    clips: {},
    ownNumber: '+15550100000',
    callingCodes: ['1'],
    screeningText: 'This is Harbour Dental.',
  };
}

/** Sends a webhook as Twilio would; `signature` replaces the right one. */
export function webhook(
  path: string,
  params: Record<string, string>,
  options: { readonly signature?: string | null; readonly token?: string } = {},
): Promise<Response> {
  const url = `${sessionEnv.PUBLIC_BASE_URL}${path}`;
  const right = getExpectedTwilioSignature(options.token ?? AUTH_TOKEN, url, params);
  const signature = options.signature === undefined ? right : options.signature;
  return exports.default.fetch(
    new Request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      },
      body: new URLSearchParams(params).toString(),
    }),
  );
}

export const turnPath = ({ tenantId, callId }: CallRef, nonce: number) =>
  `/voice/t/${tenantId}/c/${callId}/turn/${nonce}`;
export const statusPath = ({ tenantId, callId }: CallRef) =>
  `/voice/t/${tenantId}/c/${callId}/status`;

export const SID = `CA${'a'.repeat(32)}`;
export const statusParams = (
  status: string,
  sequence: number,
  rest: Record<string, string> = {},
) => ({
  CallSid: SID,
  CallStatus: status,
  SequenceNumber: String(sequence),
  ...rest,
});

import type { FindSpeech } from '../audio/ensure-speech.ts';
import { callRecording, noticeClips } from '../calls/recording-notice.ts';
import {
  packSetup,
  type SessionReply,
  type SessionSetup,
  type SessionWebhook,
  type SetupText,
} from '../calls/session-types.ts';
import { FEATURES } from '../contract/rule.ts';
import { resolveVariables } from '../scripts/resolve-variables.ts';
import { plannedClips } from '../scripts/speech-plan.ts';
import { single } from '../telephony/signature.ts';
import { reject } from '../telephony/twiml-answers.ts';
import type { TenantContext } from '../tenants/context.ts';
import { recordingNotice, saidOfTenant } from '../tenants/said-of-tenant.ts';
import type { InboundDirectory, InboundLine } from './directory.ts';
import { type Asked, signedBy } from './signed-by.ts';

export type OpenInboundDeps = {
  readonly directory: Pick<InboundDirectory, 'line' | 'account'>;
  readonly callId: (callSid: string) => Promise<string>;
  readonly session: (
    tenantId: string,
    callId: string,
  ) => {
    open(setup: SetupText, webhook: SessionWebhook): Promise<SessionReply>;
    webhook(webhook: SessionWebhook): Promise<SessionReply>;
  };
  readonly findSpeech: (ctx: TenantContext) => FindSpeech;
};

type Answered = Extract<SessionReply, { type: 'answered' }> | { readonly type: 'forbidden' };

/**
 * The first webhook of a call that came in. Its number says whose it is; a number that nobody
 * answers, a plan without inbound calls and a suspended tenant are a busy signal.
 */
export async function openInbound(deps: OpenInboundDeps, asked: Asked): Promise<Answered> {
  const account = await signedBy(deps.directory, asked);
  if (account === null) return { type: 'forbidden' };
  const line = await deps.directory.line(single(asked.params.To));
  if (line === null || !isServed(line, account.sid)) return busy();
  const setup = await setUp(deps, line, account.tokenSealed, asked);
  if (setup === null) return busy();
  const session = deps.session(setup.tenantId, setup.callId);
  const reply = await session.open(packSetup(setup), {
    kind: { type: 'turn', nonce: 0 },
    ...asked,
  });
  return reply.type === 'answered' ? reply : { type: 'forbidden' };
}

/** The last word of a call that came in. True when it was the carrier's. */
export async function closeInbound(deps: OpenInboundDeps, asked: Asked): Promise<Answered> {
  if ((await signedBy(deps.directory, asked)) === null) return { type: 'forbidden' };
  const line = await deps.directory.line(single(asked.params.To));
  if (line !== null) {
    const callId = await deps.callId(single(asked.params.CallSid));
    const session = deps.session(line.ctx.tenant.id, callId);
    await session.webhook({ kind: { type: 'status' }, ...asked });
  }
  return { type: 'answered', xml: '' };
}

const busy = (): Answered => ({ type: 'answered', xml: reject('busy') });

/** The account whose token verified must be the one that the number's tenant calls through. */
function isServed({ ctx: { tenant }, answer }: InboundLine, accountSid: string): boolean {
  const hasPlan = FEATURES[tenant.plan].includes('inbound');
  const isTheirs = tenant.carrierAccountSid === accountSid;
  return isTheirs && hasPlan && tenant.state === 'active' && answer !== null;
}

async function setUp(
  deps: OpenInboundDeps,
  { ctx, answer, number, callers }: InboundLine,
  tokenSealed: string,
  { params }: Asked,
): Promise<SessionSetup | null> {
  if (answer === null) return null;
  const fromNumber = single(params.From);
  const caller = await callers.find(fromNumber);
  const variables = resolveVariables(ctx.tenant, {}, caller?.fields ?? {});
  const { flow, plan } = answer.published;
  const recording = callRecording(number.recordsCalls, flow, recordingNotice(ctx.tenant));
  const own = [...plannedClips(plan, variables), ...noticeClips(recording)].filter(
    ({ text }) => !answer.clips.has(text),
  );
  const made =
    own.length === 0
      ? new Map()
      : await deps.findSpeech(ctx)({ settings: flow.settings, clips: own });
  return {
    tenantId: ctx.tenant.id,
    callId: await deps.callId(single(params.CallSid)),
    accountSid: single(params.AccountSid),
    tokenSealed,
    flow,
    variables,
    clips: Object.fromEntries([...answer.clips, ...made]),
    ownNumber: single(params.To),
    ...(recording === null ? {} : { recording }),
    ...saidOfTenant(ctx.tenant),
    inbound: {
      fromNumber,
      scriptId: answer.scriptId,
      scriptVersion: answer.version,
      contactId: caller?.id ?? null,
      createdAt: ctx.clock.now(),
    },
  };
}

import type { EnsuredSpeech, EnsureSpeech } from '../audio/ensure-speech.ts';
import { packSetup, type SetupText } from '../calls/session-types.ts';
import type { CallEvent } from '../db/event-store.ts';
import type { FlowCache } from '../scripts/flow-cache.ts';
import type { TenantContext } from '../tenants/context.ts';
import { saidOfTenant } from '../tenants/said-of-tenant.ts';
import { callerIdOf } from './caller-id.ts';
import { endAttempt } from './end-attempt.ts';
import { dialEvent } from './note-accepted.ts';
import { type PlannedAttempt, planAttempts, type ReadyAttempt } from './plan-attempts.ts';

export type ReadyAttemptsDeps = {
  readonly flows: FlowCache;
  readonly ensureSpeech: EnsureSpeech;
  readonly account: { readonly sid: string; readonly tokenSealed: string };
  readonly session: (callId: string) => {
    prepare(setup: SetupText, events: readonly CallEvent[]): Promise<void>;
  };
};

/** Steps one and two of a call job: the snapshot, then the speech; then its session is set up. */
export async function readyAttempts(
  ctx: TenantContext,
  deps: ReadyAttemptsDeps,
  callIds: readonly string[],
): Promise<ReadyAttempt[]> {
  const planned = await planAttempts(ctx, deps.flows, callIds);
  const complete = planned.filter((one) => one.missing.length === 0);
  await Promise.all(
    planned.filter((one) => one.missing.length > 0).map((one) => endForMissing(ctx, one)),
  );
  const ready: ReadyAttempt[] = [];
  for (const own of Map.groupBy(complete, (one) => one.published.hash).values()) {
    const startedAt = ctx.clock.now();
    const flow = own[0]?.published.flow;
    if (flow === undefined) continue;
    const speech = await deps.ensureSpeech({
      settings: flow.settings,
      clips: own.flatMap((one) => one.texts),
      priority: 'call',
    });
    await Promise.all(own.map((one) => setUpSession(ctx, deps, one, speech, startedAt)));
    ready.push(...own);
  }
  return ready;
}

async function setUpSession(
  ctx: TenantContext,
  deps: ReadyAttemptsDeps,
  one: PlannedAttempt,
  speech: EnsuredSpeech,
  startedAt: number,
): Promise<void> {
  const clips = one.texts.flatMap(({ text }) => {
    const part = speech.parts.get(text);
    return part === undefined ? [] : [[text, part] as const];
  });
  await deps.session(one.attempt.id).prepare(
    packSetup({
      tenantId: ctx.tenant.id,
      callId: one.attempt.id,
      accountSid: deps.account.sid,
      tokenSealed: deps.account.tokenSealed,
      flow: one.published.flow,
      variables: one.variables,
      clips: Object.fromEntries(clips),
      ownNumber: callerIdOf(one.campaign, one.attempt.e164),
      peer: { number: one.attempt.e164, contactId: one.attempt.contactId },
      ...(one.recording === null ? {} : { recording: one.recording }),
      ...saidOfTenant(ctx.tenant),
    }),
    [...one.events, ...speechEvents(one, speech, startedAt, ctx.clock.now())],
  );
}

function speechEvents(
  one: PlannedAttempt,
  speech: EnsuredSpeech,
  startedAt: number,
  now: number,
): CallEvent[] {
  const made = one.texts.filter(({ text }) => speech.made.has(text)).length;
  const failed = one.texts.filter(({ text }) => !speech.parts.has(text)).length;
  const characters = one.texts.reduce((sum, { text }) => sum + text.length, 0);
  return [
    dialEvent(1, startedAt, 'tts.generate.start', { sentences: one.texts.length, characters }),
    failed === 0
      ? dialEvent(2, now, 'tts.generate.done', { made, cached: one.texts.length - made })
      : dialEvent(2, now, 'tts.generate.failed', {
          made,
          failed,
          reason: speech.failure?.class ?? '',
        }),
  ];
}

/** A contact that lacks a variable is never dialled; its history says which one. */
export async function endForMissing(ctx: TenantContext, one: PlannedAttempt): Promise<void> {
  const finished = dialEvent(6, ctx.clock.now(), 'call.finished', {
    status: 'canceled',
    code: 'missing_variable',
    missing: one.missing,
  });
  const callId = one.attempt.id;
  await ctx.events.append([...one.events, finished].map((event) => ({ ...event, callId })));
  await endAttempt(ctx, {
    callId,
    result: `missing_variable:${one.missing.join(',')}`,
    after: { state: 'skipped' },
  });
}

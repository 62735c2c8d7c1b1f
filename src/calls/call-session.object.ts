import { DurableObject } from 'cloudflare:workers';
import type { CallEvent } from '../db/event-store.ts';
import type { Clock } from '../shared/clock.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallbackUrls } from '../telephony/callback-url.ts';
import type { CarrierCall } from '../telephony/carrier.ts';
import { type FormParams, single, verifySignature } from '../telephony/signature.ts';
import { isTerminal } from '../telephony/status.ts';
import { tryAgain } from '../telephony/twiml-answers.ts';
import { type AgentRoom, leaveRoom, type RoomReport, roomReport } from './agent-room.ts';
import type { Turn } from './conversation.ts';
import { quietStep } from './quiet-step.ts';
import type { RedirectJob } from './redirect-call.ts';
import { SessionStore } from './session-store.ts';
import type {
  DialOutcome,
  FetchedReply,
  LedgerReport,
  Redirection,
  SessionReply,
  SessionSetup,
  SessionState,
  SessionStep,
  SessionWebhook,
  SetupText,
  WebhookKind,
} from './session-types.ts';
import { giveUp, takenUpAgain, takeStatus } from './status-report.ts';
import { takeReply, takeTurn } from './take-turn.ts';
import { keyOf, takeWebhook } from './take-webhook.ts';

/** Events reach a watching person within two seconds, so they wait at most this long here. */
const FLUSH_AFTER_MS = 500;
/** A report that nobody acknowledged by then was lost with its queue and is sent again. */
const RESEND_AFTER_MS = 60_000;
/** An answer of a script's webhook is on its way this long at most after its time limit. */
const ASKED_GRACE_MS = 3000;
const EMPTY_AFTER_MS = 24 * 3_600_000;
/** A call that was sent to its next turn and did not come is sent there again. */
const REDIRECT_AGAIN_MS = 5000;
const DESK_AGAIN_MS = 1000;
/** The revision that the tenant's desk was told last. */
const TOLD = 'desk_told';

/** A tenant's desk: where agents are offered callers. Told again, it changes nothing. */
export type DeskPort = { room(report: RoomReport): Promise<void> };

export type CallSessionDeps = {
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly urls: CallbackUrls;
  readonly ledger: { send(report: LedgerReport): Promise<unknown> };
  readonly desk: (tenantId: string) => DeskPort;
  readonly redirect: { send(job: RedirectJob): Promise<unknown> };
};

/**
 * One live call, named `t:<tenant>:c:<call>` so that all its webhooks meet in one place: it orders
 * and de-duplicates them, answers a turn with no other hop, and keeps what the ledger has not
 * acknowledged. One row a webhook.
 */
export abstract class CallSessionObject<Env> extends DurableObject<Env> {
  readonly #store = new SessionStore(this.ctx.storage.sql);
  #token: string | null = null;
  #isReportDue = false;
  /** The newest row that is on its way to the ledger. */
  #sentUpTo = 0;

  protected abstract deps(): CallSessionDeps;

  /** Before the dial, whose report has room for these events too; repeating it changes nothing. */
  async prepare(setup: SetupText, events: readonly CallEvent[]): Promise<void> {
    if (!this.#store.addSetup(setup)) return;
    this.#store.addEvents('prepared', events, this.#store.state());
    await this.#flushWithin(RESEND_AFTER_MS);
  }

  /** After the dial: what the carrier said; `end` closes a call that never came to be. */
  async dialled(events: readonly CallEvent[], result: DialOutcome): Promise<void> {
    if (this.#store.replyTo('dialled') !== null) return;
    const state = this.#store.state();
    this.#store.addEvents('dialled', events, this.#afterDial(state, result));
    await this.#reportSoon();
  }

  async webhook(webhook: SessionWebhook): Promise<SessionReply> {
    const setup = this.#store.setup();
    if (setup === null) return { type: 'unknown_call' };
    const { clock, urls, sealer } = this.deps();
    this.#token ??= await sealer.open(setup.tokenSealed);
    if (!verifySignature(webhook, this.#token)) return { type: 'forbidden' };

    const key = keyOf(webhook);
    const known = this.#store.replyTo(key);
    if (known !== null) {
      const redirect = this.#redirect(webhook.kind, this.#store.state(), webhook.params);
      return { type: 'answered', xml: known, ...redirect };
    }
    const state = takenUpAgain(this.#store.state());
    const spoken = webhook.isAudioAway === true ? { ...setup, clips: {} } : setup;
    const turn = { setup: spoken, state, urls, now: clock.now() };
    const { kind, params } = webhook;
    if (kind.type === 'fetch' && kind.nonce === state.nonce) {
      const reply = await this.#askOnce(turn, webhook.url);
      if (reply !== null) return reply;
    }
    const step = takeWebhook(turn, kind, params);
    await this.#commit(key, state, step);
    return { type: 'answered', xml: step.reply, ...this.#redirect(kind, step.state, params) };
  }

  /** A script's webhook is asked once; whoever comes again waits for its answer for a while. */
  async #askOnce({ state, now }: Turn, url: string): Promise<SessionReply | null> {
    const { waiting, nonce } = state;
    if (waiting?.action.type !== 'webhook') return null;
    if (waiting.askedAt === null) {
      const asked = { ...state, waiting: { ...waiting, askedAt: now } };
      await this.#commit(`asked:${nonce}`, state, quietStep(asked));
      return { type: 'fetch', action: waiting.action };
    }
    const isLost = now - waiting.askedAt > waiting.action.timeoutMs + ASKED_GRACE_MS;
    return isLost ? null : { type: 'answered', xml: tryAgain(url) };
  }

  /** What came of asking the script's own webhook; a second answer to one question says nothing. */
  async fetched(nonce: number, reply: FetchedReply): Promise<SessionReply> {
    const setup = this.#store.setup();
    if (setup === null) return { type: 'unknown_call' };
    const key = `turn:${nonce}`;
    const known = this.#store.replyTo(key);
    if (known !== null) return { type: 'answered', xml: known };
    const { clock, urls } = this.deps();
    const state = this.#store.state();
    const turn = { setup, state, urls, now: clock.now() };
    const isAwaited = nonce === state.nonce && state.waiting?.action.type === 'webhook';
    const step = isAwaited ? takeReply(turn, reply) : takeTurn(turn, nonce, {});
    await this.#commit(key, state, step);
    return { type: 'answered', xml: step.reply };
  }

  /** Whether the call still has to be sent to this turn. */
  async awaitsRedirect(nonce: number): Promise<boolean> {
    if (this.#store.setup() === null) return false;
    const state = this.#store.state();
    return awaitsRedirect(state) && state.nonce === nonce;
  }

  /** Nobody takes the caller who waits for an agent: he goes on in his script. */
  async leaveRoom(n: number, leaving: NonNullable<AgentRoom['leaving']>): Promise<void> {
    if (this.#store.setup() === null) return;
    const state = this.#store.state();
    const step = state.nonce === n ? leaveRoom(state, leaving) : null;
    if (step === null) return;
    this.#store.addStep(`leave:${n}`, state, step);
    await this.#flushWithin(0);
  }

  /** An agent says what came of the talk; his word counts, also after the end of the call. */
  async wrapUp(id: string, outcome: string, agentId: string): Promise<boolean> {
    const key = `wrap:${id}`;
    if (this.#store.setup() === null) return false;
    if (this.#store.replyTo(key) !== null) return true;
    const state = this.#store.state();
    const detail = { outcome, agent: agentId };
    const event = { at: this.deps().clock.now(), type: 'flow.outcome', detail };
    this.#store.addStep(key, state, quietStep({ ...state, outcome }, [event]));
    await this.#flushWithin(0);
    return true;
  }

  #redirect(
    kind: WebhookKind,
    state: SessionState,
    params: FormParams,
  ): { readonly redirect?: Redirection } {
    if (kind.type !== 'amd' || state.machine !== 'pending') return {};
    return { redirect: { sid: state.twilioSid ?? single(params.CallSid), nonce: state.nonce } };
  }

  async #commit(key: string, before: SessionState, step: SessionStep): Promise<void> {
    this.#store.addStep(key, before, step);
    const isEnding = isTerminal(step.state.status) && !isTerminal(before.status);
    const isForDesk = step.state.deskRevision > before.deskRevision;
    const isUrgent = step.isSuppressed || isEnding || isForDesk;
    await (isUrgent ? this.#flushWithin(0) : this.#reportSoon());
  }

  /** The first webhook of a call that came in: sets the session up, and answers. */
  async open(setup: SetupText, webhook: SessionWebhook): Promise<SessionReply> {
    await this.prepare(setup, []);
    return this.webhook(webhook);
  }

  /** The carrier's own record of the call, asked for because its callbacks did not come. */
  async settle(found: CarrierCall): Promise<void> {
    const key = `settled:${found.status}`;
    if (this.#store.setup() === null || this.#store.replyTo(key) !== null) return;
    const state = takenUpAgain(this.#store.state());
    const params = {
      CallSid: found.sid,
      CallStatus: found.status,
      ...(found.durationSeconds === null ? {} : { CallDuration: String(found.durationSeconds) }),
    };
    this.#store.addStep(key, state, takeStatus(state, params, this.deps().clock.now()));
    await this.#flushWithin(0);
  }

  /** The carrier knows of no such call: it is over, and the ledger says what becomes of its contact. */
  async abandon(errorCode: string): Promise<void> {
    if (this.#store.setup() === null || this.#store.replyTo('abandoned') !== null) return;
    const state = this.#store.state();
    this.#store.addStep('abandoned', state, giveUp(state, errorCode, this.deps().clock.now()));
    await this.#flushWithin(0);
  }

  /** The ledger has committed everything up to this row. */
  async acknowledge(upTo: number): Promise<void> {
    if (this.#store.setup() === null) return;
    this.#store.setAcknowledged(upTo);
    const { last, acknowledged } = this.#store.progress();
    if (acknowledged < last) await this.#reportSoon();
    if (this.#isSealed()) await this.#flushWithin(RESEND_AFTER_MS);
  }

  override async alarm(): Promise<void> {
    const setup = this.#store.setup();
    if (setup === null) return;
    if (this.#isSealed()) {
      if (await this.#tellDesk(setup)) await this.#empty();
      return;
    }
    const { clock } = this.deps();
    const report = this.#store.report(setup);
    if (report !== null) await this.ctx.storage.setAlarm(clock.now() + RESEND_AFTER_MS);
    await this.#tellDesk(setup);
    if (report !== null) await this.#send(report);
    await this.#sendOn(setup);
  }

  /** A day after the last alarm of the call: what comes late or twice still finds its answer. */
  async #empty(): Promise<void> {
    if (this.#store.keepAcknowledged()) {
      await this.ctx.storage.setAlarm(this.deps().clock.now() + EMPTY_AFTER_MS);
      return;
    }
    await this.ctx.storage.deleteAll();
    this.#store.forget();
  }

  /** In order, because one alarm runs at a time. The ledger does not wait for a desk that fails. */
  async #tellDesk(setup: SessionSetup): Promise<boolean> {
    const state = this.#store.state();
    const { kv } = this.ctx.storage;
    if (state.deskRevision === 0 || state.deskRevision <= (kv.get<number>(TOLD) ?? 0)) return true;
    try {
      await this.deps().desk(setup.tenantId).room(roomReport(setup, state));
      kv.put(TOLD, state.deskRevision);
      return true;
    } catch {
      await this.#flushWithin(DESK_AGAIN_MS);
      return false;
    }
  }

  async #sendOn({ tenantId, callId }: SessionSetup): Promise<void> {
    const state = this.#store.state();
    const { twilioSid: sid, nonce, waiting } = state;
    if (waiting?.room?.leaving == null || sid === null || isTerminal(state.status)) return;
    await this.#flushWithin(REDIRECT_AGAIN_MS);
    await this.deps().redirect.send({ tenantId, callId, sid, nonce });
  }

  #afterDial(state: SessionState, result: DialOutcome): SessionState {
    if ('sid' in result) return { ...state, twilioSid: state.twilioSid ?? result.sid };
    if (result.end === null || isTerminal(state.status)) return state;
    return {
      ...state,
      status: result.end,
      errorCode: result.errorCode,
      endedAt: this.deps().clock.now(),
    };
  }

  /** Over, and the ledger knows all of it. */
  #isSealed(): boolean {
    const { last, acknowledged } = this.#store.progress();
    return acknowledged >= last && isTerminal(this.#store.state().status);
  }

  /**
   * By a timer: an alarm is a row written, and another one to send again. One alarm a minute is
   * planned all the same, for an object that is gone before its timer.
   */
  async #reportSoon(): Promise<void> {
    await this.#flushWithin(RESEND_AFTER_MS);
    if (this.#isReportDue) return;
    this.#isReportDue = true;
    this.ctx.waitUntil(this.#reportLater().catch(() => undefined));
  }

  async #reportLater(): Promise<void> {
    await this.deps().clock.sleep(FLUSH_AFTER_MS);
    this.#isReportDue = false;
    const setup = this.#store.setup();
    const report = setup === null ? null : this.#store.report(setup);
    if (report !== null && report.upTo > this.#sentUpTo) await this.#send(report);
  }

  async #send(report: LedgerReport): Promise<void> {
    await this.deps().ledger.send(report);
    this.#sentUpTo = report.upTo;
  }

  async #flushWithin(ms: number): Promise<void> {
    const due = this.deps().clock.now() + ms;
    const planned = await this.ctx.storage.getAlarm();
    if (planned === null || planned > due) await this.ctx.storage.setAlarm(due);
  }
}

/** What it does now is of no use any more: a machine answered, or nobody takes it over. */
function awaitsRedirect({ machine, waiting, status }: SessionState): boolean {
  return (machine === 'pending' || waiting?.room?.leaving != null) && !isTerminal(status);
}

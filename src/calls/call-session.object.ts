import { DurableObject } from 'cloudflare:workers';
import type { CallEvent } from '../db/event-store.ts';
import type { Clock } from '../shared/clock.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallbackUrls } from '../telephony/callback-url.ts';
import type { CarrierCall } from '../telephony/carrier.ts';
import { verifySignature } from '../telephony/signature.ts';
import { isTerminal } from '../telephony/status.ts';
import { takeTurn } from './conversation.ts';
import { ABSENT_ENDS } from './far-ends.ts';
import { SessionStore } from './session-store.ts';
import type {
  DialOutcome,
  LedgerReport,
  SessionReply,
  SessionSetup,
  SessionState,
  SessionStep,
  SessionWebhook,
} from './session-types.ts';
import { giveUp, takenUpAgain, takeStatus } from './status-report.ts';

/** Events reach a watching person within two seconds, so they wait at most this long here. */
const FLUSH_AFTER_MS = 500;
/** A report that nobody acknowledged by then was lost with its queue and is sent again. */
const RESEND_AFTER_MS = 60_000;
const EMPTY_AFTER_MS = 24 * 3_600_000;

export type CallSessionDeps = {
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly urls: CallbackUrls;
  readonly ledger: { send(report: LedgerReport): Promise<unknown> };
};

/**
 * One live call, named `t:<tenant>:c:<call>` so that all its webhooks meet in one place: it orders
 * and de-duplicates them, answers a turn with no other hop, and keeps what the ledger has not
 * acknowledged. One row a webhook.
 */
export abstract class CallSessionObject<Env> extends DurableObject<Env> {
  readonly #store = new SessionStore(this.ctx.storage.sql);
  #token: string | null = null;

  protected abstract deps(): CallSessionDeps;

  /** Before the dial; repeating it changes nothing. */
  async prepare(setup: SessionSetup, events: readonly CallEvent[]): Promise<void> {
    if (!this.#store.addSetup(setup)) return;
    this.#store.addEvents('prepared', events, this.#store.state());
    await this.#flushWithin(FLUSH_AFTER_MS);
  }

  /** After the dial: what the carrier said; `end` closes a call that never came to be. */
  async dialled(events: readonly CallEvent[], result: DialOutcome): Promise<void> {
    if (this.#store.replyTo('dialled') !== null) return;
    const state = this.#store.state();
    this.#store.addEvents('dialled', events, this.#afterDial(state, result));
    await this.#flushWithin(FLUSH_AFTER_MS);
  }

  async webhook(webhook: SessionWebhook): Promise<SessionReply> {
    const setup = this.#store.setup();
    if (setup === null) return { type: 'unknown_call' };
    const { clock, urls, sealer } = this.deps();
    this.#token ??= await sealer.open(setup.tokenSealed);
    if (!verifySignature(webhook, this.#token)) return { type: 'forbidden' };

    const key = keyOf(webhook);
    const known = this.#store.replyTo(key);
    if (known !== null) return { type: 'answered', xml: known };
    const state = takenUpAgain(this.#store.state());
    const now = clock.now();
    const step: SessionStep =
      webhook.kind.type === 'turn'
        ? takeTurn({ setup, state, params: webhook.params, urls, now, ends: ABSENT_ENDS })
        : takeStatus(state, webhook.params, now);
    this.#store.addStep(key, state, step);
    const isUrgent =
      step.isSuppressed || (isTerminal(step.state.status) && !isTerminal(state.status));
    await this.#flushWithin(isUrgent ? 0 : FLUSH_AFTER_MS);
    return { type: 'answered', xml: step.reply };
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
    if (acknowledged < last) await this.#flushWithin(0);
    if (this.#isSealed()) await this.ctx.storage.setAlarm(this.deps().clock.now() + EMPTY_AFTER_MS);
  }

  override async alarm(): Promise<void> {
    const setup = this.#store.setup();
    if (setup === null) return;
    if (this.#isSealed()) {
      await this.ctx.storage.deleteAll();
      return;
    }
    const { clock, ledger } = this.deps();
    const report = this.#store.report(setup);
    if (report === null) return;
    await this.ctx.storage.setAlarm(clock.now() + RESEND_AFTER_MS);
    await ledger.send(report);
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

  async #flushWithin(ms: number): Promise<void> {
    const due = this.deps().clock.now() + ms;
    const planned = await this.ctx.storage.getAlarm();
    if (planned === null || planned > due) await this.ctx.storage.setAlarm(due);
  }
}

/**
 * A repeated webhook has the same key, so it is answered from the row it made. Twilio numbers
 * status callbacks from 0; a turn has its nonce in the URL.
 */
function keyOf(webhook: SessionWebhook): string {
  if (webhook.kind.type === 'turn') return `turn:${webhook.kind.nonce}`;
  const { CallStatus, SequenceNumber } = webhook.params;
  return `status:${CallStatus}:${SequenceNumber}`;
}

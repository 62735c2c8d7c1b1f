import { SegmentedMessage } from 'sms-segments-calculator';
import { Callee } from '../callee/callee.ts';
import { ringingOf } from '../callee/persona.ts';
import { resolvePersona } from '../callee/personas.ts';
import type { Clock } from '../clock.ts';
import type { CallbackFault } from '../faults/rules.ts';
import { between, seededRandom } from '../random.ts';
import type { CalleeStore } from './callees.ts';
import type { AccountConfig } from './config.ts';
import type { HttpClient } from './http.ts';
import type { Journal } from './journal.ts';
import type { MessageRow, MessageStatus, MessageStore } from './messages.ts';
import type { NumberStore } from './numbers.ts';
import { API_VERSION } from './params.ts';
import { sendWebhook } from './webhook.ts';

/** Twilio's defaults for long codes; the carrier answers them by itself. */
const STOP = new Set('STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT'.split(' '));
const START = new Set('START YES UNSTOP'.split(' '));
const HELP = new Set(['HELP', 'INFO']);

/** Unreachable handset; unknown handset. */
const UNREACHABLE = '30003';
const UNKNOWN_HANDSET = '30005';

export type MessageDeskPorts = {
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly messages: MessageStore;
  readonly numbers: NumberStore;
  readonly callees: CalleeStore;
  readonly journal: Journal;
  readonly config: () => AccountConfig;
  readonly defaultScale: number;
  readonly newSid: () => string;
  readonly newToken: () => string;
  readonly drawCallbackFaults: () => readonly CallbackFault[];
};

/** Sends texts on, brings answers in, and honours who does not want any. */
export class MessageDesk {
  readonly #ports: MessageDeskPorts;
  readonly #people = new Map<string, Callee>();
  #underWay = 0;

  constructor(ports: MessageDeskPorts) {
    this.#ports = ports;
  }

  get busy(): number {
    return this.#underWay;
  }

  send(message: Pick<MessageRow, 'from' | 'to' | 'body' | 'statusCallback'>): MessageRow {
    const { messages, clock, newSid } = this.#ports;
    const row = messages.add({
      ...message,
      ...{ sid: newSid(), direction: 'outbound-api', status: 'queued' },
      ...{ segments: segmentsOf(message.body), createdAt: clock.now() },
    });
    this.#log(row.sid, 'message', { to: row.to, from: row.from, segments: row.segments });
    this.#track(this.#deliver(row));
    return row;
  }

  /** Somebody writes to one of the account's numbers. */
  receive(text: { readonly from: string; readonly to: string; readonly body: string }): MessageRow {
    const { messages, clock, newSid } = this.#ports;
    const row = messages.add({
      ...text,
      ...{ sid: newSid(), direction: 'inbound', status: 'received', statusCallback: null },
      ...{ segments: segmentsOf(text.body), createdAt: clock.now() },
    });
    this.#log(row.sid, 'text-in', { to: row.to, from: row.from });
    const optOutType = this.#keyword(row);
    this.#track(this.#bringIn(row, optOutType));
    return row;
  }

  #keyword({ from, to, body }: MessageRow): string | undefined {
    const word = body.trim().toUpperCase();
    const { messages } = this.#ports;
    if (STOP.has(word)) messages.optOut(to, from);
    else if (START.has(word)) messages.optIn(to, from);
    else if (!HELP.has(word)) return undefined;
    return STOP.has(word) ? 'STOP' : START.has(word) ? 'START' : 'HELP';
  }

  async #deliver(row: MessageRow): Promise<void> {
    const { config, callees } = this.#ports;
    const { seed } = config();
    const random = seededRandom(seed, row.sid);
    const persona = resolvePersona(callees.personaOf(row.to, seed));
    const ringing = ringingOf(persona, 1);
    await this.#wait(between(random, 300, 1200));
    await this.#become(row, 'sent');
    await this.#wait(between(random, 800, 3000));
    if (ringing.outcome === 'failed' || ringing.outcome === 'invalid') {
      const code = ringing.outcome === 'invalid' ? UNKNOWN_HANDSET : UNREACHABLE;
      return this.#become(row, 'undelivered', code);
    }
    await this.#become(row, 'delivered');
    if (ringing.outcome !== 'answers' || ringing.machine !== undefined) return;
    const key = `${row.from}/${row.to}`;
    const person = this.#people.get(key) ?? new Callee(ringing, seededRandom(seed, key));
    this.#people.set(key, person);
    const { action, afterMs } = person.answer(row.body);
    if (action === 'silence' || action === 'hang-up') return;
    await this.#wait(afterMs + 2000);
    this.receive({
      from: row.to,
      to: row.from,
      body: 'press' in action ? action.press : action.say,
    });
  }

  async #become(row: MessageRow, status: MessageStatus, errorCode?: string): Promise<void> {
    const { messages, drawCallbackFaults, clock } = this.#ports;
    messages.set(row.sid, status, errorCode);
    this.#log(row.sid, 'message-status', { status, ...(errorCode ? { errorCode } : {}) });
    if (row.statusCallback === null) return;
    const params = {
      ...this.#params(row),
      MessageStatus: status,
      SmsStatus: status,
      ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
    };
    const url = row.statusCallback;
    const faults = drawCallbackFaults();
    if (faults.some(({ kind }) => kind === 'callback-drop')) return;
    const delayMs = faults.reduce((most, fault) => Math.max(most, fault.delayMs), 0);
    const post = async () => {
      if (delayMs > 0) await clock.sleep(delayMs);
      await this.#post(row.sid, url, params);
    };
    // Nothing waits for a callback, so a slow one is overtaken by the next.
    this.#track(post());
    if (faults.some(({ kind }) => kind === 'callback-duplicate')) this.#track(post());
  }

  async #bringIn(row: MessageRow, optOutType: string | undefined): Promise<void> {
    const url = this.#ports.numbers.byNumber(row.to)?.smsUrl ?? '';
    if (url === '') return;
    await this.#post(row.sid, url, {
      ...this.#params(row),
      SmsMessageSid: row.sid,
      Body: row.body,
      NumMedia: '0',
      NumSegments: String(row.segments),
      ...(optOutType !== undefined && this.#ports.config().advancedOptOut
        ? { OptOutType: optOutType }
        : {}),
    });
  }

  async #post(sid: string, url: string, params: Record<string, string>): Promise<void> {
    const { clock, config, http, newToken } = this.#ports;
    const at = clock.now();
    const { authToken } = config();
    const request = {
      url,
      method: 'POST',
      params,
      authToken,
      idempotencyToken: newToken(),
    } as const;
    const sent = await sendWebhook(request, http, clock.now);
    const { ms, tries, failure } = sent;
    const detail = { url: sent.url, status: sent.reply?.status ?? 0, ms, tries, failure };
    this.#log(sid, 'text-webhook', detail, at);
  }

  #params(row: MessageRow): Record<string, string> {
    return {
      AccountSid: this.#ports.config().accountSid,
      ApiVersion: API_VERSION,
      MessageSid: row.sid,
      SmsSid: row.sid,
      From: row.from,
      To: row.to,
    };
  }

  #wait(ms: number): Promise<void> {
    const { clock, config, defaultScale } = this.#ports;
    return clock.sleep(ms / (config().timeScale ?? defaultScale));
  }

  #track(work: Promise<void>): void {
    this.#underWay += 1;
    void work
      .catch((cause: unknown) => this.#log(null, 'error', { code: 0, message: String(cause) }))
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  #log(sid: string | null, kind: string, detail: Record<string, unknown>, at?: number): void {
    const ms = typeof detail.ms === 'number' ? detail.ms : null;
    this.#ports.journal.add({ at: at ?? this.#ports.clock.now(), callSid: sid, kind, ms, detail });
  }
}

/** The carrier's own calculator. */
function segmentsOf(body: string): number {
  return body === '' ? 1 : new SegmentedMessage(body, 'auto', false).segmentsCount;
}

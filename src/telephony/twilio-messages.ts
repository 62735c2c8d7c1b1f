import { DestinyError } from '../shared/errors.ts';
import { isMessageStatus } from './message-status.ts';
import type {
  CarrierMessage,
  CreateMessageInput,
  CreateMessageResult,
  MessageCarrier,
} from './messages.ts';
import { parseFields } from './twilio-json.ts';
import { refusalOf } from './twilio-refusal.ts';
import { failed, readable, type TwilioOptions, TwilioRest } from './twilio-rest.ts';

const PAGES_MAX = 50;
const BODY_CHARS_MAX = 1600;
const SID = /^(?:SM|MM)[0-9a-fA-F]{32}$/;

/** Messages of one account at Twilio. */
export class TwilioMessages implements MessageCarrier {
  readonly #rest: TwilioRest;

  constructor(options: TwilioOptions) {
    this.#rest = new TwilioRest(options);
  }

  async createMessage(input: CreateMessageInput): Promise<CreateMessageResult> {
    const { to, from, body, statusCallback } = input;
    if (body === '' || body.length > BODY_CHARS_MAX) {
      throw new DestinyError('invalid_input', `A message has 1 to ${BODY_CHARS_MAX} characters.`);
    }
    const form = new URLSearchParams({
      ...{ To: to, From: from, Body: body },
      StatusCallback: statusCallback,
    });
    const answer = await this.#rest.send('POST', `${this.#rest.accountPath}Messages.json`, form);
    if (answer.kind === 'none') return { kind: 'unknown', reason: answer.reason };
    const refusal = refusalOf(answer);
    if (refusal !== null) return refusal;
    const message = parseMessage(parseFields(answer.body));
    if (message === null || message.status === null) {
      return { kind: 'unknown', reason: `HTTP ${answer.status} without a message` };
    }
    return { kind: 'accepted', sid: message.sid, status: message.status };
  }

  async listMessages(query: Parameters<MessageCarrier['listMessages']>[0]) {
    const { to, from, createdAfter } = query;
    const search = new URLSearchParams({ To: to, From: from, PageSize: '1000' });
    const found: CarrierMessage[] = [];
    let path: string | null = `${this.#rest.accountPath}Messages.json?${search}`;
    for (let page = 0; path !== null; page++) {
      if (page === PAGES_MAX) throw failed('Twilio lists too many messages to this number.');
      const fields: Readonly<Record<string, unknown>> = readable(
        await this.#rest.send('GET', path),
      );
      for (const item of Array.isArray(fields.messages) ? fields.messages : [null]) {
        const message = parseMessage(item);
        if (message === null) throw failed('Twilio answered with no list of messages.');
        found.push(message);
      }
      path = this.#rest.nextPath(fields.next_page_uri, 'Messages.json');
    }
    return found.filter(({ createdAt }) => (createdAt ?? Infinity) >= createdAfter);
  }
}

/** null when the object is not a message resource of the 2010-04-01 API. */
function parseMessage(value: unknown): CarrierMessage | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof fields[name] === 'string' ? (fields[name] as string) : '');
  if (!SID.test(text('sid'))) return null;
  const createdAt = Date.parse(text('date_created'));
  const { status, error_code: errorCode } = fields;
  return {
    sid: text('sid'),
    ...{ to: text('to'), from: text('from'), body: text('body'), direction: text('direction') },
    status: isMessageStatus(status) ? status : null,
    errorCode: errorCode === null || errorCode === undefined ? null : String(errorCode),
    createdAt: Number.isNaN(createdAt) ? null : createdAt,
  };
}

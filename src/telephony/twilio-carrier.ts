import { DestinyError } from '../shared/errors.ts';
import type {
  CallUpdate,
  Carrier,
  CarrierCall,
  CreateCallInput,
  CreateCallResult,
  UpdateCallResult,
} from './carrier.ts';
import { parseCall, parseFields } from './twilio-json.ts';
import { refusalOf } from './twilio-refusal.ts';
import { failed, readable, type TwilioOptions, TwilioRest } from './twilio-rest.ts';

const STATUS_EVENTS = ['initiated', 'ringing', 'answered', 'completed'];
const RING_SECONDS_MIN = 15;
/** 1,000 calls a page: more to one number than this is a fault, not a listing. */
const PAGES_MAX = 50;
/** "Call is not in-progress. Cannot redirect", also for cancelling what was answered. */
const CALL_NOT_IN_PROGRESS = 21220;

/** Calls of one account at Twilio. */
export class TwilioCarrier implements Carrier {
  readonly #rest: TwilioRest;

  constructor(options: TwilioOptions) {
    this.#rest = new TwilioRest(options);
  }

  async createCall(input: CreateCallInput): Promise<CreateCallResult> {
    const answer = await this.#rest.send(
      'POST',
      `${this.#rest.accountPath}Calls.json`,
      createForm(input),
    );
    if (answer.kind === 'none') return { kind: 'unknown', reason: answer.reason };
    const refusal = refusalOf(answer);
    if (refusal !== null) return refusal;
    const call = parseCall(parseFields(answer.body));
    if (call === null) return { kind: 'unknown', reason: malformed(answer.status) };
    const { sid, status, queueTimeMs } = call;
    return { kind: 'accepted', sid, status, queueTimeMs };
  }

  async updateCall(sid: string, update: CallUpdate): Promise<UpdateCallResult> {
    const form = new URLSearchParams(
      'url' in update ? { Url: update.url, Method: 'POST' } : { Status: update.status },
    );
    const answer = await this.#rest.send('POST', this.#callPath(sid), form);
    if (answer.kind === 'none') return { kind: 'unknown', reason: answer.reason };
    const refusal = refusalOf(answer);
    if (refusal?.kind === 'rejected' && refusal.code === CALL_NOT_IN_PROGRESS) {
      return { kind: 'too_late' };
    }
    if (refusal !== null) return refusal;
    const call = parseCall(parseFields(answer.body));
    return call === null
      ? { kind: 'unknown', reason: malformed(answer.status) }
      : { kind: 'updated', status: call.status };
  }

  async fetchCall(sid: string): Promise<CarrierCall | null> {
    const answer = await this.#rest.send('GET', this.#callPath(sid));
    if (answer.kind === 'answer' && answer.status === 404) return null;
    const call = parseCall(readable(answer));
    if (call === null) throw failed('Twilio answered with something that is no call.');
    return call;
  }

  /** Filtered here: Twilio's StartTime filter knows days only, and queued calls have no start. */
  async listCalls({ to, startedAfter = 0 }: { to: string; startedAfter?: number }) {
    const calls: CarrierCall[] = [];
    const query = new URLSearchParams({ To: to, PageSize: '1000' });
    let path: string | null = `${this.#rest.accountPath}Calls.json?${query}`;
    for (let page = 0; path !== null; page++) {
      if (page === PAGES_MAX) throw failed('Twilio lists too many calls to this number.');
      const fields: Readonly<Record<string, unknown>> = readable(
        await this.#rest.send('GET', path),
      );
      for (const item of Array.isArray(fields.calls) ? fields.calls : [null]) {
        const call = parseCall(item);
        if (call === null) throw failed('Twilio answered with something that is no list of calls.');
        calls.push(call);
      }
      path = this.#rest.nextPath(fields.next_page_uri, 'Calls.json');
    }
    return calls.filter(
      ({ startedAt, createdAt }) =>
        (startedAt ?? createdAt ?? Number.POSITIVE_INFINITY) >= startedAfter,
    );
  }

  #callPath(sid: string): string {
    return `${this.#rest.accountPath}Calls/${encodeURIComponent(sid)}.json`;
  }
}

function createForm(input: CreateCallInput): URLSearchParams {
  if (input.timeoutSeconds < RING_SECONDS_MIN) {
    throw new DestinyError('invalid_input', `Let a call ring for ${RING_SECONDS_MIN} s or more.`);
  }
  const form = new URLSearchParams({
    To: input.to,
    From: input.from,
    Url: input.url,
    Method: 'POST',
    StatusCallback: input.statusCallback,
    StatusCallbackMethod: 'POST',
    Timeout: String(input.timeoutSeconds),
    TimeLimit: String(input.timeLimitSeconds),
  });
  for (const event of STATUS_EVENTS) form.append('StatusCallbackEvent', event);
  if (input.fallbackUrl !== undefined) {
    form.set('FallbackUrl', input.fallbackUrl);
    form.set('FallbackMethod', 'POST');
  }
  addMachineDetection(form, input);
  if (input.record !== undefined) {
    form.set('Record', 'true');
    form.set('RecordingChannels', input.record.channels);
    form.set('RecordingStatusCallback', input.record.statusCallback);
    form.set('RecordingStatusCallbackEvent', 'completed absent');
  }
  return form;
}

function addMachineDetection(form: URLSearchParams, { machineDetection }: CreateCallInput): void {
  if (machineDetection === undefined) return;
  const { mode, timeoutSeconds, asyncCallback } = machineDetection;
  form.set('MachineDetection', mode);
  if (timeoutSeconds !== undefined) form.set('MachineDetectionTimeout', String(timeoutSeconds));
  if (asyncCallback === undefined) return;
  form.set('AsyncAmd', 'true');
  form.set('AsyncAmdStatusCallback', asyncCallback);
  form.set('AsyncAmdStatusCallbackMethod', 'POST');
}

const malformed = (status: number): string => `HTTP ${status} without a call`;

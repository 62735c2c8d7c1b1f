import type { Carrier, CarrierCall, CreateCallResult } from '../../src/telephony/carrier.ts';
import { type CallStatus, isTerminal } from '../../src/telephony/status.ts';

/** What becomes of one POST. `accepted_*` made a call, whatever the answer says. */
export const REPLIES = [
  'accepted',
  'accepted_then_500',
  'accepted_reply_lost',
  'lost_before',
  'rate_limited',
  'bad_number',
  'bad_account',
] as const;
export type Reply = (typeof REPLIES)[number];

export type MachineCall = {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly attemptId: string;
  readonly createdAt: number;
  status: CallStatus;
  durationSeconds: number | null;
  answered: boolean;
};

export type Post = { readonly attemptId: string; readonly to: string; readonly reply: Reply };

/** A phone company whose every answer is chosen by the test. */
export class MachineCarrier implements Carrier {
  readonly calls = new Map<string, MachineCall>();
  readonly posts: Post[] = [];
  /** Used up from the front; `accepted` when empty. */
  replies: Reply[] = [];
  isDown = false;
  readonly #now: () => number;
  readonly #step: () => Promise<void>;

  /** `step` is awaited before and after each request, to be held up or cut off. */
  constructor(now: () => number, step: () => Promise<void>) {
    this.#now = now;
    this.#step = step;
  }

  createCall: Carrier['createCall'] = async ({ to, from, statusCallback }) => {
    await this.#step();
    const attemptId = /\/c\/([^/]+)\//.exec(statusCallback)?.[1] ?? '';
    const reply = this.isDown ? 'lost_before' : (this.replies.shift() ?? 'accepted');
    this.posts.push({ attemptId, to, reply });
    const result = this.#answer(reply, { attemptId, to, from });
    await this.#step();
    return result;
  };

  #answer(reply: Reply, call: Pick<MachineCall, 'attemptId' | 'to' | 'from'>): CreateCallResult {
    const refusal = { httpStatus: 400, message: 'refused' };
    switch (reply) {
      case 'rate_limited':
        return { kind: 'rate_limited', code: 20429, message: 'Too many requests' };
      case 'bad_number':
        return { kind: 'rejected', errorClass: 'contact', code: 21211, ...refusal };
      case 'bad_account':
        return { kind: 'rejected', errorClass: 'account', code: 20003, ...refusal };
      case 'lost_before':
        return { kind: 'unknown', reason: 'timeout' };
      case 'accepted':
      case 'accepted_then_500':
      case 'accepted_reply_lost': {
        const sid = `CA${String(this.calls.size + 1).padStart(32, '0')}`;
        const [status, durationSeconds] = ['queued' as const, null];
        const own = { ...call, sid, createdAt: this.#now(), status, durationSeconds };
        this.calls.set(sid, { ...own, answered: false });
        if (reply !== 'accepted') return { kind: 'unknown', reason: reply };
        return { kind: 'accepted', sid, status, queueTimeMs: 0 };
      }
    }
  }

  fetchCall: Carrier['fetchCall'] = async (sid) => {
    await this.#ask();
    const call = this.calls.get(sid);
    return call === undefined ? null : shown(call);
  };

  listCalls: Carrier['listCalls'] = async ({ to }) => {
    await this.#ask();
    return [...this.calls.values()].filter((call) => call.to === to).map(shown);
  };

  updateCall: Carrier['updateCall'] = async (sid, update) => {
    await this.#step();
    if (this.isDown) return { kind: 'unknown', reason: 'timeout' };
    const call = this.calls.get(sid);
    const canCancel = call?.status === 'queued' || call?.status === 'ringing';
    if (call === undefined || !('status' in update) || !canCancel) return { kind: 'too_late' };
    call.status = 'canceled';
    return { kind: 'updated', status: 'canceled' };
  };

  async #ask(): Promise<void> {
    await this.#step();
    if (this.isDown) throw new Error('carrier_failed');
  }

  /** Calls to a number that exist now and have not ended. */
  liveTo(to: string): MachineCall[] {
    return [...this.calls.values()].filter((call) => call.to === to && !isTerminal(call.status));
  }
}

function shown(call: MachineCall): CarrierCall {
  const { sid, to, from, status, createdAt, durationSeconds } = call;
  return {
    ...{ sid, to, from, status, createdAt, durationSeconds },
    direction: 'outbound-api',
    startedAt: createdAt,
    endedAt: null,
    price: null,
    priceUnit: null,
    queueTimeMs: 0,
  };
}

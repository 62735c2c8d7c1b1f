import type { CallbackFault } from '../faults/rules.ts';
import type { Method } from '../twiml/ast.ts';
import type { HttpClient } from './http.ts';
import { callParams, rfc2822 } from './params.ts';
import type { CallbackEvent, CallSpec, CallStatus } from './types.ts';
import { sendWebhook } from './webhook.ts';

export type DeliveryPorts = {
  readonly http: HttpClient;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly newToken: () => string;
  readonly drawFaults: () => Promise<readonly CallbackFault[]>;
  readonly record: (kind: string, detail: Record<string, unknown>, at?: number) => void;
};

type Address = { readonly url: string; readonly method: Method };

/** Callbacks of one account, sent without waiting for each other, and lost as its faults say. */
export class Deliveries {
  readonly #authToken: string;
  readonly #ports: DeliveryPorts;
  readonly #pending = new Set<Promise<void>>();

  constructor(authToken: string, ports: DeliveryPorts) {
    this.#authToken = authToken;
    this.#ports = ports;
  }

  post(kind: string, to: Address, params: Record<string, string>, afterMs = 0): void {
    const work = async () => {
      if (afterMs > 0) await this.#ports.sleep(afterMs);
      await this.#deliver(to, params, kind);
    };
    this.#track(work());
  }

  /** Waits until everything that was posted has been delivered or given up. */
  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async #deliver(to: Address, params: Record<string, string>, kind: string): Promise<void> {
    const faults = await this.#ports.drawFaults();
    if (faults.some((fault) => fault.kind === 'callback-drop')) return;
    const token = this.#ports.newToken();
    const delayMs = faults.reduce((most, fault) => Math.max(most, fault.delayMs), 0);
    if (delayMs > 0) await this.#ports.sleep(delayMs);
    if (faults.some((fault) => fault.kind === 'callback-duplicate')) {
      this.#track(this.#send(to, params, token, kind));
    }
    await this.#send(to, params, token, kind);
  }

  async #send(
    { url, method }: Address,
    params: Record<string, string>,
    token: string,
    kind: string,
  ): Promise<void> {
    const at = this.#ports.now();
    const authToken = this.#authToken;
    const request = { url, method, params, authToken, idempotencyToken: token };
    const sent = await sendWebhook(request, this.#ports.http, this.#ports.now);
    const detail = {
      url: sent.url,
      callStatus: params.CallStatus,
      ...(params.SequenceNumber === undefined ? {} : { sequence: Number(params.SequenceNumber) }),
      status: sent.reply?.status ?? 0,
      ms: sent.ms,
      tries: sent.tries,
      ...(sent.failure === undefined ? {} : { failure: sent.failure }),
    };
    this.#ports.record(kind, detail, at);
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((cause: unknown) => this.#ports.record('error', { code: 0, message: String(cause) }))
      .finally(() => this.#pending.delete(tracked));
    this.#pending.add(tracked);
  }
}

/** A call's own status, numbered as it changes. */
export class StatusCallbacks {
  readonly #spec: CallSpec;
  readonly #now: () => number;
  readonly #deliveries: Deliveries;
  #sequence = 0;

  constructor(spec: CallSpec, ports: DeliveryPorts) {
    this.#spec = spec;
    this.#now = ports.now;
    this.#deliveries = new Deliveries(spec.authToken, ports);
  }

  notify(event: CallbackEvent, status: CallStatus, extra: Record<string, string> = {}): void {
    const { statusCallback, statusCallbackEvents } = this.#spec;
    if (statusCallback === undefined || !statusCallbackEvents.includes(event)) return;
    const params = {
      ...callParams(this.#spec, status),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(this.#sequence),
      Timestamp: rfc2822(this.#now()),
      ...extra,
    };
    this.#sequence += 1;
    const method = this.#spec.statusCallbackMethod;
    this.#deliveries.post('callback', { url: statusCallback, method }, params);
  }

  /** Tells of something beside the call's own status: a recording, a verdict, another leg. */
  post(kind: string, to: Address, params: Record<string, string>, afterMs = 0): void {
    this.#deliveries.post(kind, to, params, afterMs);
  }

  settle(): Promise<void> {
    return this.#deliveries.settle();
  }
}

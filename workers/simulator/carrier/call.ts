import { Callee } from '../callee/callee.ts';
import type { Ringing } from '../callee/persona.ts';
import { type Clock, ConversationClock } from '../clock.ts';
import type { CallbackFault } from '../faults/rules.ts';
import { between, seededRandom } from '../random.ts';
import type { Conference } from '../twiml/ast.ts';
import type { Media, NewRecording } from '../twiml/line.ts';
import { CallRecordings, type SavedRecording } from './call-recordings.ts';
import { StatusCallbacks } from './callbacks.ts';
import { Conversation, Rejected } from './conversation.ts';
import { detect } from './detection.ts';
import type { HttpClient } from './http.ts';
import { HangUp, Interruptions } from './interruptions.ts';
import {
  type CallbackEvent,
  type CallCommand,
  type CallPatch,
  type CallSpec,
  type CallStatus,
  isTerminal,
  type RoomView,
} from './types.ts';

type Answering = Extract<Ringing, { outcome: 'answers' }>;

const SIP_BUSY = '486';
const SIP_NO_ANSWER = '487';

export type CallPorts = {
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly fetchMedia: (url: string) => Promise<Media>;
  readonly drawCallbackFaults: () => Promise<readonly CallbackFault[]>;
  readonly record: (kind: string, detail: Record<string, unknown>, at?: number) => void;
  readonly patch: (patch: CallPatch) => void;
  readonly newToken: () => string;
  /** Somebody else is rung: who he is, and what his leg is called. */
  readonly newLeg: (to: string) => Promise<{ readonly sid: string; readonly ringing: Ringing }>;
  /** Its seat in a conference; leaving twice is leaving once. */
  readonly rooms: {
    readonly join: (conference: Conference) => Promise<RoomView>;
    readonly leave: (name: string) => Promise<void>;
  };
  readonly saveRecording: (recording: Omit<NewRecording, 'callback'>) => Promise<SavedRecording>;
};

/** One call from the moment the carrier dials it to its end. */
export class Call {
  readonly #spec: CallSpec;
  readonly #ports: CallPorts;
  readonly #time: ConversationClock;
  readonly #interruptions = new Interruptions();
  readonly #callbacks: StatusCallbacks;
  readonly #recordings: CallRecordings;
  #status: CallStatus = 'queued';
  #answeredAtMs = 0;

  constructor(spec: CallSpec, ports: CallPorts) {
    this.#spec = spec;
    this.#ports = ports;
    this.#time = new ConversationClock(ports.clock, spec.scale);
    this.#callbacks = new StatusCallbacks(spec, {
      ...ports,
      now: ports.clock.now,
      sleep: ports.clock.sleep,
      drawFaults: ports.drawCallbackFaults,
    });
    this.#recordings = new CallRecordings(spec, {
      callbacks: this.#callbacks,
      save: ports.saveRecording,
      record: ports.record,
      now: ports.clock.now,
      elapsedMs: () => this.#time.elapsedMs(),
    });
  }

  /** Takes a command from the REST API; false when it comes too late for it. */
  command(command: CallCommand): boolean {
    if (isTerminal(this.#status)) return false;
    const isLive = this.#status === 'in-progress';
    if (command.kind === 'cancel' && isLive) return false;
    if (command.kind !== 'cancel' && command.kind !== 'hang-up' && !isLive) return false;
    this.#interruptions.send(command);
    return true;
  }

  async run(): Promise<void> {
    try {
      if (this.#spec.isCanceled) this.#end('canceled');
      else if (this.#spec.direction === 'inbound') await this.#comeIn();
      else await this.#dial();
    } catch (cause) {
      this.#ports.record('error', { code: 0, message: `Simulator fault: ${describe(cause)}` });
      this.#end('failed', '500');
    }
    await this.#callbacks.settle();
  }

  async #dial(): Promise<void> {
    this.#become('initiated', 'initiated');
    try {
      const refusal = await this.#ring();
      if (refusal === undefined) await this.#talk();
      else this.#end(refusal.status, refusal.sip);
    } catch (cause) {
      if (!(cause instanceof HangUp)) throw cause;
      this.#ports.record('hang-up', { by: cause.by });
      this.#end(this.#status === 'in-progress' ? 'completed' : 'canceled');
    }
  }

  /** A call to one of the account's numbers: the application decides whether it is answered. */
  async #comeIn(): Promise<void> {
    this.#become('ringing', 'ringing');
    try {
      await this.#talk();
    } catch (cause) {
      if (cause instanceof Rejected) return this.#end(cause.status);
      if (!(cause instanceof HangUp)) throw cause;
      this.#ports.record('hang-up', { by: cause.by });
      this.#end(this.#status === 'in-progress' ? 'completed' : 'canceled');
    }
  }

  async #ring(): Promise<{ status: CallStatus; sip: string } | undefined> {
    const { ringing, timeoutSeconds } = this.#spec;
    const random = seededRandom(this.#spec.seed, this.#spec.callSid, 'ring');
    // Post-dial delay: the time until the far end says that it rings.
    await this.#wait(between(random, 300, 1500));
    if (ringing.outcome === 'failed') return { status: 'failed', sip: String(ringing.sipCode) };
    if (ringing.outcome === 'invalid') return { status: 'failed', sip: '404' };
    if (ringing.outcome === 'busy') {
      await this.#wait(ringing.ringSeconds * 1000);
      return { status: 'busy', sip: SIP_BUSY };
    }
    this.#become('ringing', 'ringing');
    const ringSeconds = ringing.outcome === 'answers' ? ringing.ringSeconds : Infinity;
    await this.#wait(Math.min(ringSeconds, timeoutSeconds) * 1000);
    return ringSeconds > timeoutSeconds ? { status: 'no-answer', sip: SIP_NO_ANSWER } : undefined;
  }

  async #talk(): Promise<void> {
    const { ringing } = this.#spec;
    if (ringing.outcome !== 'answers') throw new Error(`${ringing.outcome} cannot talk`);
    this.#answeredAtMs = this.#time.elapsedMs();
    if (this.#spec.direction === 'outbound-api') this.#pickUp();
    const detection = await this.#detect(ringing);
    if (ringing.greeting !== undefined) {
      this.#ports.record('callee-speaks', { text: ringing.greeting });
    }
    const conversation = new Conversation(this.#spec, {
      ...this.#ports,
      time: this.#time,
      interruptions: this.#interruptions,
      answeredAtMs: this.#answeredAtMs,
      endsAtMs: this.#answeredAtMs + this.#spec.timeLimitSeconds * 1000,
      leavesAtMs: this.#answeredAtMs + (ringing.hangUpAfterSeconds ?? Infinity) * 1000,
      callee: new Callee(ringing, seededRandom(this.#spec.seed, this.#spec.callSid, 'callee')),
      callbacks: this.#callbacks,
      recordings: this.#recordings,
      firstParams: detection === undefined ? {} : { AnsweredBy: detection },
      pickUp: () => this.#pickUp(),
    });
    if (this.#spec.record !== undefined) {
      this.#recordings.start({ source: 'OutboundAPI', ...this.#spec.record });
    }
    try {
      await conversation.run();
    } finally {
      await this.#recordings.closeAll();
    }
    this.#end('completed');
  }

  #pickUp(): void {
    if (this.#status === 'in-progress') return;
    this.#ports.patch({ answeredAt: this.#ports.clock.now() });
    this.#become('in-progress', 'answered');
  }

  /** The verdict when the call waits for it; else it is told beside the call. */
  async #detect(ringing: Answering): Promise<string | undefined> {
    const { machineDetection, accountSid, callSid, scale } = this.#spec;
    if (machineDetection === undefined) return undefined;
    const { answeredBy, afterMs } = detect(ringing, machineDetection);
    const { asyncCallback } = machineDetection;
    this.#ports.record('detection', { answeredBy, afterMs, isAsync: asyncCallback !== undefined });
    if (asyncCallback === undefined) {
      await this.#wait(afterMs);
      return answeredBy;
    }
    if (asyncCallback.url === '') return undefined;
    const params = {
      AccountSid: accountSid,
      CallSid: callSid,
      AnsweredBy: answeredBy,
      MachineDetectionDuration: String(Math.round(afterMs)),
    };
    this.#callbacks.post('detection-callback', asyncCallback, params, afterMs / scale);
    return undefined;
  }

  async #wait(ms: number): Promise<void> {
    this.#interruptions.check();
    await this.#time.wait(ms, this.#interruptions.signal);
    this.#interruptions.check();
  }

  #become(status: CallStatus, event: CallbackEvent): void {
    this.#status = status;
    this.#ports.patch({ status });
    this.#ports.record('status', { status });
    this.#callbacks.notify(event, status);
  }

  #end(status: CallStatus, sip?: string): void {
    if (isTerminal(this.#status)) return;
    const wasAnswered = this.#status === 'in-progress';
    const talkedMs = wasAnswered ? this.#time.elapsedMs() - this.#answeredAtMs : 0;
    const durationSeconds = Math.ceil(talkedMs / 1000);
    this.#status = status;
    this.#ports.patch({ status, endedAt: this.#ports.clock.now(), durationSeconds });
    this.#ports.record('status', {
      status,
      durationSeconds,
      ...(sip === undefined ? {} : { sip }),
    });
    this.#callbacks.notify('completed', status, {
      ...(status === 'completed'
        ? { CallDuration: String(durationSeconds), Duration: String(Math.ceil(talkedMs / 60_000)) }
        : {}),
      ...(sip === undefined ? {} : { SipResponseCode: sip }),
    });
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}

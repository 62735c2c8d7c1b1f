import type { Callee } from '../callee/callee.ts';
import type { ConversationClock } from '../clock.ts';
import { type DialConference, type Document, type Method, TwimlError } from '../twiml/ast.ts';
import { executeDocument, type Next } from '../twiml/execute.ts';
import type { LegEnd, LegRequest, Line, Media, Recordings } from '../twiml/line.ts';
import { parseTwiml } from '../twiml/parse.ts';
import { playPrompt } from '../twiml/prompt.ts';
import type { CallPorts } from './call.ts';
import type { StatusCallbacks } from './callbacks.ts';
import { attendConference } from './conference-leg.ts';
import { fetchDocument } from './documents.ts';
import { HangUp, type Interruptions, Redirected } from './interruptions.ts';
import { runLeg } from './leg.ts';
import type { CallSpec } from './types.ts';

const APOLOGY = "We're sorry, an application error has occurred. Goodbye.";
/** A document that only redirects would otherwise spin without end. */
const MAX_DOCUMENTS = 500;

export type ConversationPorts = CallPorts & {
  readonly time: ConversationClock;
  readonly interruptions: Interruptions;
  readonly answeredAtMs: number;
  readonly endsAtMs: number;
  readonly leavesAtMs: number;
  readonly callee: Callee;
  readonly callbacks: StatusCallbacks;
  readonly recordings: Recordings;
  /** What the first request says besides: the verdict of a detection that was waited for. */
  readonly firstParams: Readonly<Record<string, string>>;
  /** A call that came in is answered by the first verb that is no `<Reject>`. */
  readonly pickUp: () => void;
};
/** The application turned a call away that came in: it was never answered. */
export class Rejected extends Error {
  readonly status: 'busy' | 'no-answer';

  constructor(status: 'busy' | 'no-answer') {
    super(`Rejected: ${status}`);
    this.status = status;
  }
}
export type Loaded = { readonly document: Document; readonly base: string | undefined };
export type DocumentRequest = {
  readonly url: string;
  readonly method: Method;
  readonly params: Readonly<Record<string, string>>;
};

/** The answered part of a call: documents, one after another, until someone hangs up. */
export class Conversation {
  readonly #spec: CallSpec;
  readonly #ports: ConversationPorts;
  readonly #line: Line;
  /** Wall time at which the callee last heard or did something. */
  #quietSince: number | undefined;
  #isAnswered = false;

  constructor(spec: CallSpec, ports: ConversationPorts) {
    this.#spec = spec;
    this.#ports = ports;
    this.#line = {
      elapsedMs: () => ports.time.elapsedMs() - ports.answeredAtMs,
      wallNow: () => ports.time.wallNow(),
      wait: (ms) => this.#wait(ms),
      fetchMedia: (url) => this.#checked(this.#fetchMedia(url)),
      record: ports.record,
      callee: ports.callee,
      hangUpByCallee: () => {
        throw new HangUp('callee');
      },
      soundBegins: () => this.#soundBegins(),
      dial: (leg) => this.#dial(leg),
      attend: (verb, base) => this.#attend(verb, base),
      recordings: ports.recordings,
      heard: [],
    };
  }

  async run(): Promise<void> {
    let load = () => this.#first();
    for (let count = 0; count < MAX_DOCUMENTS; count += 1) {
      try {
        const next = await this.#execute(await load());
        if (next.kind === 'hang-up') return;
        load = () => this.#fetch(next);
      } catch (cause) {
        if (cause instanceof Redirected) load = () => this.#detour(cause.detour);
        else if (cause instanceof TwimlError) return this.#apologise(cause);
        else throw cause;
      }
    }
    await this.#apologise(new TwimlError(11200, `More than ${MAX_DOCUMENTS} documents in a call`));
  }

  async #execute({ document, base }: Loaded): Promise<Next> {
    this.#ports.record('document', { verbs: document.verbs.map(nameOf) });
    const [first] = document.verbs;
    if (first?.verb === 'Reject' && this.#spec.direction === 'inbound') {
      throw new Rejected(first.reason === 'busy' ? 'busy' : 'no-answer');
    }
    this.#isAnswered = true;
    this.#ports.pickUp();
    return executeDocument(document, base, this.#line);
  }

  async #first(): Promise<Loaded> {
    const { url, method, twiml } = this.#spec;
    const params = { ...this.#ports.firstParams, ...this.#spec.clientParams };
    if (url !== undefined) return this.#fetch({ url, method, params });
    return { document: parseTwiml(twiml ?? ''), base: undefined };
  }

  async #detour(detour: Redirected['detour']): Promise<Loaded> {
    if (detour.kind === 'twiml') return { document: parseTwiml(detour.twiml), base: undefined };
    return this.#fetch({ url: detour.url, method: detour.method, params: {} });
  }

  async #fetch(request: DocumentRequest): Promise<Loaded> {
    this.#quietSince ??= this.#ports.clock.now();
    // Only an inbound call is asked about before it is answered.
    const isRinging = this.#spec.direction === 'inbound' && !this.#isAnswered;
    const status = isRinging ? 'ringing' : 'in-progress';
    return this.#checked(fetchDocument({ ...request, status }, this.#spec, this.#ports));
  }

  async #fetchMedia(url: string): Promise<Media> {
    const at = this.#ports.clock.now();
    const media = await this.#ports.fetchMedia(url);
    const { firstByteMs, totalMs: ms } = media;
    if (!media.cached) this.#ports.record('audio', { url, ok: media.ok, firstByteMs, ms }, at);
    return media;
  }

  async #dial(leg: LegRequest): Promise<LegEnd> {
    this.#soundBegins();
    const child = await this.#checked(this.#ports.newLeg(leg.to.number));
    const { callbacks, record, clock } = this.#ports;
    const wait = (ms: number) => this.#wait(ms);
    return runLeg(this.#spec, leg, child, { callbacks, record, wait, wallNow: clock.now });
  }

  async #attend(verb: DialConference, base: string | undefined) {
    this.#soundBegins();
    const { rooms, interruptions, record } = this.#ports;
    interruptions.isInRoom = true;
    try {
      return await attendConference(verb, base, {
        ...{ rooms, record, line: this.#line },
        checked: (work) => this.#checked(work),
        fetch: (request) => this.#fetch(request),
      });
    } finally {
      interruptions.isInRoom = false;
    }
  }

  async #apologise(error: TwimlError): Promise<void> {
    this.#ports.record('error', { code: error.code, message: error.message });
    const say = { verb: 'Say', text: APOLOGY, voice: 'man', language: 'en-US', loop: 1 } as const;
    const context = { base: undefined, insideGather: false, cutAtMs: undefined };
    await playPrompt(say, this.#line, context);
  }

  async #wait(ms: number): Promise<void> {
    const { time, interruptions } = this.#ports;
    const leftMs = Math.min(this.#ports.endsAtMs, this.#ports.leavesAtMs) - time.elapsedMs();
    await time.wait(Math.min(ms, leftMs), interruptions.signal);
    this.#check(ms < leftMs ? 0 : 1);
  }

  /** What happened during a request counts when it returns: the carrier does not abort it. */
  async #checked<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    this.#check(0);
    return result;
  }

  #check(toleranceMs: number): void {
    this.#ports.interruptions.check();
    const elapsedMs = this.#ports.time.elapsedMs() + toleranceMs;
    if (elapsedMs >= this.#ports.leavesAtMs) throw new HangUp('callee');
    if (elapsedMs >= this.#ports.endsAtMs) throw new HangUp('time-limit');
  }

  #soundBegins(): void {
    if (this.#quietSince === undefined) return;
    const ms = this.#ports.clock.now() - this.#quietSince;
    this.#ports.record('dead-air', { ms }, this.#quietSince);
    this.#quietSince = undefined;
  }
}

function nameOf(verb: Document['verbs'][number]): string {
  if (verb.verb === 'Unsupported') return verb.name;
  if (verb.verb === 'Dial') return `Dial(${verb.numbers.map(({ number }) => number).join(' ')})`;
  if (verb.verb === 'DialConference') return 'Dial(Conference)';
  if (verb.verb !== 'Gather') return verb.verb;
  return `Gather(${verb.prompts.map((prompt) => prompt.verb).join(' ')})`;
}

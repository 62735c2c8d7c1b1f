import { DurableObject } from 'cloudflare:workers';
import type { Hono } from 'hono';
import { type Ringing, ringingOf } from '../callee/persona.ts';
import { resolvePersona } from '../callee/personas.ts';
import { systemClock } from '../clock.ts';
import { type Env, readSettings } from '../env.ts';
import {
  type CallbackFault,
  FaultBook,
  type FaultKind,
  type FaultRule,
  type FaultState,
} from '../faults/rules.ts';
import { seededRandom } from '../random.ts';
import { type RestEnv, restApp } from '../rest/app.ts';
import type { Conference } from '../twiml/ast.ts';
import type { NewRecording } from '../twiml/line.ts';
import type { SavedRecording } from './call-recordings.ts';
import { Deliveries } from './callbacks.ts';
import { CalleeStore } from './callees.ts';
import { type CallRow, CallStore } from './calls.ts';
import { Conferences } from './conferences.ts';
import {
  AccountConfig,
  type CalleeList,
  type ClientCall,
  type InboundCall,
  type InboundText,
} from './config.ts';
import { httpClient } from './http.ts';
import { Journal, type StoredEntry } from './journal.ts';
import { MessageDesk } from './message-desk.ts';
import { type MessageRow, MessageStore } from './messages.ts';
import { NumberStore } from './numbers.ts';
import { API_VERSION } from './params.ts';
import { type RecordingRow, RecordingStore } from './recordings.ts';
import { SCHEMA } from './schema.ts';
import { type Client, SoftphoneStore } from './softphones.ts';
import { type AccountSummary, summarise } from './summary.ts';
import { clientName, Switchboard } from './switchboard.ts';
import { trunkOf } from './trunk.object.ts';
import type { CallPatch, LogEntry, RoomView } from './types.ts';

const HEARTBEAT_MS = 5000;

const newSid = (kind: string) => `${kind}${crypto.randomUUID().replaceAll('-', '')}`;

/** One carrier account, named by its SID: its pace and its log are one thing each. */
export class CarrierAccount extends DurableObject<Env> {
  readonly #calls: CallStore;
  readonly #journal: Journal;
  readonly #callees: CalleeStore;
  readonly #switchboard: Switchboard;
  readonly #rest: Hono<RestEnv>;
  readonly #faults: FaultBook;
  readonly #numbers: NumberStore;
  readonly #recordings: RecordingStore;
  readonly #messages: MessageStore;
  readonly #desk: MessageDesk;
  readonly #conferences: Conferences;
  readonly #softphones: SoftphoneStore;
  #config: AccountConfig | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { sql, kv } = ctx.storage;
    sql.exec(SCHEMA);
    this.#calls = new CallStore(sql);
    this.#journal = new Journal(sql);
    this.#callees = new CalleeStore(sql);
    this.#numbers = new NumberStore(sql);
    this.#recordings = new RecordingStore(sql);
    this.#config = kv.get<AccountConfig>('config') ?? this.#configFromEnv();
    this.#faults = new FaultBook(this.#config?.seed ?? '', kv.get<FaultState[]>('faults') ?? []);
    this.#switchboard = new Switchboard({
      clock: systemClock,
      calls: this.#calls,
      journal: this.#journal,
      callees: this.#callees,
      config: () => this.#configured(),
      defaultScale: readSettings(env).timeScale,
      newSid: () => newSid('CA'),
      trunks: {
        run: (spec) => trunkOf(env, spec.accountSid, spec.callSid).run(spec),
        isRunning: (sid) => trunkOf(env, this.#accountSid(), sid).isRunning(sid),
        command: (sid, command) => {
          const accountSid = this.#accountSid();
          return trunkOf(env, accountSid, sid).command(accountSid, sid, command);
        },
      },
    });
    this.#softphones = new SoftphoneStore(sql);
    this.#conferences = new Conferences({
      clock: systemClock,
      accountSid: () => this.#accountSid(),
      newSid: () => newSid('CF'),
      deliveries: () => this.#roomDeliveries(),
      tell: (callSid, view) => {
        const accountSid = this.#accountSid();
        void trunkOf(env, accountSid, callSid).command(accountSid, callSid, { kind: 'room', view });
      },
    });
    this.#messages = new MessageStore(sql);
    this.#desk = new MessageDesk({
      clock: systemClock,
      http: httpClient((url, init) => fetch(url, init), systemClock),
      messages: this.#messages,
      numbers: this.#numbers,
      callees: this.#callees,
      journal: this.#journal,
      config: () => this.#configured(),
      defaultScale: readSettings(env).timeScale,
      newSid: () => newSid('SM'),
      newToken: () => crypto.randomUUID(),
      drawCallbackFaults: () => this.drawCallbackFaults(),
    });
    this.#rest = restApp({
      messages: this.#messages,
      desk: this.#desk,
      clock: systemClock,
      random: seededRandom(this.#config?.seed ?? '', 'rest'),
      calls: this.#calls,
      journal: this.#journal,
      switchboard: this.#switchboard,
      numbers: this.#numbers,
      recordings: this.#recordings,
      conferences: this.#conferences,
      softphones: this.#softphones,
      newSid,
      config: () => this.#config,
      strike: (kinds) => this.#strike(kinds),
    });
    void this.#switchboard.recover();
  }

  override async fetch(request: Request): Promise<Response> {
    const response = await this.#rest.fetch(request);
    if (this.#isBusy()) await this.#beat();
    return response;
  }

  /** Keeps the object awake, and its queue moving, while calls wait or run. */
  override async alarm(): Promise<void> {
    this.#switchboard.pump();
    if (this.#isBusy()) await this.#beat();
  }

  configure(config: AccountConfig): void {
    this.#config = config;
    this.ctx.storage.kv.put('config', config);
  }

  putCallees(list: CalleeList): void {
    this.#callees.put(list.callees);
  }

  addFault(rule: FaultRule): FaultState {
    const state = this.#faults.add(rule, systemClock.now());
    this.#saveFaults();
    return state;
  }

  clearFaults(kind: string | undefined): void {
    this.#faults.clear(kind);
    this.#saveFaults();
  }

  listFaults(): readonly FaultState[] {
    return this.#faults.list();
  }

  drawCallbackFaults(): readonly CallbackFault[] {
    const faults = this.#faults.drawCallbackFaults(systemClock.now());
    for (const fault of faults) this.#logFault(fault.kind);
    return faults;
  }

  /** Somebody calls one of the account's numbers. */
  callIn(call: InboundCall): CallRow {
    const number = this.#numbers.byNumber(call.to);
    if (number === undefined) throw new Error(`The account has no number ${call.to}`);
    return this.#switchboard.comeIn(call, number);
  }

  /** Whose access token it is; what is wrong with it is said, not thrown across objects. */
  async clientOf(token: string): Promise<Client | { readonly refused: string }> {
    try {
      const now = new Date(systemClock.now());
      return await this.#softphones.open(token, this.#accountSid(), now);
    } catch (cause) {
      return { refused: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  /** A page of the application calls in; TwiML comes from its token's application. */
  clientCall({ identity, application }: Client, params: ClientCall['params']): CallRow {
    return this.#switchboard.comeInFromClient(identity, application.voiceUrl, params);
  }

  /** The page's own call; undefined when it is none of his. */
  clientsCall({ identity }: Client, callSid: string): CallRow | undefined {
    const row = this.#calls.get(callSid);
    return row?.from === clientName(identity) ? row : undefined;
  }

  async endClientsCall(client: Client, callSid: string): Promise<void> {
    const row = this.clientsCall(client, callSid);
    if (row !== undefined) await this.#switchboard.command(row, { kind: 'hang-up' });
  }

  joinRoom(callSid: string, conference: Conference): RoomView {
    return this.#conferences.join(callSid, conference);
  }

  leaveRoom(callSid: string, name: string): void {
    this.#conferences.leave(callSid, name);
  }

  async textIn(text: InboundText): Promise<MessageRow> {
    const row = this.#desk.receive(text);
    await this.#beat();
    return row;
  }

  followMessages(after: number, limit: number): MessageRow[] {
    return this.#messages.follow(after, limit);
  }

  newLeg(to: string): { readonly sid: string; readonly ringing: Ringing } {
    const { sql } = this.ctx.storage;
    const sid = newSid('CA');
    const before = sql.exec('SELECT 1 FROM leg WHERE to_number = ?', to).toArray().length;
    sql.exec('INSERT INTO leg (sid, to_number) VALUES (?, ?)', sid, to);
    const persona = resolvePersona(this.#callees.personaOf(to, this.#configured().seed));
    return { sid, ringing: ringingOf(persona, before + 1) };
  }

  saveRecording(callSid: string, recording: Omit<NewRecording, 'callback'>): SavedRecording {
    const sid = newSid('RE');
    const isAbsent = this.#strike(['recording-absent']).length > 0;
    const row = { sid, callSid, createdAt: systemClock.now(), ...recording };
    if (!isAbsent) this.#recordings.add(row);
    const path = `/${API_VERSION}/Accounts/${this.#accountSid()}/Recordings/${sid}`;
    return { sid, url: `https://api.twilio.com${path}`, isAbsent };
  }

  listRecordings(): RecordingRow[] {
    return this.#recordings.list();
  }

  report(entries: readonly LogEntry[], patches: readonly (readonly [string, CallPatch])[]): void {
    this.#switchboard.report(entries, patches);
  }

  log(after: number, limit: number): StoredEntry[] {
    return this.#journal.after(after, limit);
  }

  logOfCall(callSid: string): StoredEntry[] {
    return this.#journal.ofCall(callSid);
  }

  followCalls(after: number, limit: number): CallRow[] {
    return this.#calls.follow(after, limit);
  }

  summary(): AccountSummary {
    return summarise(this.#calls, this.#journal);
  }

  #roomDeliveries(): Deliveries {
    return new Deliveries(this.#configured().authToken, {
      http: httpClient((url, init) => fetch(url, init), systemClock),
      now: systemClock.now,
      sleep: systemClock.sleep,
      newToken: () => crypto.randomUUID(),
      drawFaults: async () => this.drawCallbackFaults(),
      record: (kind, detail, at = systemClock.now()) =>
        this.#journal.add({ at, callSid: null, kind, ms: null, detail }),
    });
  }

  #strike(kinds: readonly FaultKind[]) {
    const strikes = this.#faults.draw(kinds, systemClock.now());
    for (const strike of strikes) this.#logFault(strike.kind);
    return strikes;
  }

  #logFault(fault: FaultKind): void {
    const at = systemClock.now();
    this.#journal.add({ at, callSid: null, kind: 'fault', ms: null, detail: { fault } });
    this.#saveFaults();
  }

  #saveFaults(): void {
    this.ctx.storage.kv.put('faults', [...this.#faults.list()]);
  }

  #isBusy(): boolean {
    return this.#switchboard.busy + this.#desk.busy > 0;
  }

  async #beat(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) !== null) return;
    await this.ctx.storage.setAlarm(systemClock.now() + HEARTBEAT_MS);
  }

  #configured(): AccountConfig {
    if (this.#config === undefined) throw new Error('This account was not configured');
    return this.#config;
  }

  #accountSid(): string {
    return this.#configured().accountSid;
  }

  #configFromEnv(): AccountConfig | undefined {
    const { defaultAccount } = readSettings(this.env);
    const isMine = defaultAccount !== undefined && defaultAccount.accountSid === this.ctx.id.name;
    return isMine ? AccountConfig.parse(defaultAccount) : undefined;
  }
}

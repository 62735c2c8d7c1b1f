import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { applyReport } from '../../src/calls/apply-report.ts';
import { type CallSessionDeps, CallSessionObject } from '../../src/calls/call-session.object.ts';
import type { LedgerReport } from '../../src/calls/session-types.ts';
import { EventStore } from '../../src/db/event-store.ts';
import type { TenantRow } from '../../src/db/platform-db.ts';
import { attempt } from '../../src/db/schema/campaign.ts';
import { TenantDb } from '../../src/db/tenant-db.ts';
import { type CancelJob, cancelCalls } from '../../src/dialing/cancel-calls.ts';
import { claimDue } from '../../src/dialing/claim-due.ts';
import { dialAttempt } from '../../src/dialing/dial-attempt.ts';
import { noteSeen } from '../../src/dialing/note-accepted.ts';
import type { ReadyAttempt } from '../../src/dialing/plan-attempts.ts';
import { readyAttempts } from '../../src/dialing/ready-attempts.ts';
import { settleAttempt } from '../../src/dialing/settle-attempt.ts';
import { sweepAttempt } from '../../src/dialing/sweep.ts';
import { FlowCache } from '../../src/scripts/flow-cache.ts';
import { idMaker } from '../../src/shared/ids.ts';
import { CallbackUrls } from '../../src/telephony/callback-url.ts';
import { isTerminal } from '../../src/telephony/status.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { memoryStorage, sqliteD1 } from '../support/sqlite.ts';
import { MachineCarrier } from './carrier.ts';

/** A Thursday, ten in the morning in New York. */
const TEN_IN_NEW_YORK = Date.parse('2026-05-14T14:00:00Z');
const TOKEN = 'a token of thirty-two characters';
const URLS = new CallbackUrls('https://voice.test');

/** What cuts a process off: nothing it was about to do happens. */
export class Crash extends Error {}

class NodeCallSession extends CallSessionObject<CallSessionDeps> {
  protected override deps(): CallSessionDeps {
    return this.env;
  }
}

type Session = {
  readonly object: NodeCallSession;
  readonly storage: ReturnType<typeof memoryStorage>;
};

/**
 * The whole life of outbound calls in one process: the product's own verbs, sessions and SQL, on
 * SQLite; the carrier, the queues and the time are the test's.
 */
export class World {
  now = TEN_IN_NEW_YORK;
  /** Steps until the process that is at work dies; null = it lives. */
  crashIn: number | null = null;
  /** Holds a step up; a race gives its scheduler here. */
  pause: () => Promise<void> = async () => {};
  /** The texts of what was committed, in order. */
  readonly committed: { readonly text: string; readonly changes: number }[] = [];
  readonly reports: LedgerReport[] = [];
  readonly dials: string[] = [];
  readonly cancels: CancelJob[] = [];
  readonly carrier = new MachineCarrier(
    () => this.now,
    () => this.#step(),
  );
  readonly #sessions = new Map<string, Session>();
  readonly #flows = new FlowCache();
  readonly #data: ReturnType<typeof sqliteD1>;
  readonly #events: D1Database;
  #ids = 0;

  constructor() {
    const hook = {
      before: () => this.#step(),
      after: async (texts: readonly string[], changes: readonly number[]) => {
        this.committed.push(...texts.map((text, i) => ({ text, changes: changes[i] ?? 0 })));
        await this.#step();
      },
    };
    this.#data = sqliteD1('migrations/data', hook);
    this.#events = sqliteD1('migrations/events', hook);
  }

  /** How the engine would look for the rows of a statement, one line a table. */
  planOf(sql: string): string[] {
    const rows = this.#data.engine.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    return rows.map((row) => String(row.detail));
  }

  context(tenantId: string, limits: Partial<TenantRow> = {}): TenantContext {
    const clock = { now: () => this.now, sleep: () => this.#step() };
    const random = (bytes: Uint8Array<ArrayBuffer>) => this.#count(bytes);
    return {
      tenant: { ...TENANT, id: tenantId, ...limits },
      db: new TenantDb(this.#data, tenantId),
      control: new TenantDb(this.#data, tenantId),
      events: new EventStore([this.#events], tenantId),
      clock,
      newId: idMaker(clock.now, random),
    };
  }

  readonly cancelQueue = {
    sendBatch: async (messages: Iterable<{ readonly body: CancelJob }>) => {
      await this.#step();
      for (const { body } of messages) this.cancels.push(body);
    },
  };

  /** Dies at the `steps`-th step of this work; whatever was committed stays. */
  async upTo(steps: number | null, work: () => Promise<unknown>): Promise<void> {
    this.crashIn = steps;
    try {
      await work();
    } catch (error) {
      if (!isExpected(error)) throw error;
    } finally {
      this.crashIn = null;
    }
  }

  async claim(ctx: TenantContext, campaignId: string): Promise<void> {
    const { jobs } = await claimDue(ctx, { campaignId, limit: 100 });
    this.dials.push(...jobs.map((job) => job.callId));
  }

  async dial(ctx: TenantContext, callId: string): Promise<void> {
    for (const ready of await this.prepare(ctx, callId)) await this.dialReady(ctx, ready);
  }

  /** Snapshot, speech and session of an attempt that still waits. */
  prepare(ctx: TenantContext, callId: string): Promise<ReadyAttempt[]> {
    const account = { sid: TENANT.carrierAccountSid, tokenSealed: TOKEN };
    const session = (id: string) => this.session(id);
    return readyAttempts(ctx, { flows: this.#flows, ensureSpeech: ALL_MADE, account, session }, [
      callId,
    ]);
  }

  /** Gate, POST, and what came of it. */
  async dialReady(ctx: TenantContext, ready: ReadyAttempt): Promise<void> {
    const session = (id: string) => this.session(id);
    const deps = { carrier: this.carrier, urls: URLS, session, mayStart: () => this.#start() };
    const result = await dialAttempt(ctx, deps, ready, this.now);
    if (result.type === 'again') this.dials.push(ready.attempt.id);
  }

  /** One report of a session, as the ledger's consumer applies it. */
  async applyReport(ctx: TenantContext, report: LedgerReport): Promise<void> {
    await applyReport(ctx.db, ctx.events, report, this.now);
    if (report.call.twilioSid !== null) {
      await noteSeen(ctx, async () => this.carrier, report.callId, report.call.twilioSid);
    }
    if (isTerminal(report.call.status)) await settleAttempt(ctx, report);
    await this.session(report.callId).acknowledge(report.upTo);
  }

  async takeBack(ctx: TenantContext, job: CancelJob): Promise<void> {
    await cancelCalls(ctx, this.carrier, job.callIds);
  }

  async sweep(ctx: TenantContext): Promise<void> {
    const rows = await ctx.db.find(attempt);
    for (const row of rows) {
      if (row.state === 'ended' || row.leaseUntil >= this.now) continue;
      const session = (id: string) => this.session(id);
      const deps = { carrier: this.carrier, session };
      try {
        const job = await sweepAttempt(ctx, deps, { ...row });
        if (job !== null) this.dials.push(job.callId);
      } catch (error) {
        if (!isExpected(error) || isCrash(error)) throw error;
      }
    }
  }

  /** A status callback, signed as the carrier signs. */
  async callback(tenantId: string, sid: string, status: string, sequence: number): Promise<void> {
    const call = this.carrier.calls.get(sid);
    if (call === undefined) return;
    const url = URLS.of('status', { tenant: tenantId, call: call.attemptId }).split('#')[0] ?? '';
    const params = {
      CallSid: sid,
      CallStatus: status,
      SequenceNumber: String(sequence),
      ...(status === 'completed' ? { CallDuration: String(call.durationSeconds ?? 0) } : {}),
    };
    const signature = getExpectedTwilioSignature(TOKEN, url, params);
    await this.session(call.attemptId).webhook({
      kind: { type: 'status' },
      url,
      params,
      signature,
    });
  }

  /** Alarms that are due send what the ledger has not acknowledged. */
  async ring(): Promise<void> {
    for (const { object, storage } of this.#sessions.values()) {
      if (storage.alarm.at === null || storage.alarm.at > this.now) continue;
      storage.alarm.at = null;
      await object.alarm();
    }
  }

  session(callId: string): NodeCallSession {
    const known = this.#sessions.get(callId);
    if (known !== undefined) return known.object;
    const storage = memoryStorage();
    const deps: CallSessionDeps = {
      clock: { now: () => this.now, sleep: async () => {} },
      sealer: { open: async (sealed) => sealed, seal: async (plain) => plain },
      urls: URLS,
      ledger: { send: async (report) => this.reports.push(report) },
      desk: () => ({ room: async () => {} }),
      redirect: { send: async () => {} },
    };
    const state = { storage, waitUntil: () => {} } as unknown as DurableObjectState;
    const object = new NodeCallSession(state, deps);
    this.#sessions.set(callId, { object, storage });
    return object;
  }

  /** Different each time, and the same in each run. */
  #count(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    let rest = this.#ids++;
    for (let i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = rest % 32;
      rest = Math.floor(rest / 32);
    }
    return bytes;
  }

  async #start(): Promise<boolean> {
    await this.#step();
    return true;
  }

  async #step(): Promise<void> {
    await this.pause();
    if (this.crashIn === null) return;
    this.crashIn -= 1;
    if (this.crashIn < 0) throw new Crash('the process died');
  }
}

/** Speech is not what these tests are about: every sentence exists. */
export const ALL_MADE = async ({
  clips,
}: {
  readonly clips: readonly { readonly text: string }[];
}) => ({
  parts: new Map(clips.map(({ text }) => [text, { key: 'k', kind: 'static' as const, bytes: 1 }])),
  made: new Set<string>(),
  left: new Set<string>(),
  failure: null,
});

const TENANT: TenantRow = {
  id: '',
  name: 'Harbour Dental',
  plan: 'FULL',
  state: 'active',
  timeZone: 'America/New_York',
  callingCodes: ['1'],
  isOuterWindowLifted: false,
  carrierAccountSid: `AC${'0'.repeat(32)}`,
  dataShard: 0,
  createdAt: 0,
  dailyAttempts: null,
  dailySpendMicros: null,
  cpsShare: null,
  maxConcurrentCalls: null,
  opensMinute: null,
  recordingNotice: null,
  recordingRetentionDays: null,
  closesMinute: null,
  revision: 1,
};

function isExpected(error: unknown): boolean {
  return isCrash(error) || String(error).includes('carrier_failed');
}

/** drizzle wraps what its driver throws. */
function isCrash(error: unknown): boolean {
  return error instanceof Crash || (error instanceof Error && isCrash(error.cause));
}

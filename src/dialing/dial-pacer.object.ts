import { DurableObject } from 'cloudflare:workers';
import type { Clock } from '../shared/clock.ts';
import { reserve as reserveSlots } from '../shared/gcra.ts';
import { StartGuard } from './start-guard.ts';

export type PaceRequest = {
  readonly tenantId: string;
  readonly campaignId: string;
  readonly callIds: readonly string[];
  readonly callsPerSecond: number;
  readonly maxConcurrentCalls: number;
  /** How long a call may hold its place when nobody releases it. */
  readonly leaseMs: number;
};

/** Milliseconds to wait for each call, in order; null when no place is free. */
export type PaceAnswer = { readonly delaysMs: readonly (number | null)[] };

const CATCH_UP_SECONDS = 1;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS pace (id INTEGER PRIMARY KEY CHECK (id = 1), tat REAL NOT NULL);
CREATE TABLE IF NOT EXISTS lease (call_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, campaign_id TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;`;

/**
 * One carrier account's pace, named by account SID because Twilio's limit is the account's. The
 * GCRA time is in storage: a restart must not give a free burst. Answers delays, not clock times,
 * so the caller's clock does not matter.
 */
export abstract class DialPacerObject<Env> extends DurableObject<Env> {
  readonly #sql = this.ctx.storage.sql;
  readonly #guard = new StartGuard();

  protected abstract clock(): Clock;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec(SCHEMA);
  }

  async reserve(request: PaceRequest): Promise<PaceAnswer> {
    const now = this.clock().now();
    const placed = this.#lease(request, now);
    const paced = reserveSlots(
      { tat: this.#tat() },
      {
        now,
        intervalMs: 1000 / request.callsPerSecond,
        burst: burstOf(request.callsPerSecond),
        n: placed.filter(Boolean).length,
      },
    );
    this.#sql.exec('INSERT OR REPLACE INTO pace (id, tat) VALUES (1, ?)', paced.state.tat);
    const delays = paced.delaysMs.values();
    return { delaysMs: placed.map((has) => (has ? (delays.next().value ?? 0) : null)) };
  }

  /**
   * Asked right before a call starts; answers how long it must still wait. The limit holds for
   * what really starts, however late a reserved slot was used. Kept in memory: a restart costs at
   * most one second's starts, and the slots themselves are in storage.
   */
  async start(callsPerSecond: number): Promise<number> {
    return this.#guard.grant(this.clock().now(), callsPerSecond);
  }

  /** The calls are over, or never came to be; repeating it changes nothing. */
  async release(callIds: readonly string[]): Promise<void> {
    this.#sql.exec(
      'DELETE FROM lease WHERE call_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(callIds),
    );
  }

  /** Calls that hold a place now. */
  async inFlight(): Promise<number> {
    return this.#count(this.clock().now());
  }

  #lease(request: PaceRequest, now: number): boolean[] {
    this.#sql.exec('DELETE FROM lease WHERE expires_at <= ?', now);
    let free = request.maxConcurrentCalls - this.#count(now);
    return request.callIds.map((callId) => {
      const held = this.#sql.exec('SELECT 1 FROM lease WHERE call_id = ?', callId).toArray();
      if (held.length === 0 && free <= 0) return false;
      if (held.length === 0) free -= 1;
      this.#sql.exec(
        'INSERT OR REPLACE INTO lease (call_id, tenant_id, campaign_id, expires_at) VALUES (?, ?, ?, ?)',
        callId,
        request.tenantId,
        request.campaignId,
        now + request.leaseMs,
      );
      return true;
    });
  }

  #count(now: number): number {
    return this.#sql
      .exec<{ n: number }>('SELECT count(*) AS n FROM lease WHERE expires_at > ?', now)
      .one().n;
  }

  #tat(): number {
    return this.#sql.exec<{ tat: number }>('SELECT tat FROM pace').toArray()[0]?.tat ?? 0;
  }
}

/** Slots that were lost to a second of delay may be caught up; `start` keeps the limit. */
function burstOf(callsPerSecond: number): number {
  return 1 + callsPerSecond * CATCH_UP_SECONDS;
}
